#include "crypto/evp_key.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace latchkey::crypto {
namespace {

const EVP_MD* fetched_sha256() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm;
}

using Init = int (*)(EVP_PKEY_CTX*);

EvpContextHandle make_template(EVP_PKEY* key, Init init) {
    EvpContextHandle context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (!context || init(context.get()) != 1) return nullptr;
    if (EVP_PKEY_is_a(key, "RSA") == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
        return nullptr;
    }
    if (EVP_PKEY_CTX_set_signature_md(context.get(), fetched_sha256()) != 1) return nullptr;
    return context;
}

}  // namespace

void EvpFree::operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
void EvpFree::operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }

Failure library_failed(const char* operation) {
    std::string detail(operation);
    if (const unsigned long code = ERR_peek_error(); code != 0) {
        const char* reason = ERR_reason_error_string(code);
        detail.append(": ").append(reason != nullptr ? reason : "unknown reason");
    }
    ERR_clear_error();
    return fail(ErrorCode::internal, "Something went wrong on our side.", std::move(detail));
}

Result<EvpKey> EvpKey::prepare(EvpKeyHandle key, KeyHalf half) {
    EvpKey out;
    out.verifier_ = make_template(key.get(), EVP_PKEY_verify_init);
    if (half == KeyHalf::private_key) out.signer_ = make_template(key.get(), EVP_PKEY_sign_init);
    if (!out.verifier_ || (half == KeyHalf::private_key && !out.signer_)) {
        return library_failed("preparing a key");
    }
    out.key_ = std::move(key);
    return out;
}

bool EvpKey::verify(const Sha256& digest, ByteView signature) const {
    const EvpContextHandle context(EVP_PKEY_CTX_dup(verifier_.get()));
    if (!context) return false;
    const bool good = EVP_PKEY_verify(context.get(), signature.data(), signature.size(),
                                      digest.data(), digest.size()) == 1;
    if (!good) ERR_clear_error();
    return good;
}

Result<Bytes> EvpKey::sign(const Sha256& digest) const {
    const EvpContextHandle context(signer_ ? EVP_PKEY_CTX_dup(signer_.get()) : nullptr);
    if (!context) return library_failed("signing");
    std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
    Bytes signature(length);
    if (EVP_PKEY_sign(context.get(), signature.data(), &length, digest.data(), digest.size()) !=
        1) {
        return library_failed("signing");
    }
    signature.resize(length);
    return signature;
}

}  // namespace latchkey::crypto
