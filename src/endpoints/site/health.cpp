#include "endpoints/site/health.hpp"

namespace latchkey::endpoints {

http::Handler health() {
    return [](const http::Request&) -> http::Reply {
        return http::json_response(200, R"({"status":"ok"})").with("Cache-Control", "no-store");
    };
}

}  // namespace latchkey::endpoints
