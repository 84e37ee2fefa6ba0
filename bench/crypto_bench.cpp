// What a request pays for cryptography: ./x bench, or build/bench/bin/crypto_bench.

#include <benchmark/benchmark.h>

#include "crypto/aead.hpp"
#include "crypto/block_cipher.hpp"
#include "crypto/digest.hpp"
#include "crypto/hmac.hpp"
#include "crypto/minted_secret.hpp"
#include "crypto/system_random.hpp"
#include "jose/claims.hpp"
#include "jose/jws.hpp"

namespace latchkey {
namespace {

constexpr std::size_t token_bytes = 80;  // what an access token seals

crypto::AeadKey aead_key() {
    return crypto::AeadKey::from_bytes(Bytes(crypto::aead_key_size, 7)).value();
}

void aead_seal(benchmark::State& state) {
    crypto::SystemRandom random;
    const crypto::XChaCha20Poly1305 cipher(aead_key());
    const Bytes plain(token_bytes, 1);
    std::string out;
    for (auto _ : state) {
        out.clear();
        cipher.seal(random, plain, {as_bytes("place")}, out);
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(aead_seal);

void aead_open(benchmark::State& state) {
    crypto::SystemRandom random;
    const crypto::XChaCha20Poly1305 cipher(aead_key());
    std::string sealed;
    cipher.seal(random, Bytes(token_bytes, 1), {as_bytes("place")}, sealed);
    for (auto _ : state) {
        benchmark::DoNotOptimize(cipher.open(as_bytes(sealed), {as_bytes("place")}));
    }
}
BENCHMARK(aead_open);

void sha256_of(benchmark::State& state) {
    const Bytes message(static_cast<std::size_t>(state.range(0)), 1);
    for (auto _ : state) benchmark::DoNotOptimize(crypto::sha256(message));
}
BENCHMARK(sha256_of)->Arg(55)->Arg(300);

void hmac_sha256(benchmark::State& state) {
    const crypto::HmacSha256 mac(Bytes(32, 1));
    const Bytes message(64, 1);
    for (auto _ : state) benchmark::DoNotOptimize(mac.tag(message));
}
BENCHMARK(hmac_sha256);

void block_cipher(benchmark::State& state) {
    const crypto::BlockCipher cipher(aead_key());
    crypto::BlockCipher::Block block{};
    for (auto _ : state) benchmark::DoNotOptimize(block = cipher.encrypt(block));
}
BENCHMARK(block_cipher);

void mint_and_check(benchmark::State& state) {
    crypto::SystemRandom random;
    for (auto _ : state) {
        const Secret secret = crypto::mint(crypto::SecretKind::client_secret, random);
        benchmark::DoNotOptimize(crypto::check(crypto::SecretKind::client_secret, secret.reveal()));
    }
}
BENCHMARK(mint_and_check);

void random_32_bytes(benchmark::State& state) {
    crypto::SystemRandom random;
    std::array<std::uint8_t, 32> out{};
    for (auto _ : state) {
        random.fill(out);
        benchmark::DoNotOptimize(out);
    }
}
BENCHMARK(random_32_bytes);

constexpr std::string_view claims_text =
    R"({"iss":"https://id.example","aud":"https://id.example/api/partners","client_id":)"
    R"("0123456789abcdef0123456789abcdef","sub":"1AbCdEfGhIjKlMnOpQrStUv","jti":)"
    R"("fedcba9876543210fedcba9876543210","iat":1700000000,"exp":1700000300,)"
    R"("scope":"email profile","origin":"https://shop.example"})";

jose::SigningKey make_key(jose::Algorithm algorithm) {
    switch (algorithm) {
        case jose::Algorithm::RS256:
            return jose::SigningKey::with_thumbprint(crypto::RsaPrivateKey::generate().value());
        case jose::Algorithm::ES256:
            return jose::SigningKey::with_thumbprint(crypto::EcP256PrivateKey::generate().value());
        case jose::Algorithm::EdDSA: {
            crypto::SystemRandom random;
            return jose::SigningKey::with_thumbprint(crypto::Ed25519PrivateKey::generate(random));
        }
        case jose::Algorithm::HS256: break;
    }
    return jose::SigningKey("hmac", crypto::HmacSha256(Bytes(32, 1)));
}

template <jose::Algorithm algorithm>
void jwt_sign(benchmark::State& state) {
    const jose::SigningKey key = make_key(algorithm);
    for (auto _ : state) {
        benchmark::DoNotOptimize(jose::sign_compact(key, "consent+jwt", claims_text));
    }
}
BENCHMARK(jwt_sign<jose::Algorithm::RS256>);
BENCHMARK(jwt_sign<jose::Algorithm::ES256>);
BENCHMARK(jwt_sign<jose::Algorithm::EdDSA>);

// Signature, header, and the claims that the exchange checks.
template <jose::Algorithm algorithm>
void jwt_verify(benchmark::State& state) {
    const jose::SigningKey key = make_key(algorithm);
    jose::KeySet keys;
    static_cast<void>(keys.add(key.verification_key()));
    const std::string token = jose::sign_compact(key, "consent+jwt", claims_text).value();
    const auto type = jose::ExpectedType::exactly("consent+jwt");
    for (auto _ : state) {
        const auto payload = jose::verify_compact(token, keys, type);
        const auto claims = jose::Claims::parse(*payload);
        const auto times = jose::check_times(*claims, {.now = from_unix(1700000001)});
        if (!times) state.SkipWithError("the token does not verify");
    }
}
BENCHMARK(jwt_verify<jose::Algorithm::RS256>);
BENCHMARK(jwt_verify<jose::Algorithm::ES256>);
BENCHMARK(jwt_verify<jose::Algorithm::EdDSA>);
BENCHMARK(jwt_verify<jose::Algorithm::HS256>);

}  // namespace
}  // namespace latchkey

BENCHMARK_MAIN();
