#include "crypto/block_cipher.hpp"

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <stdexcept>

namespace latchkey::crypto {
namespace {

struct FreeCipherContext {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipherContext>;

enum class Direction : std::uint8_t { decrypt = 0, encrypt = 1 };

/// Expanding a key costs several times what a block does, and who asks for one id asks for more:
/// the newest key of a thread stays expanded.
class Expanded {
public:
    explicit Expanded(Direction direction) : direction_(direction) {}

    /// Null when OpenSSL has no AES-256 or no memory.
    EVP_CIPHER_CTX* under(const AeadKey& key) {
        if (key_ && key_->bytes() == key.bytes()) return context_.get();
        static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr);
        key_.reset();
        const bool good = EVP_CipherInit_ex2(context_.get(), cipher, key.bytes().data(), nullptr,
                                             static_cast<int>(direction_), nullptr) == 1 &&
                          EVP_CIPHER_CTX_set_padding(context_.get(), 0) == 1;
        if (!good) return nullptr;
        key_ = key;
        return context_.get();
    }

private:
    Direction direction_;
    CipherContext context_{EVP_CIPHER_CTX_new()};
    std::optional<AeadKey> key_;
};

BlockCipher::Block run(Expanded& expanded, const AeadKey& key, const BlockCipher::Block& block) {
    BlockCipher::Block out{};
    int length = 0;
    EVP_CIPHER_CTX* context = expanded.under(key);
    const bool good = context != nullptr &&
                      EVP_CipherUpdate(context, out.data(), &length, block.data(),
                                       static_cast<int>(block.size())) == 1 &&
                      length == static_cast<int>(out.size());
    if (!good) throw std::runtime_error("AES-256 is not available");
    return out;
}

}  // namespace

BlockCipher::Block BlockCipher::encrypt(const Block& block) const {
    thread_local Expanded expanded(Direction::encrypt);
    return run(expanded, key_, block);
}

BlockCipher::Block BlockCipher::decrypt(const Block& block) const {
    thread_local Expanded expanded(Direction::decrypt);
    return run(expanded, key_, block);
}

}  // namespace latchkey::crypto
