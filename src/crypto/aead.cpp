#include "crypto/aead.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>

#include "crypto/cipher_context.hpp"
#include "crypto/evp_key.hpp"
#include "crypto/sodium.hpp"

namespace latchkey::crypto {
namespace {

constexpr int max_part = 1 << 30;  // OpenSSL counts bytes in int

Failure too_short() { return fail(ErrorCode::malformed, "The sealed data is damaged.", "short"); }
Failure not_authentic() {
    return fail(ErrorCode::invalid_token, "The sealed data is damaged.", "tag");
}

std::uint8_t* bytes_of(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

const EVP_CIPHER* fetched_gcm() {
    static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return cipher;
}

// Keyed anew for each call, which costs 0.2 µs and keeps no key of another box.
EVP_CIPHER_CTX* thread_cipher_context() {
    thread_local const CipherContext context(EVP_CIPHER_CTX_new());
    return context.get();
}

struct GcmInput {
    const AeadKey& key;
    Aes256Gcm::Nonce nonce;
    ByteView text;  // plain or ciphertext
    AssociatedData associated;
};

bool gcm_fits(const GcmInput& in) {
    return in.text.size() <= max_part && in.associated.bytes.size() <= max_part;
}

bool gcm_encrypt(const GcmInput& in, std::uint8_t* out) {
    EVP_CIPHER_CTX* context = thread_cipher_context();
    int length = 0;
    return EVP_EncryptInit_ex2(context, fetched_gcm(), in.key.bytes().data(), in.nonce.data(),
                               nullptr) == 1 &&
           EVP_EncryptUpdate(context, nullptr, &length, in.associated.bytes.data(),
                             static_cast<int>(in.associated.bytes.size())) == 1 &&
           EVP_EncryptUpdate(context, out, &length, in.text.data(),
                             static_cast<int>(in.text.size())) == 1 &&
           EVP_EncryptFinal_ex(context, out + in.text.size(), &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, aead_tag_size,
                               out + in.text.size()) == 1;
}

bool gcm_decrypt(const GcmInput& in, ByteView tag, std::uint8_t* out) {
    EVP_CIPHER_CTX* context = thread_cipher_context();
    std::array<std::uint8_t, aead_tag_size> expected{};
    std::ranges::copy(tag, expected.begin());
    int length = 0;
    return EVP_DecryptInit_ex2(context, fetched_gcm(), in.key.bytes().data(), in.nonce.data(),
                               nullptr) == 1 &&
           EVP_DecryptUpdate(context, nullptr, &length, in.associated.bytes.data(),
                             static_cast<int>(in.associated.bytes.size())) == 1 &&
           EVP_DecryptUpdate(context, out, &length, in.text.data(),
                             static_cast<int>(in.text.size())) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, aead_tag_size, expected.data()) ==
               1 &&
           EVP_DecryptFinal_ex(context, out + in.text.size(), &length) == 1;
}

}  // namespace

Result<AeadKey> AeadKey::from_bytes(ByteView key) {
    if (key.size() != aead_key_size) {
        return fail(ErrorCode::invalid_argument, "The key has the wrong length.");
    }
    AeadKey out;
    std::ranges::copy(key, out.bytes_.begin());
    return out;
}

AeadKey::~AeadKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

void XChaCha20Poly1305::seal(Random& random, ByteView plain, AssociatedData associated,
                             std::string& out) const {
    std::array<std::uint8_t, nonce_size> nonce{};
    random.fill(nonce);
    seal(Nonce(nonce), plain, associated, out);
}

void XChaCha20Poly1305::seal(Nonce nonce, ByteView plain, AssociatedData associated,
                             std::string& out) const {
    prepare_sodium();
    const std::size_t start = out.size();
    out.resize(start + overhead + plain.size());
    std::uint8_t* to = bytes_of(out) + start;
    std::ranges::copy(nonce, to);
    crypto_aead_xchacha20poly1305_ietf_encrypt(to + nonce_size, nullptr, plain.data(), plain.size(),
                                               associated.bytes.data(), associated.bytes.size(),
                                               nullptr, nonce.data(), key_.bytes().data());
}

Result<Secret> XChaCha20Poly1305::open(ByteView sealed, AssociatedData associated) const {
    if (sealed.size() < overhead) return too_short();
    prepare_sodium();
    std::string plain(sealed.size() - overhead, '\0');
    const ByteView box = sealed.subspan(nonce_size);
    const int outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(plain), nullptr, nullptr, box.data(), box.size(), associated.bytes.data(),
        associated.bytes.size(), sealed.data(), key_.bytes().data());
    if (outcome != 0) return not_authentic();
    return Secret(std::move(plain));
}

Result<void> Aes256Gcm::seal(Random& random, ByteView plain, AssociatedData associated,
                             std::string& out) const {
    std::array<std::uint8_t, nonce_size> nonce{};
    random.fill(nonce);
    return seal(Nonce(nonce), plain, associated, out);
}

Result<void> Aes256Gcm::seal(Nonce nonce, ByteView plain, AssociatedData associated,
                             std::string& out) const {
    const GcmInput input{key_, nonce, plain, associated};
    if (!gcm_fits(input)) return fail(ErrorCode::too_large, "Too much data to seal at once.");
    const std::size_t start = out.size();
    out.resize(start + overhead + plain.size());
    std::uint8_t* to = bytes_of(out) + start;
    std::ranges::copy(nonce, to);
    if (!gcm_encrypt(input, to + nonce_size)) {
        out.resize(start);
        return library_failed("AES-256-GCM encryption");
    }
    return {};
}

Result<Secret> Aes256Gcm::open(ByteView sealed, AssociatedData associated) const {
    if (sealed.size() < overhead) return too_short();
    const ByteView tag = sealed.last(aead_tag_size);
    const ByteView text = sealed.subspan(nonce_size, sealed.size() - overhead);
    const GcmInput input{key_, sealed.first<nonce_size>(), text, associated};
    if (!gcm_fits(input)) return not_authentic();

    std::string opened(text.size(), '\0');
    if (!gcm_decrypt(input, tag, bytes_of(opened))) {
        OPENSSL_cleanse(opened.data(), opened.size());
        return not_authentic();
    }
    return Secret(std::move(opened));
}

}  // namespace latchkey::crypto
