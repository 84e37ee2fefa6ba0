#pragma once

// The versions that both APIs are served in, as they stand in URLs. `latest` is the contract;
// `unstable` is where extensions of our own come first.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace latchkey::api {

enum class Version : std::uint8_t { latest, unstable };

inline constexpr std::array versions{Version::latest, Version::unstable};

/// "latest": as in URLs and in the version header of every answer.
[[nodiscard]] constexpr std::string_view to_string(Version version) noexcept {
    switch (version) {
        case Version::latest: return "latest";
        case Version::unstable: return "unstable";
    }
    return "";
}

/// Absent when no such version is served. URLs without a version mean `latest`.
[[nodiscard]] constexpr std::optional<Version> find_version(std::string_view name) noexcept {
    for (const Version version : versions) {
        if (to_string(version) == name) return version;
    }
    return std::nullopt;
}

}  // namespace latchkey::api
