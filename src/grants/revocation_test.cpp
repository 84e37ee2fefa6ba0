#include "grants/revocation.hpp"

#include <string>
#include <vector>

#include "grants/access.hpp"
#include "grants/connections.hpp"
#include "grants/introspection.hpp"
#include "grants/refresh.hpp"
#include "store/audit.hpp"
#include "store/connections.hpp"
#include "testing/delegation_world.hpp"
#include "tokens/access_token.hpp"

namespace latchkey::grants {
namespace {

using testing::DelegationWorld;
using testing::must;

struct RevocationTest : ::testing::Test {
    DelegationWorld world;
    Tokens tokens = world.connect();
    std::string refresh_token{tokens.refresh_token.reveal()};
    std::string access_token{tokens.access_token.reveal()};

    oauth::Result<void> revoke(std::string_view token) { return revoke(token, world.app.record); }
    oauth::Result<void> revoke(std::string_view token, const ClientRecord& client) {
        return world.write([&](auto& tx) { return revoke_token(world.act(), tx, client, token); });
    }
    bool reads(std::string_view token) {
        auto tx = must(world.database->read());
        return authorize_access(world.realm, *tx, token, world.now()).has_value();
    }
    oauth::Result<Tokens> refresh(std::string_view token) {
        return world.refresh({token, std::nullopt});
    }
    std::optional<ActiveToken> introspect(std::string_view token) {
        return introspect(token, world.app.record);
    }
    std::optional<ActiveToken> introspect(std::string_view token, const ClientRecord& client) {
        auto tx = must(world.database->read());
        return must(introspect_token(world.realm, *tx, client, token, world.now()));
    }
    std::vector<AuditRecord> trail() {
        auto tx = must(world.database->read());
        return must(store::list_newest_audit(*tx, testing::shared_keys().realm(), 100));
    }
};

TEST_F(RevocationTest, OfARefreshTokenEndsItsSessionAtOnceAndNoOther) {
    const Tokens beside = world.connect();
    const auto refreshed = must(refresh(refresh_token));
    ASSERT_TRUE(revoke(refreshed.refresh_token.reveal()));
    EXPECT_FALSE(refresh(refreshed.refresh_token.reveal()));
    EXPECT_FALSE(reads(access_token)) << "issued before the refresh";
    EXPECT_FALSE(reads(refreshed.access_token.reveal()));
    EXPECT_EQ(trail().front().action, "refresh_token.revoked");
    // Another browser of the same person, and the consent itself.
    EXPECT_TRUE(reads(beside.access_token.reveal()));
    EXPECT_TRUE(refresh(beside.refresh_token.reveal()));
    EXPECT_TRUE(world.fetch({std::nullopt, tokens.public_id}));
}

TEST_F(RevocationTest, OfARefreshTokenThatWasRotatedAwayEndsTheSessionToo) {
    const auto refreshed = must(refresh(refresh_token));
    const auto again = must(refresh(refreshed.refresh_token.reveal()));
    ASSERT_TRUE(revoke(refresh_token));
    EXPECT_FALSE(refresh(again.refresh_token.reveal()));
}

TEST_F(RevocationTest, OfAnAccessTokenEndsThatOneAlone) {
    const auto refreshed = must(refresh(refresh_token));
    ASSERT_TRUE(revoke(access_token));
    EXPECT_FALSE(reads(access_token));
    EXPECT_TRUE(reads(refreshed.access_token.reveal()));
    EXPECT_TRUE(refresh(refreshed.refresh_token.reveal()));
    EXPECT_EQ(trail().front().action, "access_token.revoked");
}

TEST_F(RevocationTest, OfWhatIsNoLiveTokenSucceedsAndLeavesNoTrace) {
    ASSERT_TRUE(revoke(refresh_token));
    const std::size_t before = trail().size();
    for (const std::string& token :
         {std::string(), std::string("nonsense"), refresh_token, access_token + "x"}) {
        EXPECT_TRUE(revoke(token)) << token.size();
    }
    world.clock.advance(Seconds(3600));
    EXPECT_TRUE(revoke(access_token)) << "expired";
    EXPECT_EQ(trail().size(), before);
}

TEST_F(RevocationTest, OfAnotherClientsTokenIsRefusedAndHarmsNothing) {
    const auto other = world.make_app("Second app");
    for (const std::string& token : {refresh_token, access_token}) {
        const auto refused = revoke(token, other.record);
        ASSERT_FALSE(refused);
        EXPECT_TRUE(oauth::is(refused.error(), oauth::Error::invalid_grant));
    }
    EXPECT_TRUE(reads(access_token));
    EXPECT_TRUE(refresh(refresh_token));
}

TEST_F(RevocationTest, OfATokenWithoutAUserIsNotOffered) {
    tokens::AccessToken machine;
    machine.client_id = world.app.record.id;
    machine.issued_at = world.now();
    machine.expires_at = world.now() + Seconds(60);
    const Secret text = tokens::mint_access_token(world.realm.keys, machine);
    const auto refused = revoke(text.reveal());
    ASSERT_FALSE(refused);
    EXPECT_TRUE(oauth::is(refused.error(), oauth::Error::unsupported_token_type));
}

TEST_F(RevocationTest, KeepsItsMarksOnlyForAsLongAsTheTokensLive) {
    const auto marks = [&] {
        auto tx = must(world.database->read());
        return must(store::find_connection(*tx, world.user, world.app.record.id))->ended_marks;
    };
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(revoke(world.connect().refresh_token.reveal()));
        EXPECT_EQ(marks().size(), 16U) << "one mark, whatever went before";
        world.clock.advance(Seconds(3600));
    }
}

TEST_F(RevocationTest, RefusesMoreThanAConnectionCanRememberAndForgetsNothing) {
    std::vector<Tokens> all;
    for (std::size_t i = 0; i < tokens::max_ended_marks; ++i) {
        all.push_back(world.connect());
        ASSERT_TRUE(revoke(all.back().access_token.reveal())) << i;
    }
    const Tokens last = world.connect();
    const auto refused = revoke(last.access_token.reveal());
    ASSERT_FALSE(refused);
    ASSERT_NE(refused.error().error(), nullptr);
    EXPECT_EQ(refused.error().error()->code, ErrorCode::unavailable);
    EXPECT_TRUE(reads(last.access_token.reveal()));
    for (const Tokens& ended : all) EXPECT_FALSE(reads(ended.access_token.reveal()));
    // Later there is room again.
    world.clock.advance(Seconds(3600));
    EXPECT_TRUE(revoke(world.connect().access_token.reveal()));
}

TEST_F(RevocationTest, SurvivesThatThePersonConsentsAgain) {
    ASSERT_TRUE(revoke(refresh_token));
    const Tokens fresh = world.connect();
    EXPECT_FALSE(reads(access_token));
    EXPECT_FALSE(refresh(refresh_token));
    EXPECT_TRUE(reads(fresh.access_token.reveal()));
}

TEST_F(RevocationTest, IntrospectionTellsWhatATokenIsWorthNow) {
    const auto access = introspect(access_token);
    ASSERT_TRUE(access);
    EXPECT_EQ(access->kind, TokenKind::access_token);
    EXPECT_EQ(contract_scopes().text(access->scopes), "email profile");
    EXPECT_EQ(access->public_id, tokens.public_id);
    EXPECT_EQ(access->issued_at, world.now());
    EXPECT_EQ(access->expires_at, world.now() + Seconds(3600));

    const auto refresh_info = introspect(refresh_token);
    ASSERT_TRUE(refresh_info);
    EXPECT_EQ(refresh_info->kind, TokenKind::refresh_token);
    EXPECT_EQ(refresh_info->public_id, tokens.public_id);
    EXPECT_EQ(refresh_info->expires_at, world.now() + world.realm.lifetimes.refresh_idle);
}

TEST_F(RevocationTest, IntrospectionKnowsNothingOfWhatIsNotGoodForThisClient) {
    const auto other = world.make_app("Second app");
    for (const std::string& token : {refresh_token, access_token}) {
        EXPECT_FALSE(introspect(token, other.record)) << "another client's";
    }
    for (const std::string& token : {std::string(), std::string("x"), access_token + "x"}) {
        EXPECT_FALSE(introspect(token));
    }
    const auto refreshed = must(refresh(refresh_token));
    EXPECT_TRUE(introspect(refresh_token)) << "the parent, which may come again";
    world.clock.advance(Seconds(31));
    EXPECT_FALSE(introspect(refresh_token)) << "now it would be reuse";
    EXPECT_TRUE(introspect(refreshed.refresh_token.reveal())) << "and asking harms nothing";
    ASSERT_TRUE(revoke(refreshed.refresh_token.reveal()));
    EXPECT_FALSE(introspect(refreshed.refresh_token.reveal()));
    EXPECT_FALSE(introspect(access_token));

    const Tokens fresh = world.connect();
    (void)world.disconnect();
    EXPECT_FALSE(introspect(fresh.access_token.reveal()));
    EXPECT_FALSE(introspect(fresh.refresh_token.reveal()));
}

TEST_F(RevocationTest, IntrospectionEndsWithTheLifetimes) {
    world.clock.advance(Seconds(3600));
    EXPECT_FALSE(introspect(access_token));
    EXPECT_TRUE(introspect(refresh_token));
    world.clock.advance(world.realm.lifetimes.refresh_idle);
    EXPECT_FALSE(introspect(refresh_token));
}

}  // namespace
}  // namespace latchkey::grants
