#include "branding/logo.hpp"

#include <fmt/format.h>

#include <fstream>
#include <utility>

#include "branding/svg.hpp"
#include "crypto/digest.hpp"

namespace latchkey::branding {
namespace {

constexpr std::size_t version_bytes = 8;

struct Image {
    LogoType type;
    LogoSize size;
};

Result<Image> identify(const std::string& contents) {
    const ByteView bytes = as_bytes(contents);
    if (const auto size = png_size(bytes)) return Image{LogoType::png, *size};
    if (const auto size = jpeg_size(bytes)) return Image{LogoType::jpeg, *size};
    if (const auto size = webp_size(bytes)) return Image{LogoType::webp, *size};
    if (looks_like_svg(contents)) return Image{LogoType::svg, TRY(check_svg(contents))};
    return fail(ErrorCode::unsupported, "The image is of no kind that is shown.",
                "a logo is a PNG, JPEG, WebP or SVG image");
}

Failure too_many_bytes() {
    return fail(ErrorCode::too_large, "The image is too large.",
                fmt::format("a logo has at most {} bytes", max_logo_bytes));
}

}  // namespace

std::string_view media_type_of(LogoType type) noexcept {
    switch (type) {
        case LogoType::png: return "image/png";
        case LogoType::jpeg: return "image/jpeg";
        case LogoType::webp: return "image/webp";
        case LogoType::svg: return "image/svg+xml";
    }
    return {};
}

Result<Logo> make_logo(std::string contents) {
    if (contents.size() > max_logo_bytes) return too_many_bytes();
    const Image image = TRY(identify(contents));
    const auto fits = [](std::uint32_t side) { return side >= 1 && side <= max_logo_side; };
    if (!fits(image.size.width) || !fits(image.size.height)) {
        return fail(ErrorCode::unsupported, "The image's size is out of bounds.",
                    fmt::format("a logo has 1 to {} pixels each way; this has {} by {}",
                                max_logo_side, image.size.width, image.size.height));
    }
    const auto digest = crypto::sha256(contents);
    std::string version = to_hex(ByteView(digest).first(version_bytes));
    return Logo{image.type, image.size, std::move(contents), std::move(version)};
}

Result<Logo> read_logo(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorCode::not_found, "The image cannot be read.", "cannot read " + path);
    }
    // One byte more than is allowed tells a file that is too large; a device has no end.
    std::string contents(max_logo_bytes + 1, '\0');
    file.read(contents.data(), static_cast<std::streamsize>(contents.size()));
    contents.resize(static_cast<std::size_t>(file.gcount()));
    return make_logo(std::move(contents));
}

}  // namespace latchkey::branding
