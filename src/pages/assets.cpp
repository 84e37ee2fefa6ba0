#include "pages/assets.hpp"

#include <map>
#include <string>
#include <utility>

#include "base/text/text.hpp"
#include "crypto/digest.hpp"
#include "http/error_response.hpp"
#include "rendering/files.hpp"

namespace latchkey::pages {
namespace {

constexpr std::size_t etag_bytes = 12;

struct Served {
    std::string_view contents;
    std::string_view content_type;
    std::string etag;
};

std::string_view content_type_of(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".d.ts")) return "text/plain; charset=utf-8";  // there is no type for it
    if (name.ends_with(".svg")) return "image/svg+xml";
    return "application/octet-stream";
}

Served prepare(const Asset& asset) {
    const auto digest = crypto::sha256(asset.contents);
    std::string etag = "\"" + to_hex(ByteView(digest).first(etag_bytes)) + "\"";
    return {asset.contents, content_type_of(asset.name), std::move(etag)};
}

}  // namespace

std::vector<Asset> page_assets() {
    std::vector<Asset> found;
    for (const std::string_view suffix : {".css", ".svg"}) {
        for (const auto& file : rendering::files_ending(suffix)) {
            found.push_back({file.name, file.contents});
        }
    }
    return found;
}

http::Handler assets(std::vector<Asset> assets) {
    std::map<std::string_view, Served> served;
    for (const Asset& asset : assets) served.emplace(asset.name, prepare(asset));
    return [served = std::move(served)](const http::Request& request) -> http::Reply {
        const auto found = served.find(request.parameters[0]);
        if (found == served.end()) return http::error_response(404, "NOT_FOUND", "Not found.");
        const Served& asset = found->second;
        // The names stay when the files change, so a browser asks each time and is told "the same".
        const bool unchanged = request.header("If-None-Match") == asset.etag;
        http::Response response{
            unchanged ? 304 : 200, {}, unchanged ? std::string_view() : asset.contents};
        response.with("ETag", asset.etag).with("Cache-Control", "public, no-cache");
        if (!unchanged) response.with("Content-Type", std::string(asset.content_type));
        // An icon opened by itself is a document: it gets to run nothing.
        response.with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        return response;
    };
}

}  // namespace latchkey::pages
