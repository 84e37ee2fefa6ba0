#include "endpoints/graphql/graphiql.hpp"

#include <utility>

#include "embedded/graphiql_bundle.hpp"
#include "pages/assets.hpp"

namespace latchkey::endpoints {
namespace {

// CodeMirror sets style attributes, so styles may be inline here; scripts may not.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

std::string_view find_file(std::string_view name) {
    for (const embedded::File& file : embedded::graphiql_bundle()) {
        if (file.name == name) return file.contents;
    }
    return {};
}

// `value` is a literal of ours, so it needs no escaping.
void replace_all(std::string& text, std::string_view placeholder, std::string_view value) {
    std::size_t at = 0;
    while ((at = text.find(placeholder, at)) != std::string::npos) {
        text.replace(at, placeholder.size(), value);
        at += value.size();
    }
}

}  // namespace

http::Handler graphiql_page(const GraphiqlPage& page) {
    std::string html(find_file("index.html"));
    replace_all(html, "{{api}}", page.api);
    replace_all(html, "{{endpoint}}", page.endpoint);
    return [html = std::move(html)](const http::Request&) -> http::Reply {
        http::Response response = http::html_response(200, html);
        response.with("Content-Security-Policy", std::string(content_security_policy));
        response.with("Cache-Control", "no-store");
        return response;
    };
}

http::Handler graphiql_files() {
    std::vector<pages::Asset> files;
    for (const embedded::File& file : embedded::graphiql_bundle()) {
        if (file.name != "index.html") files.push_back({file.name, file.contents});
    }
    return pages::assets(std::move(files));
}

}  // namespace latchkey::endpoints
