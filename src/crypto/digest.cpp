#include "crypto/digest.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace latchkey::crypto {
namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

const EVP_MD* fetched() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm;
}

EVP_MD_CTX* thread_digest_context() {
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    return context.get();
}

}  // namespace

Sha256 sha256(std::span<const ByteView> parts) {
    EVP_MD_CTX* context = thread_digest_context();
    bool good = EVP_DigestInit_ex2(context, fetched(), nullptr) == 1;
    for (const ByteView part : parts) {
        good = good && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
    }
    Sha256 digest;
    good = good && EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1;
    // A build of OpenSSL without SHA-256, or no memory: nothing here can work.
    if (!good) throw std::runtime_error("SHA-256 is not available");
    return digest;
}

Sha256 sha256(ByteView message) { return sha256({message}); }

}  // namespace latchkey::crypto
