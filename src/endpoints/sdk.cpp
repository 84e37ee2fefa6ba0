#include "endpoints/sdk.hpp"

#include <utility>

#include "embedded/sdk_modules.hpp"
#include "endpoints/pages/assets.hpp"
#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

// A module script from another origin is fetched with CORS, without credentials.
void open_to_every_origin(http::Response& response) {
    response.with("Access-Control-Allow-Origin", "*");
    response.with("Cross-Origin-Resource-Policy", "cross-origin");
}

}  // namespace

http::Handler sdk_files() {
    std::vector<pages::Asset> modules;
    for (const embedded::File& file : embedded::sdk_modules()) {
        modules.push_back({file.name, file.contents});
    }
    return [serve = pages::assets(std::move(modules))](const http::Request& request) {
        http::Reply reply = serve(request);
        if (auto* response = std::get_if<http::Response>(&reply)) open_to_every_origin(*response);
        return reply;
    };
}

http::Handler sdk_config(const std::string& brand_name) {
    std::string body;
    json::Writer w(body);
    w.begin_object().key("brand").begin_object().field("name", brand_name);
    w.end_object().end_object();
    return [body = std::move(body)](const http::Request&) -> http::Reply {
        http::Response response = http::json_response(200, body);
        response.with("Cache-Control", "public, max-age=300");
        open_to_every_origin(response);
        return response;
    };
}

}  // namespace latchkey::endpoints
