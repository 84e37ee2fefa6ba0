#include "crypto/rsa.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <array>
#include <bit>
#include <span>
#include <vector>

#include "crypto/evp_key.hpp"
#include "crypto/pkcs8.hpp"
#include "crypto/roca.hpp"

namespace latchkey::crypto {
namespace {

struct FreeBuild {
    void operator()(BIGNUM* number) const noexcept { BN_clear_free(number); }
    void operator()(OSSL_PARAM_BLD* builder) const noexcept { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* params) const noexcept { OSSL_PARAM_free(params); }
};
using Number = std::unique_ptr<BIGNUM, FreeBuild>;

constexpr std::size_t max_exponent_bytes = 4;

Failure weak(const char* what) {
    return fail(ErrorCode::invalid_argument, "The RSA key is not acceptable.", what);
}

Result<void> check_public(const RsaPublicKey::Components& key) {
    if (key.modulus.empty() || key.modulus[0] == 0) return weak("modulus: leading zero");
    if (key.exponent.empty() || key.exponent[0] == 0) return weak("exponent: leading zero");
    if (key.modulus.size() > max_rsa_bits / 8 + 1) return weak("modulus: too long");
    const auto bits = 8 * (key.modulus.size() - 1) + std::bit_width(key.modulus[0]);
    if (bits < min_rsa_bits || bits > max_rsa_bits) return weak("modulus: size");
    if (key.modulus.back() % 2 == 0) return weak("modulus: even");
    if (key.exponent.size() > max_exponent_bytes) return weak("exponent: too long");
    const bool below_three = key.exponent.size() == 1 && key.exponent[0] < 3;
    if (below_three || key.exponent.back() % 2 == 0) return weak("exponent: even or below 3");
    if (has_roca_fingerprint(key.modulus)) return weak("modulus: CVE-2017-15361");
    return {};
}

struct NamedNumber {
    const char* name;
    ByteView value;
};

EvpKeyHandle import(std::span<const NamedNumber> numbers, int selection) {
    const std::unique_ptr<OSSL_PARAM_BLD, FreeBuild> builder(OSSL_PARAM_BLD_new());
    std::vector<Number> held;  // the builder only borrows
    for (const NamedNumber& number : numbers) {
        held.emplace_back(
            BN_bin2bn(number.value.data(), static_cast<int>(number.value.size()), nullptr));
        if (!held.back() ||
            OSSL_PARAM_BLD_push_BN(builder.get(), number.name, held.back().get()) != 1) {
            return nullptr;
        }
    }
    const std::unique_ptr<OSSL_PARAM, FreeBuild> params(OSSL_PARAM_BLD_to_param(builder.get()));
    const EvpContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1) {
        return nullptr;
    }
    return EvpKeyHandle(key);
}

Result<std::shared_ptr<const EvpKey>> share(EvpKeyHandle handle, KeyHalf half) {
    EvpKey key = TRY(EvpKey::prepare(std::move(handle), half));
    return std::make_shared<const EvpKey>(std::move(key));
}

Bytes read_number(const EvpKey& key, const char* name) {
    BIGNUM* raw = nullptr;
    if (EVP_PKEY_get_bn_param(key.get(), name, &raw) != 1) return {};
    const Number number(raw);
    Bytes out(static_cast<std::size_t>(BN_num_bytes(raw)));
    BN_bn2bin(raw, out.data());
    return out;
}

}  // namespace

Result<RsaPublicKey> RsaPublicKey::from_components(const Components& components) {
    TRY(check_public(components));
    const std::array numbers = {NamedNumber{OSSL_PKEY_PARAM_RSA_N, components.modulus},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_E, components.exponent}};
    EvpKeyHandle handle = import(numbers, EVP_PKEY_PUBLIC_KEY);
    if (!handle) return library_failed("importing an RSA key");
    auto key = TRY(share(std::move(handle), KeyHalf::public_key));
    return RsaPublicKey(std::move(key));
}

bool RsaPublicKey::verify(ByteView message, ByteView signature) const {
    return key_->verify(sha256(message), signature);
}

Bytes RsaPublicKey::modulus() const { return read_number(*key_, OSSL_PKEY_PARAM_RSA_N); }
Bytes RsaPublicKey::exponent() const { return read_number(*key_, OSSL_PKEY_PARAM_RSA_E); }

Result<RsaPrivateKey> RsaPrivateKey::generate() {
    EvpKeyHandle handle(EVP_RSA_gen(static_cast<unsigned>(min_rsa_bits)));
    if (!handle) return library_failed("making an RSA key");
    auto key = TRY(share(std::move(handle), KeyHalf::private_key));
    return RsaPrivateKey(std::move(key));
}

Result<RsaPrivateKey> RsaPrivateKey::from_pkcs8(ByteView der) {
    EvpKeyHandle handle = read_pkcs8(der);
    if (!handle || EVP_PKEY_is_a(handle.get(), "RSA") != 1) {
        return fail(ErrorCode::malformed, "The RSA key is not readable.");
    }
    const int bits = EVP_PKEY_get_bits(handle.get());
    if (bits < min_rsa_bits || bits > max_rsa_bits) return weak("modulus: size");
    auto key = TRY(share(std::move(handle), KeyHalf::private_key));
    return RsaPrivateKey(std::move(key));
}

Result<RsaPrivateKey> RsaPrivateKey::from_components(const Components& c) {
    TRY(check_public(c.public_half));
    const std::array numbers = {NamedNumber{OSSL_PKEY_PARAM_RSA_N, c.public_half.modulus},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_E, c.public_half.exponent},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_D, c.d},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_FACTOR1, c.p},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_FACTOR2, c.q},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_EXPONENT1, c.dp},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_EXPONENT2, c.dq},
                                NamedNumber{OSSL_PKEY_PARAM_RSA_COEFFICIENT1, c.qi}};
    EvpKeyHandle handle = import(numbers, EVP_PKEY_KEYPAIR);
    const EvpContextHandle context(
        handle ? EVP_PKEY_CTX_new_from_pkey(nullptr, handle.get(), nullptr) : nullptr);
    if (!context || EVP_PKEY_pairwise_check(context.get()) != 1) {
        ERR_clear_error();
        return weak("the numbers do not belong together");
    }
    auto key = TRY(share(std::move(handle), KeyHalf::private_key));
    return RsaPrivateKey(std::move(key));
}

Result<Secret> RsaPrivateKey::to_pkcs8() const { return write_pkcs8(*key_); }

Result<Bytes> RsaPrivateKey::sign(ByteView message) const { return key_->sign(sha256(message)); }

}  // namespace latchkey::crypto
