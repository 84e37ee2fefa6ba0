#pragma once

// The vault's cryptography, on OpenSSL: AES-256-GCM (NIST SP 800-38D), SHA-256 and the system's
// randomness.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "encoding.hpp"
#include "latchkey/client/secret.hpp"

namespace latchkey::client {

/// Bytes fit for keys. Throws std::system_error where the system has none to give.
void fill_random(std::span<std::uint8_t> out);

/// In hex.
[[nodiscard]] std::string sha256_hex(std::string_view text);

/// 32 bytes that are zeroed when they go.
class SealingKey {
public:
    explicit SealingKey(const Bytes32& bytes) noexcept : bytes_(bytes) {}
    SealingKey(const SealingKey&) = default;
    SealingKey& operator=(const SealingKey&) = default;
    ~SealingKey();
    [[nodiscard]] const Bytes32& bytes() const noexcept { return bytes_; }

private:
    Bytes32 bytes_;
};

/// A sealed text is this much longer: 12 bytes of nonce before it, 16 of tag behind it.
inline constexpr std::size_t seal_overhead = 12 + 16;

/// What a seal is bound to and does not contain: it opens only with the same bytes.
struct BoundTo {
    std::string_view bytes;
};

/// Appends the sealed text to `out`, under a random nonce. False when OpenSSL fails: nothing was
/// appended then.
[[nodiscard]] bool append_sealed(std::string& out, const SealingKey& key, const Secret& plain,
                                 BoundTo bound_to);
/// Absent when it is not what append_sealed made with this key and `bound_to`.
[[nodiscard]] std::optional<Secret> open_sealed(const SealingKey& key, std::string_view sealed,
                                                BoundTo bound_to);

}  // namespace latchkey::client
