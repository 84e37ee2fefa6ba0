// Forms, cookies, credentials: what is read out of a request's fields.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "base/text/text.hpp"
#include "http/authorization.hpp"
#include "http/cookies.hpp"
#include "http/form.hpp"

namespace latchkey::http {
namespace {

Request with_headers(const std::vector<Header>& headers) {
    Request request;
    request.headers = headers;
    return request;
}

ErrorCode code_of(const auto& result) { return result ? ErrorCode::internal : result.error().code; }

TEST(Form, DecodesFields) {
    const auto form = Form::parse("grant_type=refresh_token&a%20b=c+d%2Be&empty=&bare&&last=1&");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->find("grant_type"), "refresh_token");
    EXPECT_EQ(form->find("a b"), "c d+e");
    EXPECT_EQ(form->find("empty"), "");
    EXPECT_EQ(form->find_given("empty"), std::nullopt);
    EXPECT_EQ(form->find("bare"), "");
    EXPECT_EQ(form->find("last"), "1");
    EXPECT_EQ(form->find("absent"), std::nullopt);
    EXPECT_EQ(form->size(), 5U);
}

TEST(Form, RefusesWhatIsAmbiguous) {
    for (const std::string_view text :
         {"a=1&a=2", "a=1&%61=2", "a&a", "a=%", "a=%2", "a=%zz", "a=%00", "%00=a", "a=%ff"}) {
        EXPECT_EQ(code_of(Form::parse(text)), ErrorCode::malformed) << text;
    }
}

TEST(Form, HoldsItsLimits) {
    EXPECT_EQ(code_of(Form::parse("abcdef", {.max_bytes = 5})), ErrorCode::too_large);
    EXPECT_EQ(code_of(Form::parse("a&b&c", {.max_fields = 2})), ErrorCode::too_large);
}

TEST(Form, IsReadFromABodyOnlyIfTheBodySaysSo) {
    const std::vector<Header> form{{"content-type", "Application/X-WWW-form-urlencoded; a=b"}};
    Request request = with_headers(form);
    request.body = "a=1";
    EXPECT_EQ(parse_form_body(request)->find("a"), "1");

    for (const std::vector<Header>& headers :
         {std::vector<Header>{}, {{"Content-Type", "text/plain"}}, {form[0], form[0]}}) {
        request.headers = headers;
        EXPECT_EQ(code_of(parse_form_body(request)), ErrorCode::unsupported);
    }
}

TEST(Cookies, CarryTheHostPrefixOverTls) {
    EXPECT_EQ(set_cookie({.name = "session", .value = "abc"}, Transport::https),
              "__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    EXPECT_EQ(set_cookie({.name = "session",
                          .value = "abc",
                          .same_site = SameSite::strict,
                          .max_age = Seconds(60)},
                         Transport::loopback_http),
              "session=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
    EXPECT_EQ(expire_cookie("session", SameSite::none, Transport::https),
              "__Host-session=; Path=/; HttpOnly; SameSite=None; Secure; Partitioned; Max-Age=0");
}

TEST(Cookies, AreFoundByTheirWholeName) {
    const std::vector<Header> headers{{"Cookie", "a=1; session=x=y;b=2"}, {"cookie", "late=3"}};
    const Request request = with_headers(headers);
    EXPECT_EQ(find_cookie(request, "session", Transport::loopback_http), "x=y");
    EXPECT_EQ(find_cookie(request, "late", Transport::loopback_http), "3");
    EXPECT_EQ(find_cookie(request, "sess", Transport::loopback_http), std::nullopt);
    EXPECT_EQ(find_cookie(request, "session", Transport::https), std::nullopt);
}

TEST(Cookies, AreNobodysWhenTheyComeTwice) {
    const std::vector<Header> headers{{"Cookie", "__Host-s=1; __Host-s=2"}};
    EXPECT_EQ(find_cookie(with_headers(headers), "s", Transport::https), std::nullopt);
    const std::string large = "s=" + std::string(max_cookie_bytes + 1, 'x');
    const std::vector<Header> too_large{{"Cookie", large}};
    EXPECT_EQ(find_cookie(with_headers(too_large), "s", Transport::loopback_http), std::nullopt);
}

Result<BasicCredentials> basic(std::string_view pair) {
    const std::string value = "Basic " + to_base64(as_bytes(pair));
    const std::vector<Header> headers{{"Authorization", value}};
    return parse_basic(with_headers(headers));
}

TEST(BasicCredentials, AreDecodedAsOAuthSays) {
    auto credentials = basic("client%3Aone:se+cret%25:rest");
    ASSERT_TRUE(credentials);
    EXPECT_EQ(credentials->user, "client:one");
    EXPECT_EQ(credentials->password.reveal(), "se cret%:rest");
    EXPECT_TRUE(basic(":"));
}

TEST(BasicCredentials, RefuseWhatCouldBeReadInTwoWays) {
    for (const std::string_view pair :
         {"no colon", "a:%", "%zz:b", "a:%0A", "a:\x01", "a:\xff", "a:%00"}) {
        EXPECT_EQ(code_of(basic(pair)), ErrorCode::malformed) << pair;
    }
    for (const std::string_view value : {"Basic", "Basic ", "Basic YTpi YTpi", "Basic YTpi,",
                                         "Basic YTpiYw", "Basic Y*pi", "basic YTpiYx=="}) {
        const std::vector<Header> headers{{"Authorization", value}};
        EXPECT_EQ(code_of(parse_basic(with_headers(headers))), ErrorCode::malformed) << value;
    }
}

TEST(Credentials, SentTwiceAreRefusedWhateverTheyAre) {
    const std::vector<Header> headers{{"Authorization", "Basic YTpi"},
                                      {"authorization", "Bearer abc"}};
    EXPECT_EQ(code_of(parse_basic(with_headers(headers))), ErrorCode::malformed);
    EXPECT_EQ(code_of(parse_bearer(with_headers(headers))), ErrorCode::malformed);
}

TEST(Credentials, OfAnotherSchemeAreNone) {
    const std::vector<Header> bearer{{"Authorization", "bearer abc"}};
    EXPECT_EQ(code_of(parse_basic(with_headers(bearer))), ErrorCode::unauthenticated);
    const std::vector<Header> nothing;
    EXPECT_EQ(code_of(parse_bearer(with_headers(nothing))), ErrorCode::unauthenticated);
    const std::vector<Header> basics{{"Authorization", "BasicYTpi"}};
    EXPECT_EQ(code_of(parse_basic(with_headers(basics))), ErrorCode::unauthenticated);
}

TEST(BearerToken, IsTakenAsItIs) {
    const std::vector<Header> headers{{"Authorization", "Bearer lk_at_A-._~+/9=="}};
    EXPECT_EQ(*parse_bearer(with_headers(headers)), "lk_at_A-._~+/9==");
}

TEST(BearerToken, HoldsOnlyTokenCharacters) {
    const std::string large = "Bearer " + std::string(max_authorization_bytes, 'a');
    for (const std::string_view value :
         {std::string_view("Bearer"), std::string_view("Bearer ="), std::string_view("Bearer a b"),
          std::string_view("Bearer a,b"), std::string_view("Bearer a=b"),
          std::string_view(large)}) {
        const std::vector<Header> headers{{"Authorization", value}};
        EXPECT_EQ(code_of(parse_bearer(with_headers(headers))), ErrorCode::malformed) << value;
    }
}

}  // namespace
}  // namespace latchkey::http
