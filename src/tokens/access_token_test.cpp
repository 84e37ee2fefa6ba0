#include "tokens/access_token.hpp"

#include <string>

#include "crypto/minted_secret.hpp"
#include "testing/delegation_world.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::tokens {
namespace {

using testing::must;
using testing::shared_keys;
using testing::system_random;

constexpr std::int64_t start = 1'800'000'000;

AccessToken example() {
    AccessToken token;
    token.client_id = make_id<ClientId>(system_random());
    token.user_id = make_id<UserId>(system_random());
    token.connection_generation = 0x0102030405060708;
    token.scopes = ScopeSet(0x0203U);
    token.issued_at = from_unix(start);
    token.expires_at = from_unix(start + 3600);
    return token;
}

TEST(AccessTokens, OpenToWhatWasSealed) {
    const AccessToken token = example();
    const Secret text = mint_access_token(shared_keys(), token);
    EXPECT_TRUE(text.reveal().starts_with("lk_at_"));
    EXPECT_LT(text.size(), 160U);
    const auto opened = must(open_access_token(shared_keys(), text.reveal(), from_unix(start)));
    EXPECT_EQ(opened.client_id, token.client_id);
    EXPECT_EQ(opened.user_id, token.user_id);
    EXPECT_EQ(opened.connection_generation, token.connection_generation);
    EXPECT_EQ(opened.scopes, token.scopes);
    EXPECT_EQ(opened.issued_at, token.issued_at);
    EXPECT_EQ(opened.expires_at, token.expires_at);
}

TEST(AccessTokens, OfAClientAuthenticateNoUser) {
    AccessToken token = example();
    token.user_id.reset();
    const Secret text = mint_access_token(shared_keys(), token);
    EXPECT_FALSE(must(open_access_token(shared_keys(), text.reveal(), from_unix(start))).user_id);
}

TEST(AccessTokens, ExpireToTheSecond) {
    const Secret text = mint_access_token(shared_keys(), example());
    EXPECT_TRUE(open_access_token(shared_keys(), text.reveal(), from_unix(start + 3599)));
    const auto expired = open_access_token(shared_keys(), text.reveal(), from_unix(start + 3600));
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().code, ErrorCode::invalid_token);
}

TEST(AccessTokens, OfTheSameContentNeverLookAlike) {
    const AccessToken token = example();
    EXPECT_NE(mint_access_token(shared_keys(), token).reveal(),
              mint_access_token(shared_keys(), token).reveal());
}

TEST(AccessTokens, WithAnyCharacterChangedAreRefused) {
    const Secret text = mint_access_token(shared_keys(), example());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed(text.reveal());
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(open_access_token(shared_keys(), changed, from_unix(start))) << i;
        EXPECT_FALSE(
            open_access_token(shared_keys(), text.reveal().substr(0, i), from_unix(start)));
    }
    EXPECT_FALSE(
        open_access_token(shared_keys(), std::string(text.reveal()) + "A", from_unix(start)));
}

TEST(AccessTokens, AreNotForgedByRepairingTheChecksum) {
    const Secret text = mint_access_token(shared_keys(), example());
    auto payload = crypto::read_minted(crypto::SecretKind::access_token, text.reveal()).value();
    for (std::size_t i = 0; i < payload.size(); ++i) {
        auto changed = payload;
        changed[i] ^= 1U;
        std::string forged;
        crypto::append_minted(crypto::SecretKind::access_token, changed, forged);
        const auto opened = open_access_token(shared_keys(), forged, from_unix(start));
        ASSERT_FALSE(opened) << i;
        EXPECT_EQ(opened.error().code, ErrorCode::invalid_token);
    }
}

TEST(AccessTokens, AreNotRefreshTokensInDisguise) {
    RefreshRouting routing;
    routing.family_expires_at = from_unix(start + 100);
    const Secret refresh = mint_refresh_token(shared_keys(), system_random(), routing);
    EXPECT_FALSE(open_access_token(shared_keys(), refresh.reveal(), from_unix(start)));
    const auto payload =
        crypto::read_minted(crypto::SecretKind::refresh_token, refresh.reveal()).value();
    std::string disguised;
    crypto::append_minted(crypto::SecretKind::access_token, payload, disguised);
    EXPECT_FALSE(open_access_token(shared_keys(), disguised, from_unix(start)));
}

}  // namespace
}  // namespace latchkey::tokens
