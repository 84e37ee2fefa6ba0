#include "grants/refresh.hpp"

#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "grants/access.hpp"
#include "grants/connections.hpp"
#include "grants/introspection.hpp"
#include "store/audit.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::grants {
namespace {

using testing::DelegationWorld;
using testing::must;

constexpr ScopeSet email(static_cast<std::uint32_t>(Scope::email));

struct RefreshTest : ::testing::Test {
    DelegationWorld world;
    Tokens first = world.connect();
    std::string parent{first.refresh_token.reveal()};

    oauth::Result<Tokens> refresh(std::string_view token,
                                  std::optional<std::string_view> scope = std::nullopt) {
        return world.refresh({token, scope});
    }
    std::string next(std::string_view token) {
        return std::string(must(refresh(token)).refresh_token.reveal());
    }
    void expect_refused(std::string_view token) {
        const auto refreshed = refresh(token);
        ASSERT_FALSE(refreshed);
        ASSERT_TRUE(oauth::is(refreshed.error(), oauth::Error::invalid_grant));
        EXPECT_EQ(refreshed.error().refusal()->description.view(),
                  "The refresh token is not valid");
    }
    std::string newest_audit() { return world.newest_audit(); }
    Result<Access> access(const Secret& token) { return world.access(token); }
};

TEST_F(RefreshTest, EachUseGivesANewPair) {
    std::string token = parent;
    std::set<std::string> seen = {token};
    for (int i = 0; i < 10; ++i) {
        const auto tokens = must(refresh(token));
        EXPECT_TRUE(access(tokens.access_token));
        EXPECT_EQ(tokens.expires_in, Seconds(3600));
        EXPECT_EQ(tokens.scopes, first.scopes);
        token = tokens.refresh_token.reveal();
        EXPECT_TRUE(seen.insert(token).second);
    }
}

TEST_F(RefreshTest, ALostAnswerIsGivenAgain) {
    const auto lost = must(refresh(parent));
    world.clock.advance(Seconds(30));
    const auto again = must(refresh(parent));
    EXPECT_EQ(again.refresh_token.reveal(), lost.refresh_token.reveal());
    EXPECT_TRUE(access(again.access_token));
    EXPECT_TRUE(refresh(again.refresh_token.reveal()));
}

TEST_F(RefreshTest, TwoTabsThatRefreshTogetherStaySignedIn) {
    const std::string one = next(parent);
    const std::string two = next(parent);
    EXPECT_EQ(one, two);
    const std::string after_one = next(one);
    EXPECT_EQ(next(two), after_one);
    EXPECT_TRUE(refresh(after_one));
}

TEST_F(RefreshTest, AParentAfterTheGraceIsReuseAndEndsTheFamily) {
    const Tokens beside = world.connect();
    const std::string successor = next(parent);
    world.clock.advance(Seconds(31));
    expect_refused(parent);
    EXPECT_EQ(newest_audit(), "refresh_token.reused");
    expect_refused(successor);
    EXPECT_FALSE(access(first.access_token)) << "its access tokens end with it";
    // The connection goes on, and what was issued beside this family.
    EXPECT_TRUE(access(beside.access_token));
    EXPECT_TRUE(world.fetch({std::nullopt, first.public_id}));
}

TEST_F(RefreshTest, AGrandparentIsReuseEvenInTheSameSecond) {
    const std::string child = next(parent);
    const std::string grandchild = next(child);
    expect_refused(parent);
    EXPECT_EQ(newest_audit(), "refresh_token.reused");
    expect_refused(grandchild);
    expect_refused(child);
}

TEST_F(RefreshTest, ReuseEndsOnlyItsOwnFamily) {
    const auto other = must(world.fetch({std::nullopt, first.public_id}));
    const std::string child = next(parent);
    (void)next(child);
    expect_refused(parent);
    EXPECT_TRUE(refresh(other.refresh_token.reveal()));
}

TEST_F(RefreshTest, OrderSurvivesAClockThatSteppedBack) {
    world.clock.advance(Seconds(100));
    const std::string child = next(parent);
    world.clock.advance(Seconds(-100));
    EXPECT_EQ(next(parent), child);  // a lost answer is still answered
    const std::string grandchild = next(child);
    expect_refused(parent);  // and an old token is still old
    expect_refused(grandchild);
}

TEST_F(RefreshTest, TheGraceIsNeverLongerThanAMinute) {
    world.realm.lifetimes.refresh_grace = Seconds(3600);
    (void)next(parent);
    world.clock.advance(Seconds(60));
    EXPECT_TRUE(refresh(parent));
    world.clock.advance(Seconds(1));
    expect_refused(parent);
}

TEST_F(RefreshTest, ScopeMayNarrowTheAccessTokenButNeverWidenIt) {
    const auto narrowed = must(refresh(parent, "email"));
    EXPECT_EQ(narrowed.scopes, email);
    EXPECT_EQ(must(access(narrowed.access_token)).scopes, email);
    // RFC 6749 6: the refresh token keeps the scope of the one it replaces.
    const std::string child(narrowed.refresh_token.reveal());
    EXPECT_EQ(must(refresh(child, "profile email")).scopes, first.scopes);
}

TEST_F(RefreshTest, AnAppThatLostAScopeGetsTheRestUntilItHasItAgain) {
    ClientRecord smaller = world.app.record;
    smaller.scopes = world.realm.scopes.names(email);
    const auto introspect = [&](const ClientRecord& client, std::string_view token) {
        return must(world.read([&](auto& tx) {
            return introspect_token(world.realm, tx, client, token, world.now());
        }));
    };
    ASSERT_TRUE(introspect(smaller, parent));
    EXPECT_EQ(introspect(smaller, parent)->scopes, email);
    EXPECT_EQ(introspect(world.app.record, parent)->scopes, first.scopes);
    const auto lost = world.refresh(smaller, {parent, "profile"});
    ASSERT_FALSE(lost);
    EXPECT_TRUE(oauth::is(lost.error(), oauth::Error::invalid_scope));
    const auto tokens = must(world.refresh(smaller, {parent, std::nullopt}));
    EXPECT_EQ(tokens.scopes, email);
    EXPECT_EQ(must(access(tokens.access_token)).scopes, email);
    EXPECT_EQ(must(refresh(tokens.refresh_token.reveal())).scopes, first.scopes);
}

TEST_F(RefreshTest, AScopeThatWasNotGrantedUsesNothingUp) {
    for (const char* scope : {"phone", "email phone", "nonsense", "user:manage"}) {
        const auto refreshed = refresh(parent, scope);
        ASSERT_FALSE(refreshed) << scope;
        EXPECT_TRUE(oauth::is(refreshed.error(), oauth::Error::invalid_scope)) << scope;
    }
    world.clock.advance(Seconds(3600));
    EXPECT_TRUE(refresh(parent));
}

TEST_F(RefreshTest, AnotherClientsTokenIsRefusedAndUnharmed) {
    const auto other = world.make_app("Second app");
    const auto refreshed = world.refresh(other.record, {parent, std::nullopt});
    EXPECT_TRUE(oauth::is(refreshed.error(), oauth::Error::invalid_grant));
    EXPECT_TRUE(refresh(parent));
}

TEST_F(RefreshTest, ARevokedConnectionRefreshesNothingNotEvenWhenItLivesAgain) {
    const std::string child = next(parent);
    ASSERT_EQ(world.disconnect(), RevokeOutcome::revoked);
    expect_refused(parent);
    expect_refused(child);
    (void)world.connect();
    expect_refused(parent);
    expect_refused(child);
}

TEST_F(RefreshTest, AFamilyThatNobodyUsesExpires) {
    const Seconds idle = world.realm.lifetimes.refresh_idle;
    std::string token = parent;
    world.clock.advance(idle - Seconds(1));
    token = next(token);
    world.clock.advance(idle - Seconds(1));
    token = next(token);
    world.clock.advance(idle);
    expect_refused(token);
}

TEST_F(RefreshTest, AFamilyExpiresInTheEndHoweverOftenItIsUsed) {
    world.realm.lifetimes.refresh_idle = Seconds(100L * 24 * 3600);
    std::string token = parent;
    const auto day = Seconds(24L * 3600);
    for (int i = 1; i < 90; ++i) {
        world.clock.advance(day);
        token = next(token);
    }
    world.clock.advance(day - Seconds(1));
    token = next(token);
    world.clock.advance(Seconds(1));
    expect_refused(token);
}

TEST_F(RefreshTest, RacersWithOneTokenAllGetTheSameSuccessor) {
    std::string token = parent;
    for (const int racers : {2, 16, 64}) {
        std::mutex mutex;
        std::set<std::string> successors;
        std::atomic<int> refused{0};
        {
            std::barrier start(racers);
            std::vector<std::jthread> threads;
            for (int i = 0; i < racers; ++i) {
                threads.emplace_back([&] {
                    start.arrive_and_wait();
                    const auto tokens = refresh(token);
                    const std::lock_guard lock(mutex);
                    if (tokens) {
                        successors.emplace(tokens->refresh_token.reveal());
                    } else {
                        ++refused;
                    }
                });
            }
        }
        EXPECT_EQ(refused, 0) << racers;
        ASSERT_EQ(successors.size(), 1U) << racers;
        token = *successors.begin();
    }
}

TEST_F(RefreshTest, RacingARevocationNothingOutlivesIt) {
    for (int round = 0; round < 20; ++round) {
        const auto tokens = world.connect();
        std::mutex mutex;
        std::vector<Tokens> won;
        {
            std::barrier start(5);
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i) {
                threads.emplace_back([&] {
                    start.arrive_and_wait();
                    auto refreshed = refresh(tokens.refresh_token.reveal());
                    const std::lock_guard lock(mutex);
                    if (refreshed) won.push_back(std::move(*refreshed));
                });
            }
            threads.emplace_back([&] {
                start.arrive_and_wait();
                (void)world.disconnect();
            });
        }
        for (const auto& pair : won) {
            EXPECT_FALSE(access(pair.access_token));
            expect_refused(pair.refresh_token.reveal());
        }
    }
}

