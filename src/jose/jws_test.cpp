#include "jose/jws.hpp"

#include <gtest/gtest.h>

#include <array>

#include "crypto/system_random.hpp"

namespace latchkey::jose {
namespace {

const ExpectedType test_type = ExpectedType::exactly("test+jwt");

SigningKey hmac_key(std::string kid = "k1", std::uint8_t byte = 1) {
    return SigningKey(std::move(kid), crypto::HmacSha256(Bytes(min_hmac_key_bytes, byte)));
}

// A token with any header, signed by `key` whatever the header says.
std::string forge(const SigningKey& key, std::string_view header, std::string_view payload) {
    std::string compact = to_base64url(as_bytes(header)) + "." + to_base64url(as_bytes(payload));
    const Bytes signature = key.sign(as_bytes(compact)).value();
    return compact + "." + to_base64url(signature);
}

TEST(Jws, VerifiesWhatItSignedWithEveryAlgorithm) {
    crypto::SystemRandom random;
    std::vector<SigningKey> keys;
    keys.push_back(SigningKey::with_thumbprint(crypto::RsaPrivateKey::generate().value()));
    keys.push_back(SigningKey::with_thumbprint(crypto::EcP256PrivateKey::generate().value()));
    keys.push_back(SigningKey::with_thumbprint(crypto::Ed25519PrivateKey::generate(random)));
    KeySet set;
    for (const SigningKey& key : keys) {
        EXPECT_EQ(key.kid().size(), 43U);
        ASSERT_TRUE(set.add(key.verification_key()));
    }
    for (const SigningKey& key : keys) {
        const std::string token = sign_compact(key, "test+jwt", R"({"a":1})").value();
        EXPECT_EQ(verify_compact(token, set, test_type).value(), R"({"a":1})");
        EXPECT_EQ(verify_compact(token, key.verification_key(), test_type).value(), R"({"a":1})");
        for (const SigningKey& other : keys) {
            if (&other == &key) continue;
            EXPECT_FALSE(verify_compact(token, other.verification_key(), test_type));
        }
    }
}

TEST(Jws, WritesAlgKidAndTypIntoTheHeader) {
    const std::string token = sign_compact(hmac_key(), "test+jwt", "{}").value();
    const Bytes header = from_base64url(token.substr(0, token.find('.'))).value();
    EXPECT_EQ(as_text(header), R"({"alg":"HS256","kid":"k1","typ":"test+jwt"})");
}

TEST(Jws, ComparesTheTypeInAnyCaseAndWithoutApplication) {
    struct Row {
        const char* typ;
        bool accepted;
    };
    for (const Row& row :
         {Row{"test+jwt", true}, Row{"TEST+JWT", true}, Row{"application/test+jwt", true},
          Row{"jwt", false}, Row{"", false}, Row{"application/", false}, Row{"test+jwt2", false},
          Row{"image/test+jwt", false}}) {
        EXPECT_EQ(test_type.accepts(row.typ), row.accepted) << row.typ;
        EXPECT_TRUE(ExpectedType::any().accepts(row.typ));
    }
}

TEST(Jws, RefusesTokensOfTheWrongShape) {
    const SigningKey key = hmac_key();
    const std::string good = sign_compact(key, "test+jwt", "{}").value();
    const std::size_t first = good.find('.');
    const std::size_t second = good.rfind('.');
    struct Row {
        const char* what;
        std::string token;
    };
    const std::array rows = {
        Row{"nothing", ""},
        Row{"dots", ".."},
        Row{"one part", good.substr(0, first)},
        Row{"two parts", good.substr(0, second)},
        Row{"no signature", good.substr(0, second + 1)},
        Row{"four parts", good + "."},
        Row{"five parts", good + ".a.b"},
        Row{"padding", good + "="},
        Row{"a space behind", good + " "},
        Row{"a line break inside", good.substr(0, first) + "\n" + good.substr(first)},
        Row{"standard alphabet", good.substr(0, second + 1) + "+/+/"},
        Row{"JSON form", R"({"payload":"e30","signatures":[]})"},
        Row{"too long", good + std::string(max_compact_bytes, 'A')},
        Row{"a NUL inside", good.substr(0, second) + std::string(1, '\0') + good.substr(second)},
    };
    for (const Row& row : rows) {
        const auto result = verify_compact(row.token, key.verification_key(), test_type);
        ASSERT_FALSE(result) << row.what;
        EXPECT_EQ(result.error().code, ErrorCode::invalid_token) << row.what;
    }
}

TEST(Jws, RefusesHeadersThatAreNotPlain) {
    const SigningKey key = hmac_key();
    const std::string long_kid(max_kid_bytes + 1, 'k');
    for (const std::string& header : {
             std::string(""),
             std::string("null"),
             std::string("[]"),
             std::string("{}"),
             std::string(R"({"alg":"HS256")"),
             std::string(R"({"alg":"HS256"} x)"),
             std::string(R"({"alg":["HS256"],"typ":"test+jwt"})"),
             std::string(R"({"alg":"HS256","alg":"HS256","typ":"test+jwt"})"),
             std::string(R"({"alg":"HS256","kid":"k1","kid":"k1","typ":"test+jwt"})"),
             std::string(R"({"alg":"HS256","kid":7,"typ":"test+jwt"})"),
             std::string(R"({"alg":"HS256","kid":"","typ":"test+jwt"})"),
             std::string(R"({"alg":"HS256","typ":null})"),
             std::string(R"({"alg":"HS256"})"),
             std::string(R"({"alg":"HS256","typ":"other+jwt"})"),
             std::string(R"({"alg":"HS256","typ":"test+jwt","crit":[]})"),
             std::string(R"({"alg":"HS256","typ":"test+jwt","crit":["exp"],"exp":1})"),
             std::string(R"({"alg":"HS256","typ":"test+jwt","b64":false,"crit":["b64"]})"),
             R"({"alg":"HS256","typ":"test+jwt","kid":")" + long_kid + R"("})",
             R"({"alg":"HS256","typ":"test+jwt","x":")" + std::string(max_header_bytes, 'x') +
                 R"("})",
             std::string(R"({"alg":"HS256","typ":"test+jwt","x":[[[[[[1]]]]]]})"),
         }) {
        const auto result =
            verify_compact(forge(key, header, "{}"), key.verification_key(), test_type);
        ASSERT_FALSE(result) << header;
        EXPECT_EQ(result.error().code, ErrorCode::invalid_token) << header;
    }
    EXPECT_TRUE(verify_compact(forge(key, R"({"typ":"test+jwt","alg":"HS256","x":{"y":1}})", "{}"),
                               key.verification_key(), test_type))
        << "an unknown member that is not critical is no reason to refuse";
}

