#include "crypto/ed25519.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/sodium.hpp"

namespace latchkey::crypto {

static_assert(ed25519_key_size == crypto_sign_PUBLICKEYBYTES);
static_assert(ed25519_key_size == crypto_sign_SEEDBYTES);
static_assert(ed25519_signature_size == crypto_sign_BYTES);

Result<Ed25519PublicKey> Ed25519PublicKey::from_bytes(ByteView key) {
    prepare_sodium();
    if (key.size() != ed25519_key_size || crypto_core_ed25519_is_valid_point(key.data()) != 1) {
        return fail(ErrorCode::invalid_argument, "The Ed25519 key is not acceptable.");
    }
    Ed25519PublicKey out;
    std::ranges::copy(key, out.bytes_.begin());
    return out;
}

bool Ed25519PublicKey::verify(ByteView message, ByteView signature) const {
    if (signature.size() != ed25519_signature_size) return false;
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       bytes_.data()) == 0;
}

Ed25519PrivateKey::Ed25519PrivateKey(Secret expanded) : expanded_(std::move(expanded)) {
    std::ranges::copy(expanded_.reveal_bytes().last(ed25519_key_size), public_key_.bytes_.begin());
}

Ed25519PrivateKey Ed25519PrivateKey::generate(Random& random) {
    std::string seed(ed25519_key_size, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(seed.data()), seed.size()});
    const Secret held(std::move(seed));
    return *from_seed(held.reveal_bytes());
}

Result<Ed25519PrivateKey> Ed25519PrivateKey::from_seed(ByteView seed) {
    if (seed.size() != ed25519_key_size) {
        return fail(ErrorCode::invalid_argument, "The Ed25519 key is not acceptable.");
    }
    prepare_sodium();
    std::array<std::uint8_t, ed25519_key_size> public_half{};
    std::string expanded(crypto_sign_SECRETKEYBYTES, '\0');
    crypto_sign_seed_keypair(public_half.data(), reinterpret_cast<unsigned char*>(expanded.data()),
                             seed.data());
    return Ed25519PrivateKey(Secret(std::move(expanded)));
}

Bytes Ed25519PrivateKey::sign(ByteView message) const {
    Bytes signature(ed25519_signature_size);
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         expanded_.reveal_bytes().data());
    return signature;
}

}  // namespace latchkey::crypto
