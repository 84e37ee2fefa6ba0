#include "admin/tokens.hpp"

#include "admin/world_test.hpp"

namespace latchkey::admin {
namespace {

using testing::must;

class TokensForTheOperator : public OperatorTest {
protected:
    Result<TokenReport> inspect(std::string_view token) {
        return read(
            [&](auto& realm, auto& tx) { return inspect_token(realm, tx, token, world.now()); });
    }
    Result<ClientRecord> revoke(std::string_view token) {
        return change([&](auto& act, auto& tx) { return revoke_token(act, tx, token); });
    }
};

TEST_F(TokensForTheOperator, SayWhoseTheyAreAndWhatTheyAreWorth) {
    const auto tokens = world.connect();
    const auto access = must(inspect(tokens.access_token.reveal()));
    EXPECT_EQ(access.client.id, world.app.record.id);
    ASSERT_TRUE(access.active);
    EXPECT_EQ(access.active->kind, grants::TokenKind::access_token);
    EXPECT_EQ(must(inspect(tokens.refresh_token.reveal())).active->kind,
              grants::TokenKind::refresh_token);

    EXPECT_EQ(must(revoke(tokens.access_token.reveal())).id, world.app.record.id);
    EXPECT_EQ(expect_recorded("access_token.revoked").user_id, world.user);
    EXPECT_FALSE(must(inspect(tokens.access_token.reveal())).active);
    EXPECT_TRUE(must(inspect(tokens.refresh_token.reveal())).active);

    (void)must(revoke(tokens.refresh_token.reveal()));
    EXPECT_EQ(expect_recorded("refresh_token.revoked").client_id, world.app.record.id);
    EXPECT_FALSE(must(inspect(tokens.refresh_token.reveal())).active);
}

TEST_F(TokensForTheOperator, OfNobodyAreRefused) {
    const auto tokens = world.connect();
    const std::size_t before = trail_size();
    EXPECT_EQ(inspect("nonsense").error().code, ErrorCode::invalid_token);
    EXPECT_EQ(revoke("nonsense").error().code, ErrorCode::invalid_token);
    EXPECT_EQ(trail_size(), before);
    world.clock.advance(realm().lifetimes.access_token);
    EXPECT_EQ(inspect(tokens.access_token.reveal()).error().code, ErrorCode::invalid_token)
        << "expired";
    must(world.delete_app());
    EXPECT_EQ(inspect(tokens.refresh_token.reveal()).error().code, ErrorCode::invalid_token);
}

TEST_F(TokensForTheOperator, AreIssuedForSupportWithWhoAndWhy) {
    const tokens::ConsentGrant grant{world.app.record.id, world.user,
                                     ScopeSet(testing::all_test_scopes), "console"};
    const auto token = must(change([&](auto& act, auto& tx) {
        return tokens::issue_support_consent_token(act, tx, grant, Seconds(60));
    }));
    EXPECT_EQ(expect_recorded("consent_token.issued_by_support").user_id, world.user);
    EXPECT_TRUE(world.fetch({token.reveal(), std::nullopt}));
}

}  // namespace
}  // namespace latchkey::admin
