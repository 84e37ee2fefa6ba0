#include "jose/jwk.hpp"

#include <gtest/gtest.h>

#include <array>

#include "crypto/system_random.hpp"
#include "jose/jws.hpp"

namespace latchkey::jose {
namespace {

// RFC 7517 A.1 and RFC 8037 A.2.
constexpr std::string_view ec_members =
    R"("kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
    R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")";
constexpr std::string_view okp_members =
    R"("kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")";
constexpr std::string_view oct_members =
    R"("kty":"oct","k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg")";
// RFC 7638 3.1
constexpr std::string_view rsa_members =
    R"("kty":"RSA","e":"AQAB","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAt)"
    R"(VT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lq)"
    R"(t7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n9)"
    R"(1CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-k)"
    R"(EgU8awapJzKnqDKgw")";

std::string jwk(std::string_view members, std::string_view more = "") {
    return std::string("{").append(members).append(more).append("}");
}

TEST(Jwk, ReadsAndWritesEachKindOfPublicKey) {
    for (const auto& [members, algorithm] :
         {std::pair{ec_members, Algorithm::ES256}, std::pair{okp_members, Algorithm::EdDSA},
          std::pair{rsa_members, Algorithm::RS256}}) {
        const auto key = parse_jwk(jwk(members, R"(,"kid":"k1","use":"sig")"));
        ASSERT_TRUE(key) << key.error().detail;
        EXPECT_EQ(key->algorithm(), algorithm);
        EXPECT_EQ(key->kid(), "k1");
        std::string written;
        append_jwk(written, *key);
        const auto again = parse_jwk(written);
        ASSERT_TRUE(again) << written;
        EXPECT_EQ(thumbprint(again->material()), thumbprint(key->material()));
    }
}

TEST(Jwk, MakesTheThumbprintsOfTheRfcs) {
    EXPECT_EQ(thumbprint(parse_jwk(jwk(rsa_members)).value().material()),
              "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");  // RFC 7638 3.1
    EXPECT_EQ(thumbprint(parse_jwk(jwk(okp_members)).value().material()),
              "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");  // RFC 8037 A.3
}

TEST(Jwk, NeverWritesASymmetricKey) {
    const VerificationKey key = parse_jwk(jwk(oct_members, R"(,"kid":"s1")")).value();
    EXPECT_EQ(key.algorithm(), Algorithm::HS256);
    EXPECT_EQ(to_jwks(std::array{key}), R"({"keys":[]})");
    EXPECT_EQ(thumbprint(key.material()), "");
}

TEST(Jwk, WritesASetThatReadsBack) {
    const VerificationKey one = parse_jwk(jwk(ec_members, R"(,"kid":"a")")).value();
    const VerificationKey two = parse_jwk(jwk(okp_members, R"(,"kid":"b")")).value();
    const std::string text = to_jwks(std::array{one, two});
    const auto set = parse_jwks(text);
    ASSERT_TRUE(set) << text;
    EXPECT_EQ(set->keys().size(), 2U);
    EXPECT_EQ(set->find("b")->algorithm(), Algorithm::EdDSA);
}

TEST(Jwk, RefusesKeysThatAreNotForTheseSignatures) {
    for (const std::string& text : {
             jwk(R"("kty":"other")"),
             jwk(R"("kty":"EC","crv":"P-384","x":"AA","y":"AA")"),
             jwk(R"("kty":"EC","crv":"secp256k1","x":"AA","y":"AA")"),
             jwk(R"("kty":"OKP","crv":"X25519","x":"AA")"),
             jwk(R"("kty":"OKP","crv":"Ed448","x":"AA")"),
             jwk(ec_members, R"(,"use":"enc")"),
             jwk(ec_members, R"(,"alg":"ES384")"),
             jwk(ec_members, R"(,"alg":"RS256")"),
             jwk(ec_members, R"(,"alg":"none")"),
             jwk(ec_members, R"(,"alg":"es256")"),
             jwk(ec_members, R"(,"key_ops":["encrypt"])"),
             jwk(ec_members, R"(,"key_ops":[])"),
             jwk(rsa_members, R"(,"alg":"PS256")"),
             jwk(oct_members, R"(,"alg":"A256GCM")"),
         }) {
        const auto key = parse_jwk(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().code, ErrorCode::unsupported) << text;
    }
}

