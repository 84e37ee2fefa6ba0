#include "identity/sessions.hpp"

#include "crypto/digest.hpp"
#include "identity/world_test.hpp"
#include "store/sign_in.hpp"

namespace latchkey::identity {
namespace {

class SessionsTest : public IdentityTest {
protected:
    std::string start(std::optional<std::string_view> previous = std::nullopt) {
        return std::string(write([&](auto& tx) {
                               return start_session(tx, random(), user_, previous, now());
                           }).reveal());
    }
    bool is_live(std::string_view secret) {
        return read([&](auto& tx) { return identity::find_session(tx, secret, now()); })
            .has_value();
    }
    UserId user_ = create("ada@example.com").id;
};

TEST_F(SessionsTest, FindsThePersonByTheCookie) {
    const std::string secret = start();
    const auto session = read([&](auto& tx) { return find_session(tx, secret, now()); });
    ASSERT_TRUE(session);
    EXPECT_EQ(session->user_id, user_);
    EXPECT_FALSE(is_live(secret.substr(1)));
    EXPECT_FALSE(is_live(secret + "A"));
    EXPECT_FALSE(is_live(""));
}

TEST_F(SessionsTest, StoresAHashAndNotTheSecret) {
    const std::string secret = start();
    EXPECT_FALSE(read([&](auto& tx) { return store::find_session(tx, as_bytes(secret)); }));
    EXPECT_TRUE(read([&](auto& tx) { return store::find_session(tx, crypto::sha256(secret)); }));
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

TEST_F(SessionsTest, EndsWhenItIsOldOrSignedOut) {
    const std::string old = start();
    clock_.advance(session_lifetime - Seconds(1));
    EXPECT_TRUE(is_live(old));
    clock_.advance(Seconds(1));
    EXPECT_FALSE(is_live(old));
    const std::string other = start();
    EXPECT_TRUE(write([&](auto& tx) { return end_session(tx, other); }));
    EXPECT_FALSE(write([&](auto& tx) { return end_session(tx, other); }));
    EXPECT_FALSE(is_live(other));
}

}  // namespace
}  // namespace latchkey::identity
