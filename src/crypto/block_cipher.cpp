#include "crypto/block_cipher.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace latchkey::crypto {
namespace {

struct FreeCipherContext {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};

enum class Direction : std::uint8_t { decrypt = 0, encrypt = 1 };

BlockCipher::Block run(const AeadKey& key, const BlockCipher::Block& block, Direction direction) {
    static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr);
    thread_local const std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext> context(
        EVP_CIPHER_CTX_new());
    BlockCipher::Block out{};
    int length = 0;
    const bool good = EVP_CipherInit_ex2(context.get(), cipher, key.bytes().data(), nullptr,
                                         static_cast<int>(direction), nullptr) == 1 &&
                      EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                      EVP_CipherUpdate(context.get(), out.data(), &length, block.data(),
                                       static_cast<int>(block.size())) == 1 &&
                      length == static_cast<int>(out.size());
    if (!good) throw std::runtime_error("AES-256 is not available");
    return out;
}

}  // namespace

BlockCipher::Block BlockCipher::encrypt(const Block& block) const {
    return run(key_, block, Direction::encrypt);
}

BlockCipher::Block BlockCipher::decrypt(const Block& block) const {
    return run(key_, block, Direction::decrypt);
}

}  // namespace latchkey::crypto