TEST(Jws, NamesTheStepAndNothingOfTheTokenInItsErrors) {
    const SigningKey key = hmac_key();
    const std::string token =
        forge(key, R"({"alg":"canary-alg","kid":"canary-kid","typ":"canary-typ"})", "canary");
    const Error error = verify_compact(token, key.verification_key(), test_type).error();
    EXPECT_EQ(error.detail.find("canary"), std::string::npos);
    EXPECT_EQ(error.detail, "header: alg");
}

TEST(Jws, RefusesEveryChangedCharacter) {
    const SigningKey key = hmac_key();
    const std::string good = sign_compact(key, "test+jwt", R"({"sub":"a"})").value();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verify_compact(changed, key.verification_key(), test_type)) << i;
    }
}

TEST(KeySet, FindsKeysByTheirKid) {
    KeySet set;
    EXPECT_EQ(set.find(""), nullptr);
    ASSERT_TRUE(set.add(hmac_key("k1", 1).verification_key()));
    EXPECT_NE(set.find(""), nullptr) << "a set of one needs no kid";
    ASSERT_TRUE(set.add(hmac_key("k2", 2).verification_key()));
    EXPECT_EQ(set.find(""), nullptr);
    EXPECT_EQ(set.find("k2")->kid(), "k2");
    EXPECT_EQ(set.find("K2"), nullptr);
}

TEST(KeySet, RefusesMoreKeysThanItsLimit) {
    KeySet set;
    for (std::size_t i = 0; i < max_keys_in_set; ++i) {
        ASSERT_TRUE(set.add(hmac_key("k" + std::to_string(i)).verification_key()));
    }
    EXPECT_EQ(set.add(hmac_key("one more").verification_key()).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace latchkey::jose
