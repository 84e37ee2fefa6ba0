#include "people/sessions.hpp"

#include "crypto/digest.hpp"
#include "people/browser_labels.hpp"
#include "people/world_test.hpp"
#include "store/browser_sessions.hpp"

namespace latchkey::people {
namespace {

class SessionsTest : public IdentityTest {
protected:
    std::string start(std::optional<std::string_view> previous = std::nullopt) {
        return std::string(write([&](auto& tx) {
                               return start_session(tx, random(), {keys().realm(), user_, previous},
                                                    now());
                           }).reveal());
    }
    bool is_live(std::string_view secret) {
        return read([&](auto& tx) {
                   return people::find_session(tx, keys().realm(), secret, now());
               })
            .has_value();
    }
    UserId user_ = create("ada@example.com").id;
};

TEST_F(SessionsTest, FindsThePersonByTheCookie) {
    const std::string secret = start();
    const auto session =
        read([&](auto& tx) { return find_session(tx, keys().realm(), secret, now()); });
    ASSERT_TRUE(session);
    EXPECT_EQ(session->user_id, user_);
    EXPECT_FALSE(is_live(secret.substr(1)));
    EXPECT_FALSE(is_live(secret + "A"));
    EXPECT_FALSE(is_live(""));
}

TEST_F(SessionsTest, StoresAHashAndNotTheSecret) {
    const std::string secret = start();
    EXPECT_FALSE(
        read([&](auto& tx) { return store::find_session(tx, keys().realm(), as_bytes(secret)); }));
    EXPECT_TRUE(read(
        [&](auto& tx) { return store::find_session(tx, keys().realm(), crypto::sha256(secret)); }));
}

// Attack class 27: a cookie that somebody planted before the sign-in is worth nothing after it.
TEST_F(SessionsTest, Attack27EachSignInMintsANewSecretAndEndsTheOldOne) {
    const std::string first = start();
    const std::string second = start(first);
    EXPECT_NE(first, second);
    EXPECT_FALSE(is_live(first));
    EXPECT_TRUE(is_live(second));
    const std::string planted(43, 'A');
    EXPECT_NE(start(planted), planted);
    EXPECT_FALSE(is_live(planted));
}

TEST_F(SessionsTest, ABrowserIsKnownByWhatPeopleCallIt) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "Firefox on Linux"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
         "Edge on Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
         "like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
         "Safari on iPhone"},
        {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
         "Chrome on Android"},
        {"curl/8.5", ""},
        {"<script>alert(1)</script>", ""},
        {"", ""},
    };
    for (const auto& [user_agent, label] : rows)
        EXPECT_EQ(text_of(label_of_browser(user_agent)), label);
}

TEST_F(SessionsTest, EndsWhenItIsOldOrSignedOut) {
    const std::string old = start();
    clock_.advance(std::chrono::days(30) - Seconds(1));
    EXPECT_TRUE(is_live(old));
    clock_.advance(Seconds(1));
    EXPECT_FALSE(is_live(old));
    const std::string other = start();
    EXPECT_TRUE(write([&](auto& tx) { return end_session(tx, keys().realm(), other); }));
    EXPECT_FALSE(write([&](auto& tx) { return end_session(tx, keys().realm(), other); }));
    EXPECT_FALSE(is_live(other));
}

}  // namespace
}  // namespace latchkey::people
