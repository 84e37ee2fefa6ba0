#include "http/error_response.hpp"

#include "json/writer.hpp"

namespace latchkey::http {

Response error_response(int status, Literal code, Literal message) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("errors").begin_array().begin_object();
    writer.field("message", message.view());
    writer.key("extensions").begin_object().field("code", code.view()).end_object();
    writer.end_object().end_array().end_object();
    return json_response(status, std::move(body)).with("Cache-Control", "no-store");
}

}  // namespace latchkey::http
