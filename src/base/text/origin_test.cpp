#include "base/text/origin.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace latchkey {
namespace {

TEST(Origin, OfOurPagesIsHttpsOrOnTheOwnMachine) {
    for (const std::string_view good :
         {"https://id.example.com", "https://id.example.com:8443", "http://localhost:8080",
          "http://localhost", "http://localhost:3000", "http://a.localhost:8080",
          "http://127.0.0.1:8080", "http://[::1]:3000", "https://[2001:db8::1]",
          "https://192.0.2.1"}) {
        EXPECT_FALSE(find_origin_fault(good)) << good;
    }
    for (const std::string_view bad : {"",
                                       "id.example.com",
                                       "http://id.example.com",
                                       "ftp://localhost",
                                       "http://localhost.example.com",
                                       "http://127.0.0.1.example.com",
                                       "http://notlocalhost",
                                       "https://",
                                       "https://id.example.com/",
                                       "https://id.example.com/path",
                                       "https://user@id.example.com",
                                       "https://id.example.com?a",
                                       "https://id.example.com:",
                                       "https://id.example.com:0",
                                       "https://id.example.com:99999999",
                                       "https://ID.example.com",
                                       "https://id.example.com:443",
                                       "http://localhost:80",
                                       "https://[::1",
                                       "https://[]",
                                       "https://id .example.com",
                                       "https://.",
                                       "https://-",
                                       "https://[:]",
                                       "https://a..b",
                                       "https://id.acme.example.",
                                       "https://id.example.com:99999",
                                       "https://id.example.com:65536",
                                       "http://[::1]:99999",
                                       "http://-.localhost"}) {
        EXPECT_TRUE(find_origin_fault(bad)) << bad;
    }
    for (const auto& [text, spelt] :
         {std::pair{"https://ID.Example.com", "https://id.example.com"},
          std::pair{"HTTPS://id.example.com:443/", "https://id.example.com"},
          std::pair{"http://localhost:80", "http://localhost"}}) {
        EXPECT_EQ(respell_origin(text), spelt) << text;
    }
    for (const char* text : {"https://id.example.com", "http://id.example.com", "nonsense", "",
                             "https://id.example.com:443/path"}) {
        EXPECT_FALSE(respell_origin(text)) << text;
    }
    EXPECT_TRUE(find_origin_fault("https://" + std::string(70, 'a') + ".example"));
    EXPECT_TRUE(find_origin_fault("https://" + std::string(550, 'a')));
}

TEST(Origin, HasAnAuthorityAndAHost) {
    EXPECT_EQ(authority_of("https://id.example.com:8443"), "id.example.com:8443");
    EXPECT_EQ(host_of("https://id.example.com:8443"), "id.example.com");
    EXPECT_EQ(authority_of("http://[::1]:8080"), "[::1]:8080");
    EXPECT_EQ(host_of("http://[::1]:8080"), "[::1]");
    EXPECT_EQ(host_of("http://["), "[");
    EXPECT_EQ(host_of(""), "");
    EXPECT_TRUE(is_ip_address("192.0.2.1"));
    EXPECT_TRUE(is_ip_address("[::1]"));
    EXPECT_FALSE(is_ip_address("a.localhost"));
}

}  // namespace
}  // namespace latchkey
