#include "clients/client_urls.hpp"

#include <string>

namespace latchkey::clients {
namespace {

TEST(Origins, AreAcceptedInTheirOneCanonicalForm) {
    for (const char* origin :
         {"https://shop.example.com", "https://shop.example.com:8443",
          "https://xn--bcher-kva.example", "https://192.0.2.7", "http://localhost",
          "http://localhost:3000", "http://127.0.0.1:8080", "http://127.3.2.1", "http://[::1]",
          "http://[::1]:3000", "https://[::1]:3000", "http://shop.localhost:3000", "https://a",
          "https://shop.example.com:80"}) {
        EXPECT_TRUE(check_origin(origin)) << origin;
    }
}

TEST(Origins, AreRefusedInAnyOtherForm) {
    for (const char* origin : {"",
                               "null",
                               "*",
                               "https://",
                               "https://*.example.com",
                               "shop.example.com",
                               "//shop.example.com",
                               "https:shop.example.com",
                               "HTTPS://shop.example.com",
                               "https://Shop.example.com",
                               "https://shop.example.com/",
                               "https://shop.example.com/a",
                               "https://shop.example.com?a",
                               "https://shop.example.com#a",
                               "https://shop.example.com:443",
                               "http://localhost:80",
                               "https://shop.example.com:0",
                               "https://shop.example.com:65536",
                               "https://shop.example.com:",
                               "https://shop.example.com:08443",
                               "https://shop.example.com:+443",
                               "https://shop.example.com:84 43",
                               "https://shop.example.com.",
                               "https://.example.com",
                               "https://shop..example.com",
                               "https://-shop.example.com",
                               "https://shop-.example.com",
                               "https://user@shop.example.com",
                               "https://user:pw@shop.example.com",
                               "https://shop.example.com@evil.example",
                               "https://localhost:80@evil.example",
                               "http://shop.example.com",
                               "http://localhost.evil.example",
                               "http://127.0.0.1.evil.example",
                               "http://notlocalhost",
                               "http://0.0.0.0",
                               "http://10.0.0.1",
                               "http://[::2]",
                               "http://[::ffff:127.0.0.1]",
                               "https://[::1",
                               "https://[::1]a",
                               "https://[::1]x:80",
                               "http://127.1",
                               "http://0177.0.0.1",
                               "http://2130706433",
                               "http://0x7f.0.0.1",
                               "https://256.1.1.1",
                               "https://1.2.3",
                               "https://example.123",
                               "https://b\xc3\xbc"
                               "cher.example",
                               "https://shop.example.com\n",
                               " https://shop.example.com",
                               "https://shop_example.com",
                               "https://shop%2eexample.com",
                               "https://shop.example.com\\",
                               "ftp://shop.example.com",
                               "javascript://shop.example.com",
                               "data://shop.example.com",
                               "file:///etc/passwd",
                               "https://shop.example.com,https://evil.example"}) {
        const auto checked = check_origin(origin);
        ASSERT_FALSE(checked) << origin;
        EXPECT_EQ(checked.error().code, ErrorCode::invalid_argument);
    }
    EXPECT_FALSE(check_origin("https://" + std::string(64, 'a') + ".example"));
    std::string long_host = "https://example";
    for (int i = 0; i < 60; ++i) long_host += ".abcd";
    EXPECT_FALSE(check_origin(long_host));
    EXPECT_FALSE(check_origin("https://" + std::string(3000, 'a')));
}

TEST(RedirectUris, AreAcceptedWithPathAndQuery) {
    for (const char* uri :
         {"https://shop.example.com/callback", "https://shop.example.com",
          "https://shop.example.com/", "https://shop.example.com/a/b;c=1?x=1&y=%20",
          "https://shop.example.com/%C3%BC", "http://localhost:3000/callback",
          "http://[::1]:3000/callback", "https://shop.example.com?x=1",
          "https://shop.example.com/a..b/.c/d.", "https://shop.example.com/cb?next=/../x"}) {
        EXPECT_TRUE(check_redirect_uri(uri)) << uri;
    }
}

TEST(RedirectUris, AreRefusedWhereAParserCouldReadThemAnotherWay) {
    for (const char* uri : {"",
                            "/callback",
                            "https:/shop.example.com/callback",
                            "http://shop.example.com/callback",
                            "https://shop.example.com/callback#",
                            "https://shop.example.com/callback#token",
                            "https://shop.example.com/../admin",
                            "https://shop.example.com/a/./b",
                            "https://shop.example.com/a/..",
                            "https://shop.example.com/..;/admin",
                            "https://shop.example.com/..;x=1/admin",
                            "https://shop.example.com/%2e%2e/admin",
                            "https://shop.example.com/%2E./admin",
                            "https://shop.example.com/.%2e/admin",
                            "https://shop.example.com/%252e%252e/admin",
                            "https://shop.example.com/%25",
                            "https://shop.example.com/a%2f..%2fadmin",
                            "https://shop.example.com/%5c..",
                            "https://shop.example.com/\\evil.example",
                            "https://shop.example.com\\@evil.example/",
                            "https://user@shop.example.com/",
                            "https://shop.example.com:443/callback",
                            "https://Shop.example.com/callback",
                            "https://shop.example.com./callback",
                            "https://shop.example.com/%0d%0aSet-Cookie:x",
                            "https://shop.example.com/%00",
                            "https://shop.example.com/%zz",
                            "https://shop.example.com/%",
                            "https://shop.example.com/a b",
                            "https://shop.example.com/a\tb",
                            "https://shop.example.com/\xc3\xbc",
                            "https://shop.example.com/<script>",
                            "https://shop.example.com/{id}",
                            "https://shop.example.com/*\"",
                            "javascript:alert(1)",
                            "data:text/html,x",
                            "com.example.app:/callback",
                            "https://*.example.com/callback",
                            "https://shop.example.com/x?a=%zz",
                            "https://shop.example.com/cb?x=#"}) {
        EXPECT_FALSE(check_redirect_uri(uri)) << uri;
    }
    EXPECT_FALSE(check_redirect_uri("https://shop.example.com/" + std::string(3000, 'a')));
}

}  // namespace
}  // namespace latchkey::clients
