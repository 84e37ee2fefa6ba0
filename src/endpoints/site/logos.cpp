#include "endpoints/site/logos.hpp"

#include <map>
#include <string>
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

/// What the path names.
struct AppLogo {
    ClientId client_id;
    std::string version;
};

Result<http::Response> find_app_logo(const realm::Realm& realm, database::ReadTransaction& tx,
                                     const AppLogo& asked) {
    const auto logo = TRY(clients::find_client_logo(tx, realm.id(), asked.client_id));
    if (!logo || logo->version != asked.version) return not_found();
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

http::Handler app_logos(const realm::Realm& realm) {
    return [&realm](const http::Request& request) -> http::Reply {
        const auto client_id = ClientId::from_text(request.parameters[0]);
        if (!client_id) return not_found();
        const AppLogo asked{*client_id, std::string(request.parameters[1])};
        return http::Read([&realm, asked](database::ReadTransaction& tx) -> http::Response {
            auto found = find_app_logo(realm, tx, asked);
            if (found) return std::move(*found);
            return http::error_response(503, "UNAVAILABLE", "Try again in a moment.");
        });
    };
}

}  // namespace latchkey::endpoints
