#pragma once

// An OpenSSL key that was imported once and then only signs or verifies SHA-256 digests. Parsing
// a key costs ten times a verification, so no request ever does it. The prepared contexts are
// templates: each call copies one, which makes a key safe to share between threads.
// For the key types of this folder; nobody else needs it.

#include <memory>

#include "base/result.hpp"
#include "crypto/digest.hpp"

struct evp_pkey_st;      // EVP_PKEY
struct evp_pkey_ctx_st;  // EVP_PKEY_CTX

namespace latchkey::crypto {

struct EvpFree {
    void operator()(evp_pkey_st* key) const noexcept;
    void operator()(evp_pkey_ctx_st* context) const noexcept;
};
using EvpKeyHandle = std::unique_ptr<evp_pkey_st, EvpFree>;
using EvpContextHandle = std::unique_ptr<evp_pkey_ctx_st, EvpFree>;

enum class KeyHalf : std::uint8_t { public_key, private_key };

class EvpKey {
public:
    /// Errors: internal.
    [[nodiscard]] static Result<EvpKey> prepare(EvpKeyHandle key, KeyHalf half);

    [[nodiscard]] bool verify(const Sha256& digest, ByteView signature) const;
    /// PKCS#1 v1.5 for RSA, DER for EC. Errors: internal.
    [[nodiscard]] Result<Bytes> sign(const Sha256& digest) const;
    [[nodiscard]] evp_pkey_st* get() const noexcept { return key_.get(); }

private:
    EvpKey() = default;
    EvpKeyHandle key_;
    EvpContextHandle verifier_;
    EvpContextHandle signer_;  // null in a public key
};

/// What a caller may see when the library fails. Empties OpenSSL's error queue, which TLS reads.
[[nodiscard]] Failure library_failed(const char* operation);

}  // namespace latchkey::crypto
