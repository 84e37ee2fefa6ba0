#pragma once

// The size of a raster image, from the few bytes at its beginning that say it.

#include <cstdint>
#include <optional>

#include "base/text/text.hpp"

namespace latchkey::branding {

struct LogoSize {
    std::uint32_t width = 0;
    std::uint32_t height = 0;

    friend bool operator==(const LogoSize&, const LogoSize&) = default;
};

inline constexpr std::uint32_t max_logo_side = 1024;  // pixels

/// Each is absent when the bytes are not of its format or end too soon; a size may be 0.
[[nodiscard]] std::optional<LogoSize> png_size(ByteView image) noexcept;   // W3C PNG 5.2, 11.2.1
[[nodiscard]] std::optional<LogoSize> jpeg_size(ByteView image) noexcept;  // ITU T.81 B.2.2
[[nodiscard]] std::optional<LogoSize> webp_size(ByteView image) noexcept;  // RFC 9649 2.4-2.7

}  // namespace latchkey::branding
