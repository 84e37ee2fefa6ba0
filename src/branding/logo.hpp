#pragma once

// A logo: a small image of a kind that is known by its contents, never by its name, and that a
// browser shows as nothing but an image. The pages reserve its place from the size in its header.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "branding/logo_size.hpp"

namespace latchkey::branding {

inline constexpr std::size_t max_logo_bytes = 24 * std::size_t{1024};

enum class LogoType : std::uint8_t { png = 1, jpeg = 2, webp = 3, svg = 4 };
[[nodiscard]] std::string_view media_type_of(LogoType type) noexcept;

struct Logo {
    LogoType type = LogoType::png;
    LogoSize size;
    std::string contents;
    std::string version;  // of the contents: part of the URL, so that browsers may keep the image

    /// So wide that it spells the name, which then need not stand beside it.
    [[nodiscard]] bool is_wordmark() const noexcept { return size.width > 2 * size.height; }
};

/// Errors: too_large; unsupported (not one of the types, or a size out of bounds); forbidden (an
/// SVG with scripts or references to elsewhere).
[[nodiscard]] Result<Logo> make_logo(std::string contents);

/// The same from a file. Errors: also not_found.
[[nodiscard]] Result<Logo> read_logo(const std::string& path);

}  // namespace latchkey::branding
