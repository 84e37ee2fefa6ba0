#include "http_client/url_host.hpp"

#include <gtest/gtest.h>

namespace latchkey::http_client {
namespace {

TEST(UrlHost, IsAllThatALogMayShow) {
    struct Row {
        std::string_view url, host;
    };
    const Row rows[] = {
        {"https://hooks.example.com/a?token=secret", "hooks.example.com"},
        {"https://hooks.example.com:8443/a", "hooks.example.com"},
        {"https://hooks.example.com?token=secret", "hooks.example.com"},
        {"https://hooks.example.com#secret", "hooks.example.com"},
        {"https://user:secret@hooks.example.com/", "hooks.example.com"},
        {"https://a@b@hooks.example.com/x@y", "hooks.example.com"},
        {"https://[2001:db8::1]:443/a", "[2001:db8::1]"},
        {"smtp://127.0.0.1:2525", "127.0.0.1"},
        {"smtps://mail.example.com", "mail.example.com"},
        {"https://[broken", "[broken"},
        {"https://", ""},
        {"hooks.example.com/a", ""},
        {"", ""},
    };
    for (const Row& row : rows) EXPECT_EQ(url_host(row.url), row.host) << row.url;
}

}  // namespace
}  // namespace latchkey::http_client
