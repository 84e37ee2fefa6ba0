#include "crypto/aead.hpp"

#include <openssl/crypto.h>
#include <sodium.h>

#include <algorithm>

#include "crypto/sodium.hpp"

namespace latchkey::crypto {
namespace {

Failure too_short() { return fail(ErrorCode::malformed, "The sealed data is damaged.", "short"); }
Failure not_authentic() {
    return fail(ErrorCode::invalid_token, "The sealed data is damaged.", "tag");
}

std::uint8_t* bytes_of(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

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

}  // namespace latchkey::crypto
