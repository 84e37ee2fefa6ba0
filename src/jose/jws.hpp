#pragma once

// JSON Web Signature, compact form only (RFC 7515 3.1), with the rules of RFC 8725.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "jose/key.hpp"

namespace latchkey::jose {

inline constexpr std::size_t max_compact_bytes = 16U * 1024;  // a whole token
inline constexpr std::size_t max_header_bytes = 2U * 1024;    // its header, decoded

/// What the header's `typ` must say (RFC 8725 3.11): a token of one kind never passes for another.
class ExpectedType {
public:
    /// `typ` must be there and be `type`, in any case, with or without "application/".
    [[nodiscard]] static ExpectedType exactly(std::string_view type) { return ExpectedType(type); }
    /// Whatever: for tokens of others whose kind is settled by their claims.
    [[nodiscard]] static ExpectedType any() { return ExpectedType({}); }
    [[nodiscard]] bool accepts(std::string_view typ) const noexcept;

private:
    explicit ExpectedType(std::string_view type) : type_(type) {}
    std::string_view type_;  // empty = any
};

/// The compact form of `payload`, with alg, kid (when the key has one) and typ in the header.
/// Errors: internal.
[[nodiscard]] Result<std::string> sign_compact(const SigningKey& key, std::string_view type,
                                               std::string_view payload);

/// The payload of a token that `key` (or the key of the set that its kid names) signed. A `kid`
/// in the header must be the key's. Nothing of the token is believed before its signature is.
/// Errors: invalid_token, for every reason; detail names the step and nothing of the token.
[[nodiscard]] Result<std::string> verify_compact(std::string_view compact,
                                                 const VerificationKey& key, ExpectedType type);
[[nodiscard]] Result<std::string> verify_compact(std::string_view compact, const KeySet& keys,
                                                 ExpectedType type);

}  // namespace latchkey::jose
