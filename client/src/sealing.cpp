#include "sealing.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/random.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace latchkey::client {
namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
static_assert(seal_overhead == nonce_size + tag_size);

struct ContextDeleter {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter>;

std::uint8_t* writable(std::string& text) noexcept {
    return reinterpret_cast<std::uint8_t*>(text.data());
}
const std::uint8_t* readable(std::string_view text) noexcept { return as_bytes(text).data(); }
int size_of(std::string_view text) noexcept { return static_cast<int>(text.size()); }

// `to` has room for the ciphertext and the tag.
bool encrypt(const SealingKey& key, const std::uint8_t* nonce, std::string_view plain,
             BoundTo bound_to, std::uint8_t* to) {
    const Context context(EVP_CIPHER_CTX_new());
    EVP_CIPHER_CTX* gcm = context.get();
    int length = 0;
    return gcm != nullptr &&
           EVP_EncryptInit_ex2(gcm, EVP_aes_256_gcm(), key.bytes().data(), nonce, nullptr) == 1 &&
           EVP_EncryptUpdate(gcm, nullptr, &length, readable(bound_to.bytes),
                             size_of(bound_to.bytes)) == 1 &&
           EVP_EncryptUpdate(gcm, to, &length, readable(plain), size_of(plain)) == 1 &&
           EVP_EncryptFinal_ex(gcm, to + plain.size(), &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_AEAD_GET_TAG, tag_size, to + plain.size()) == 1;
}

bool decrypt(const SealingKey& key, std::string_view sealed, BoundTo bound_to, std::string& to) {
    const std::string_view text = sealed.substr(nonce_size, sealed.size() - seal_overhead);
    std::string tag(sealed.substr(sealed.size() - tag_size));
    const Context context(EVP_CIPHER_CTX_new());
    EVP_CIPHER_CTX* gcm = context.get();
    int length = 0;
    return gcm != nullptr &&
           EVP_DecryptInit_ex2(gcm, EVP_aes_256_gcm(), key.bytes().data(), readable(sealed),
                               nullptr) == 1 &&
           EVP_DecryptUpdate(gcm, nullptr, &length, readable(bound_to.bytes),
                             size_of(bound_to.bytes)) == 1 &&
           EVP_DecryptUpdate(gcm, writable(to), &length, readable(text), size_of(text)) == 1 &&
           EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()) == 1 &&
           EVP_DecryptFinal_ex(gcm, writable(to) + text.size(), &length) == 1;
}

}  // namespace

void fill_random(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t got = ::getrandom(out.data(), out.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        // Without randomness there is no nonce to seal under: nothing sensible can go on.
        if (got <= 0) throw std::system_error(errno, std::generic_category(), "getrandom");
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

std::string sha256_hex(std::string_view text) {
    Bytes32 digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return to_hex(digest);
}

SealingKey::~SealingKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

bool append_sealed(std::string& out, const SealingKey& key, const Secret& plain, BoundTo bound_to) {
    const std::size_t start = out.size();
    out.resize(start + seal_overhead + plain.size());
    std::uint8_t* nonce = writable(out) + start;
    fill_random({nonce, nonce_size});
    if (encrypt(key, nonce, plain.reveal(), bound_to, nonce + nonce_size)) return true;
    out.resize(start);
    return false;
}

std::optional<Secret> open_sealed(const SealingKey& key, std::string_view sealed,
                                  BoundTo bound_to) {
    if (sealed.size() < seal_overhead) return std::nullopt;
    std::string plain(sealed.size() - seal_overhead, '\0');
    if (decrypt(key, sealed, bound_to, plain)) return Secret(std::move(plain));
    OPENSSL_cleanse(plain.data(), plain.size());
    return std::nullopt;
}

}  // namespace latchkey::client
