#pragma once

// OpenSSL's state of a cipher, freed with its holder.

#include <openssl/evp.h>

#include <memory>

namespace latchkey::crypto {

struct FreeCipherContext {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext>;

}  // namespace latchkey::crypto
