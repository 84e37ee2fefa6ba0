#include "endpoints/sdk/sdk.hpp"

#include <optional>
#include <string>
#include <utility>

#include "embedded/sdk_modules.hpp"
#include "json/writer.hpp"
#include "pages/assets.hpp"
#include "pages/logo_paths.hpp"

namespace latchkey::endpoints {
namespace {

// A module script from another origin is fetched with CORS, without credentials.
void open_to_every_origin(http::Response& response) {
    response.with("Access-Control-Allow-Origin", "*");
    response.with("Cross-Origin-Resource-Policy", "cross-origin");
}

void write_scheme(json::Writer& w, const std::optional<branding::ColorPair>& colors,
                  const std::optional<branding::Logo>& logo) {
    w.begin_object();
    if (colors) {
        w.field("background", branding::to_text(colors->background))
            .field("text", branding::to_text(colors->text));
    }
    if (logo) {
        w.key("logo").begin_object().field("src", pages::brand_logo_path(*logo));
        w.key("width").number(std::int64_t{logo->size.width});
        w.key("height").number(std::int64_t{logo->size.height}).end_object();
    }
    w.end_object();
}

}  // namespace

http::Handler sdk_files() {
    // One for all realms and both paths: preparing them is a quarter of what starting a realm
    // costs.
    static const http::Handler serve = [] {
        std::vector<pages::Asset> modules;
        for (const embedded::File& file : embedded::sdk_modules()) {
            modules.push_back({file.name, file.contents});
        }
        return pages::assets(std::move(modules));
    }();
    return [](const http::Request& request) {
        http::Reply reply = serve(request);
        if (auto* response = std::get_if<http::Response>(&reply)) open_to_every_origin(*response);
        return reply;
    };
}

http::Handler sdk_config(const branding::Brand& brand) {
    std::string body;
    json::Writer w(body);
    w.begin_object().key("brand").begin_object().field("name", brand.name);
    const auto colors = [&brand](branding::ColorPair branding::Palette::* scheme) {
        return brand.colors ? std::optional(*brand.colors.*scheme) : std::nullopt;
    };
    write_scheme(w.key("light"), colors(&branding::Palette::light), brand.logo);
    write_scheme(w.key("dark"), colors(&branding::Palette::dark),
                 brand.dark_logo ? brand.dark_logo : brand.logo);
    w.end_object().end_object();
    return [body = std::move(body)](const http::Request&) -> http::Reply {
        http::Response response = http::json_response(200, body);
        response.with("Cache-Control", "public, max-age=300");
        open_to_every_origin(response);
        return response;
    };
}

}  // namespace latchkey::endpoints
