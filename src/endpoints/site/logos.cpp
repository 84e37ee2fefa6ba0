#include "endpoints/site/logos.hpp"

#include <map>
#include <utility>

#include "clients/client_logos.hpp"
#include "http/error_response.hpp"

namespace latchkey::endpoints {
namespace {

http::Response not_found() { return http::error_response(404, "NOT_FOUND", "Not found."); }

// The path names the contents, so what a browser has stays good for ever.
http::Response image_response(const branding::Logo& logo) {
    http::Response response{200, {}, logo.contents};
    return std::move(response)
        .with("Content-Type", std::string(branding::media_type_of(logo.type)))
        .with("Cache-Control", "public, max-age=31536000, immutable")
        .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .with("Cross-Origin-Resource-Policy", "cross-origin");
}

Result<http::Response> find_app_logo(database::Database& database, const http::Request& request) {
    const auto client_id = ClientId::from_text(request.parameters[0]);
    if (!client_id) return not_found();
    const auto tx = TRY(database.read());
    const auto logo = TRY(clients::find_client_logo(*tx, *client_id));
    if (!logo || logo->version != request.parameters[1]) return not_found();
    return image_response(*logo);
}

}  // namespace

http::Handler brand_logos(const branding::Brand& brand) {
    std::map<std::string, branding::Logo, std::less<>> logos;
    for (const auto& logo : {brand.logo, brand.dark_logo}) {
        if (logo) logos.emplace(logo->version, *logo);
    }
    return [logos = std::move(logos)](const http::Request& request) -> http::Reply {
        const auto found = logos.find(request.parameters[0]);
        return found == logos.end() ? not_found() : image_response(found->second);
    };
}

http::Handler app_logos(database::Database& database) {
    return [&database](const http::Request& request) -> http::Reply {
        auto found = find_app_logo(database, request);
        if (found) return std::move(*found);
        return http::error_response(503, "UNAVAILABLE", "Try again in a moment.");
    };
}

}  // namespace latchkey::endpoints
