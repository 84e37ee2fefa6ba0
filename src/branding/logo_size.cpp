#include "branding/logo_size.hpp"

#include <algorithm>
#include <string_view>

namespace latchkey::branding {
namespace {

bool has_at(ByteView image, std::size_t offset, std::string_view wanted) noexcept {
    return image.size() >= offset + wanted.size() &&
           as_text(image.subspan(offset, wanted.size())) == wanted;
}

std::uint32_t big_endian(ByteView bytes) noexcept {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes) value = (value << 8) | byte;
    return value;
}

std::uint32_t little_endian(ByteView bytes) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) value = (value << 8) | bytes[i - 1];
    return value;
}

/// Start of frame: C0 to CF but the three that mean something else.
bool is_start_of_frame(std::uint8_t marker) noexcept {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

std::optional<LogoSize> png_size(ByteView image) noexcept {
    using std::string_view_literals::operator""sv;
    if (!has_at(image, 0, "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"sv) || image.size() < 24) {
        return std::nullopt;
    }
    return LogoSize{big_endian(image.subspan(16, 4)), big_endian(image.subspan(20, 4))};
}

std::optional<LogoSize> jpeg_size(ByteView image) noexcept {
    if (!has_at(image, 0, "\xFF\xD8\xFF")) return std::nullopt;
    std::size_t at = 2;
    while (image.size() >= at + 9) {
        if (image[at] != 0xFF) return std::nullopt;
        const std::uint8_t marker = image[at + 1];
        if (marker == 0xFF) {  // a fill byte
            ++at;
            continue;
        }
        if (is_start_of_frame(marker)) {
            return LogoSize{big_endian(image.subspan(at + 7, 2)),
                            big_endian(image.subspan(at + 5, 2))};
        }
        at += 2 + big_endian(image.subspan(at + 2, 2));
    }
    return std::nullopt;
}

std::optional<LogoSize> webp_size(ByteView image) noexcept {
    if (!has_at(image, 0, "RIFF") || !has_at(image, 8, "WEBP") || image.size() < 30) {
        return std::nullopt;
    }
    if (has_at(image, 12, "VP8 ") && has_at(image, 23, "\x9D\x01\x2A")) {
        return LogoSize{little_endian(image.subspan(26, 2)) & 0x3FFF,
                        little_endian(image.subspan(28, 2)) & 0x3FFF};
    }
    if (has_at(image, 12, "VP8L") && image[20] == 0x2F) {
        const std::uint32_t bits = little_endian(image.subspan(21, 4));
        return LogoSize{(bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1};
    }
    if (has_at(image, 12, "VP8X")) {
        return LogoSize{little_endian(image.subspan(24, 3)) + 1,
                        little_endian(image.subspan(27, 3)) + 1};
    }
    return std::nullopt;
}

}  // namespace latchkey::branding
