#pragma once

// The written form of every secret that Latchkey mints:
//
//     prefix, base64url payload without padding, 6 base62 digits: the CRC-32 of all before them
//
// so that secret scanners find one wherever it leaks, and a typing error or a cut line is refused
// before any look-up. For scanners, as regular expressions:
//
//     lk_at_[A-Za-z0-9_-]{40,}[0-9A-Za-z]{6}      an access token
//     lk_rt_[A-Za-z0-9_-]{43,}[0-9A-Za-z]{6}      a refresh token
//     lk_cs_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}       a client secret
//     lk_mk_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}       a master key

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/secret.hpp"
#include "base/text/text.hpp"

namespace latchkey::crypto {

enum class SecretKind : std::uint8_t { access_token, refresh_token, client_secret, master_key };

inline constexpr std::size_t minted_bytes = 32;             // 256 random bits
inline constexpr std::size_t max_minted_characters = 1024;  // longer texts are refused unread

/// "lk_at_" and so on: the one table of prefixes.
[[nodiscard]] std::string_view prefix_of(SecretKind kind) noexcept;

/// A new secret of 256 random bits: 55 characters.
[[nodiscard]] Secret mint(SecretKind kind, Random& random);
/// Whether `text` has the form of one that mint() made. Says nothing about whether it is live.
[[nodiscard]] bool check(SecretKind kind, std::string_view text);

/// Appends the written form of a payload of any length (a sealed access token).
void append_minted(SecretKind kind, ByteView payload, std::string& out);
/// The payload; absent when the prefix, the alphabet or the checksum is wrong.
[[nodiscard]] std::optional<Bytes> read_minted(SecretKind kind, std::string_view text);

}  // namespace latchkey::crypto
