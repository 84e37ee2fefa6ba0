#include "jose/claims.hpp"

#include <gtest/gtest.h>

namespace latchkey::jose {
namespace {

Claims claims(std::string_view text) { return Claims::parse(text).value(); }

TEST(Claims, ReadsTextsThatAreThere) {
    const Claims token = claims(R"({"iss":"https://a.example","n":5,"empty":""})");
    EXPECT_EQ(token.text("iss").value(), "https://a.example");
    for (const char* name : {"sub", "n", "empty"}) {
        EXPECT_EQ(token.text(name).error().code, ErrorCode::invalid_token) << name;
    }
    EXPECT_TRUE(token.require("iss", "https://a.example"));
    EXPECT_FALSE(token.require("iss", "https://a.example/"));
    EXPECT_FALSE(token.require("sub", ""));
}

TEST(Claims, RefusesWhatIsNoObject) {
    for (const char* text :
         {"", "[]", "1", "{", R"({"a":1,"a":1})", "{}x", R"({"a":[[[[[[[[[1]]]]]]]]]})"}) {
        EXPECT_EQ(Claims::parse(text).error().code, ErrorCode::invalid_token) << text;
    }
    EXPECT_EQ(Claims::parse(std::string(max_claims_bytes + 1, ' ')).error().code,
              ErrorCode::invalid_token);
}

TEST(Claims, FindsTheAudienceInTextOrArray) {
    EXPECT_TRUE(claims(R"({"aud":"me"})").require_audience("me"));
    EXPECT_TRUE(claims(R"({"aud":["other","me"]})").require_audience("me"));
    for (const char* text : {R"({})", R"({"aud":"you"})", R"({"aud":[]})", R"({"aud":["you"]})",
                             R"({"aud":null})", R"({"aud":["me",1]})", R"({"aud":{"me":1}})"}) {
        EXPECT_EQ(claims(text).require_audience("me").error().code, ErrorCode::invalid_token)
            << text;
    }
}

struct TimeRow {
    const char* claims;
    const char* outcome;  // "" = accepted
};

TEST(Claims, ChecksTimesAgainstNowAndTheLeeway) {
    const TimeRules rules{
        .now = from_unix(1000), .leeway = Seconds(10), .max_lifetime = Seconds(300)};
    for (const TimeRow& row : {
             TimeRow{R"({"iat":900,"exp":1100})", ""},
             TimeRow{R"({"iat":1000,"exp":1001})", ""},
             TimeRow{R"({"iat":1010,"exp":1100})", ""},  // within the leeway
             TimeRow{R"({"iat":1011,"exp":1100})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":991})", ""},  // within the leeway
             TimeRow{R"({"iat":900,"exp":990})", "expired"},
             TimeRow{R"({"iat":900,"exp":1200})", ""},
             TimeRow{R"({"iat":900,"exp":1201})", "invalid_token"},  // lives too long
             TimeRow{R"({"iat":900,"exp":900})", "invalid_token"},
             TimeRow{R"({"iat":950,"exp":900})", "invalid_token"},
             TimeRow{R"({"iat":900.7,"exp":1100.2})", ""},
             TimeRow{R"({"exp":1100})", "invalid_token"},
             TimeRow{R"({"iat":900})", "invalid_token"},
             TimeRow{R"({})", "invalid_token"},
             TimeRow{R"({"iat":"900","exp":1100})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":"1100"})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":null})", "invalid_token"},
             TimeRow{R"({"iat":-1,"exp":1100})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":1e300})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":9223372036854775807})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":18446744073709551615})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":1100,"nbf":1010})", ""},
             TimeRow{R"({"iat":900,"exp":1100,"nbf":1011})", "invalid_token"},
             TimeRow{R"({"iat":900,"exp":1100,"nbf":"x"})", "invalid_token"},
         }) {
        const auto result = check_times(claims(row.claims), rules);
        EXPECT_EQ(result ? "" : to_string(result.error().code), row.outcome) << row.claims;
    }
}

TEST(Claims, AllowsAnyLifetimeUnlessTold) {
    EXPECT_TRUE(check_times(claims(R"({"iat":0,"exp":253402300799})"), {.now = from_unix(1000)}));
}

}  // namespace
}  // namespace latchkey::jose