TEST(RefreshDecisions, FollowTheGenerationAndTheHash) {
    RefreshFamilyRecord family;
    family.generation = 7;
    family.current_hash = Bytes(32, 7);
    family.previous_hash = Bytes(32, 6);
    family.rotated_at = from_unix(1000);
    family.expires_at = from_unix(5000);
    struct Row {
        std::int64_t generation;
        std::uint8_t hash;
        std::int64_t now;
        RefreshDecision decision;
    };
    for (const Row& row :
         {Row{7, 7, 1000, RefreshDecision::rotate}, Row{7, 7, 4999, RefreshDecision::rotate},
          Row{7, 7, 5000, RefreshDecision::refuse}, Row{7, 9, 1000, RefreshDecision::refuse},
          Row{6, 6, 1000, RefreshDecision::repeat}, Row{6, 6, 1030, RefreshDecision::repeat},
          Row{6, 6, 1031, RefreshDecision::reuse}, Row{6, 6, 900, RefreshDecision::repeat},
          Row{6, 6, 5000, RefreshDecision::refuse}, Row{6, 9, 1000, RefreshDecision::reuse},
          Row{5, 6, 1000, RefreshDecision::reuse}, Row{5, 5, 1000, RefreshDecision::reuse},
          Row{1, 1, 900, RefreshDecision::reuse}, Row{8, 8, 1000, RefreshDecision::refuse},
          Row{8, 7, 1000, RefreshDecision::refuse}}) {
        PresentedToken presented;
        presented.routing.generation = row.generation;
        presented.hash = Bytes(32, row.hash);
        EXPECT_EQ(decide_refresh(family, presented, from_unix(row.now), Seconds(30)), row.decision)
            << row.generation << ' ' << int{row.hash} << ' ' << row.now;
    }
}

}  // namespace
}  // namespace latchkey::grants