TEST(Jwk, RefusesKeysThatAreNotWellFormed) {
    for (const std::string& text : {
             std::string("[]"),
             std::string("{}"),
             jwk(R"("kty":1)"),
             jwk(R"("kty":"EC")"),
             jwk(R"("kty":"EC","crv":"P-256")"),
             jwk(R"("kty":"EC","crv":"P-256","x":"AA","y":"AA")"),
             jwk(R"("kty":"RSA","n":"AA")"),
             jwk(R"("kty":"RSA","n":"A","e":"AQAB")"),
             jwk(R"("kty":"oct","k":"AA==")"),
             jwk(R"("kty":"oct","k":null)"),
             jwk(ec_members, R"(,"kid":5)"),
             jwk(ec_members, R"(,"use":5)"),
             jwk(ec_members, R"(,"key_ops":"verify")"),
             jwk(ec_members, R"(,"key_ops":[1])"),
             jwk(ec_members, R"(,"kty":"EC")"),
             jwk(ec_members, R"(,"kid":")" + std::string(max_kid_bytes + 1, 'k') + "\""),
         }) {
        const auto key = parse_jwk(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().code, ErrorCode::malformed) << text;
    }
}

TEST(Jwk, RefusesWeakImpossibleAndLeakedKeys) {
    std::string moved(ec_members);
    moved.replace(moved.find("4Etl"), 4, "4Etm");
    for (
        const std::string& text : {
            jwk(moved),
            jwk(R"("kty":"oct","k":"")"),
            jwk(R"("kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg")"),
            jwk(R"("kty":"RSA","n":"AQAB","e":"AQAB")"),
            jwk(ec_members, R"(,"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE")"),
            jwk(rsa_members, R"(,"p":"AA")"),
            jwk(R"("kty":"OKP","crv":"Ed25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")"),
        }) {
        const auto key = parse_jwk(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().code, ErrorCode::invalid_argument) << text;
    }
}

TEST(Jwks, LeavesOutUnsupportedKeysAndRefusesBrokenOnes) {
    const std::string good = jwk(ec_members, R"(,"kid":"a")");
    const auto set = parse_jwks(R"({"keys":[{"kty":"other"},)" + good + "," +
                                jwk(okp_members, R"(,"kid":"b","use":"enc")") + "]}");
    ASSERT_TRUE(set);
    EXPECT_EQ(set->keys().size(), 1U);

    struct Row {
        std::string text;
        ErrorCode code;
    };
    for (const Row& row : {
             Row{R"({"keys":[)" + good + "," + good + "]}", ErrorCode::conflict},
             Row{R"({"keys":[)" + good + "," + jwk(okp_members) + "]}",
                 ErrorCode::invalid_argument},
             Row{R"({"keys":[)" + good + "," + jwk(oct_members, R"(,"kid":"s")") + "]}",
                 ErrorCode::invalid_argument},
             Row{R"({"keys":[)" + good + R"(,{"kty":"RSA"}]})", ErrorCode::malformed},
             Row{R"({"keys":[1]})", ErrorCode::malformed},
             Row{R"({"keys":{}})", ErrorCode::malformed},
             Row{R"({})", ErrorCode::malformed},
             Row{"", ErrorCode::malformed},
             Row{std::string(max_jwks_bytes + 1, ' '), ErrorCode::too_large},
         }) {
        const auto refused = parse_jwks(row.text);
        ASSERT_FALSE(refused) << row.text.substr(0, 200);
        EXPECT_EQ(refused.error().code, row.code) << row.text.substr(0, 200);
    }
}

TEST(Jwk, ReadsAnOkpSigningKeyOnlyWithItsOwnPublicHalf) {
    // RFC 8037 A.1
    const std::string seed = R"(,"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")";
    const auto key = read_private_jwk(json::parse(jwk(okp_members, seed)).value());
    ASSERT_TRUE(key);
    EXPECT_EQ(key->algorithm(), Algorithm::EdDSA);
    const std::string other = R"(,"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2E")";
    EXPECT_FALSE(read_private_jwk(json::parse(jwk(okp_members, other)).value()));
}

}  // namespace
}  // namespace latchkey::jose
