#include "base/text/host.hpp"

#include <gtest/gtest.h>

#include <string>

namespace latchkey {
namespace {

TEST(Host, IsANameOrAnAddressInItsOneSpelling) {
    for (const std::string_view good :
         {"a", "localhost", "id.example.com", "xn--bcher-kva.example", "3com.example", "a-b.c-d",
          "1.2.3.example", "127.0.0.1", "255.255.255.255", "[::1]", "[2001:db8::1]", "[::]"}) {
        EXPECT_TRUE(is_host(good)) << good;
    }
    for (const std::string_view bad : {"",
                                       ".",
                                       "-",
                                       "a..b",
                                       "a.",
                                       ".a",
                                       "-a.example",
                                       "a-.example",
                                       "a_b",
                                       "A.example",
                                       "a b",
                                       "\xc3\xa4.example",
                                       "*.example",
                                       "a%2eb",
                                       "127.1",
                                       "0177.0.0.1",
                                       "256.1.1.1",
                                       "1.2.3",
                                       "2130706433",
                                       "0x7f.0.0.1",
                                       "a.123",
                                       "a.0x7f",
                                       "[]",
                                       "[:]",
                                       "[",
                                       "[::1",
                                       "[::1]a",
                                       "[1]",
                                       "[::1%lo]",
                                       "[0::1]",
                                       "[2001:DB8::1]",
                                       "[2001:db8:0:0:0:0:0:1]",
                                       "[::ffff:127.0.0.1]",
                                       "[127.0.0.1]",
                                       "::1"}) {
        EXPECT_FALSE(is_host(bad)) << bad;
    }
    EXPECT_FALSE(is_host(std::string_view("a\0b", 3)));
    EXPECT_FALSE(is_host(std::string_view("[::1\0]", 6)));
}

TEST(Host, IsNoLongerThanADomainNameAndItsLabels) {
    EXPECT_TRUE(is_host(std::string(63, 'a') + ".example"));
    EXPECT_FALSE(is_host(std::string(64, 'a') + ".example"));
    std::string longest = std::string(61, 'a');
    for (int i = 0; i < 3; ++i) longest += "." + std::string(63, 'b');
    ASSERT_EQ(longest.size(), 253U);
    EXPECT_TRUE(is_host(longest));
    EXPECT_FALSE(is_host("a" + longest));
    EXPECT_FALSE(is_host(std::string(550, 'a')));
    EXPECT_FALSE(is_host("[" + std::string(550, ':') + "]"));
}

TEST(Host, HasAPortBelow65536) {
    for (const std::string_view good : {"1", "80", "3000", "65535"}) {
        EXPECT_TRUE(is_port(good)) << good;
    }
    for (const std::string_view bad :
         {"", "0", "080", "65536", "99999", "100000", "-1", "+1", "8 0", "http"}) {
        EXPECT_FALSE(is_port(bad)) << bad;
    }
}

}  // namespace
}  // namespace latchkey
