#include "crypto/ec_p256.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <algorithm>

#include "crypto/ecdsa_signature.hpp"
#include "crypto/evp_key.hpp"
#include "crypto/pkcs8.hpp"

namespace latchkey::crypto {
namespace {

constexpr std::size_t uncompressed_size = 1 + 2 * p256_coordinate_size;
constexpr std::uint8_t uncompressed = 4;  // SEC 1 2.3.3
constexpr char curve[] = "prime256v1";

EvpKeyHandle import(const EcP256PublicKey::Point& point) {
    std::array<std::uint8_t, uncompressed_size> encoded{uncompressed};
    std::ranges::copy(point.x, encoded.begin() + 1);
    std::ranges::copy(point.y, encoded.begin() + 1 + p256_coordinate_size);
    char name[sizeof curve];
    std::ranges::copy(curve, name);
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()),
        OSSL_PARAM_construct_end()};
    const EvpContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* raw = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY,
                          const_cast<OSSL_PARAM*>(params)) != 1) {
        return nullptr;
    }
    EvpKeyHandle key(raw);
    const EvpContextHandle checker(EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr));
    return checker && EVP_PKEY_public_check(checker.get()) == 1 ? std::move(key) : nullptr;
}

Result<EcP256PublicKey::Point> read_point(EVP_PKEY* key) {
    std::array<std::uint8_t, uncompressed_size> encoded{};
    std::size_t length = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, encoded.data(),
                                        encoded.size(), &length) != 1 ||
        length != encoded.size() || encoded[0] != uncompressed) {
        return library_failed("reading an EC key");
    }
    EcP256PublicKey::Point point;
    std::copy_n(encoded.begin() + 1, point.x.size(), point.x.begin());
    std::copy_n(encoded.begin() + 1 + p256_coordinate_size, point.y.size(), point.y.begin());
    return point;
}

bool is_p256(EVP_PKEY* key) {
    char name[32];
    std::size_t length = 0;
    return EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, name, sizeof name, &length) == 1 &&
           std::string_view(name, length) == curve;
}

struct Imported {
    std::shared_ptr<const EvpKey> key;
    EcP256PublicKey public_key;
};

Result<Imported> import_private(EvpKeyHandle handle) {
    const auto point = TRY(read_point(handle.get()));
    auto public_key = TRY(EcP256PublicKey::from_point(point));
    EvpKey key = TRY(EvpKey::prepare(std::move(handle), KeyHalf::private_key));
    return Imported{std::make_shared<const EvpKey>(std::move(key)), std::move(public_key)};
}

}  // namespace

Result<EcP256PublicKey> EcP256PublicKey::from_point(const Point& point) {
    EvpKeyHandle handle = import(point);
    if (!handle) {
        ERR_clear_error();
        return fail(ErrorCode::invalid_argument, "The EC key is not acceptable.",
                    "not a point of P-256");
    }
    EvpKey key = TRY(EvpKey::prepare(std::move(handle), KeyHalf::public_key));
    return EcP256PublicKey(std::make_shared<const EvpKey>(std::move(key)), point);
}

bool EcP256PublicKey::verify(ByteView message, ByteView signature) const {
    if (signature.size() != p256_signature_size) return false;
    return key_->verify(sha256(message), p256_signature_to_der(signature));
}

Result<EcP256PrivateKey> EcP256PrivateKey::generate() {
    EvpKeyHandle handle(EVP_EC_gen(curve));
    if (!handle) return library_failed("making an EC key");
    auto made = TRY(import_private(std::move(handle)));
    return EcP256PrivateKey(std::move(made.key), std::move(made.public_key));
}

Result<EcP256PrivateKey> EcP256PrivateKey::from_pkcs8(ByteView der) {
    EvpKeyHandle handle = read_pkcs8(der);
    if (!handle || !is_p256(handle.get())) {
        return fail(ErrorCode::malformed, "The EC key is not readable.");
    }
    auto made = TRY(import_private(std::move(handle)));
    return EcP256PrivateKey(std::move(made.key), std::move(made.public_key));
}

Result<Secret> EcP256PrivateKey::to_pkcs8() const { return write_pkcs8(*key_); }

Result<Bytes> EcP256PrivateKey::sign(ByteView message) const {
    const Bytes der = TRY(key_->sign(sha256(message)));
    const auto signature = p256_signature_from_der(der);
    if (!signature) return library_failed("reading an EC signature");
    return Bytes(signature->begin(), signature->end());
}

}  // namespace latchkey::crypto
