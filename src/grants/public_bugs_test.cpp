// Bugs that others' servers had in public, each as a test that this one does not have it. The names
// say what happened there; the comments say where.

#include <array>
#include <barrier>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "grants/access.hpp"
#include "grants/connections.hpp"
#include "grants/introspection.hpp"
#include "grants/refresh.hpp"
#include "grants/revocation.hpp"
#include "store/audit.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::grants {
namespace {

using testing::DelegationWorld;
using testing::must;

struct PublicBugs : ::testing::Test {
    DelegationWorld world;
    Tokens first = world.connect();
    std::string token{first.refresh_token.reveal()};

    oauth::Result<Tokens> refresh(std::string_view presented) {
        return world.refresh({presented, std::nullopt});
    }
    std::string next(std::string_view presented) {
        return std::string(must(refresh(presented)).refresh_token.reveal());
    }
    bool reads(const Secret& access_token) {
        auto tx = must(world.database->read());
        return authorize_access(world.realm, *tx, access_token.reveal(), world.now()).has_value();
    }
    std::string newest_audit() {
        auto tx = must(world.database->read());
        return must(store::list_newest_audit(*tx, testing::shared_keys().realm(), 1)).at(0).action;
    }
    /// Each of `count` threads runs `work` at the same moment.
    static void race(int count, const std::function<void(int)>& work) {
        std::barrier start(count);
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back([&, i] {
                start.arrive_and_wait();
                work(i);
            });
        }
        for (auto& thread : threads) thread.join();
    }
};

// keycloak#45647 (CVE-2026-1035): concurrent requests pass the check of single use before any of
// them has counted, and one refresh token becomes several lines of tokens.
TEST_F(PublicBugs, ReuseTimeOfCheckTimeOfUse) {
    constexpr int rounds = 10;
    constexpr int racers = 6;
    for (int round = 0; round < rounds; ++round) {
        std::mutex mutex;
        std::set<std::string> successors;
        race(racers, [&](int) {
            const auto tokens = refresh(token);
            const std::lock_guard lock(mutex);
            if (tokens) successors.insert(std::string(tokens->refresh_token.reveal()));
        });
        ASSERT_EQ(successors.size(), 1U) << "one line goes on, and only one";
        token = *successors.begin();
    }
}

// keycloak#51312: a refresh that runs beside a revocation mints tokens that survive it.
TEST_F(PublicBugs, RefreshAgainstRevoke) {
    constexpr int rounds = 20;
    for (int round = 0; round < rounds; ++round) {
        const Tokens tokens = world.connect();
        const std::string start(tokens.refresh_token.reveal());
        std::vector<Tokens> refreshed;
        race(2, [&](int who) {
            if (who == 0) {
                EXPECT_TRUE(world.write([&](auto& tx) {
                    return revoke_token(world.act(), tx, world.app.record, start);
                }));
                return;
            }
            std::string current = start;
            for (int i = 0; i < 5; ++i) {
                auto answer = refresh(current);
                if (!answer) return;
                current = answer->refresh_token.reveal();
                refreshed.push_back(std::move(*answer));
            }
        });
        for (const Tokens& survivor : refreshed) {
            EXPECT_FALSE(reads(survivor.access_token));
            EXPECT_FALSE(refresh(survivor.refresh_token.reveal()));
        }
    }
}

// keycloak#50999: order by a clock of whole seconds cannot tell two rotations of one second apart,
// so a token that was replaced twice within it is taken again.
TEST_F(PublicBugs, SameSecondReplay) {
    const std::string second = next(token);
    const std::string third = next(second);
    EXPECT_FALSE(refresh(token)) << "all of it in one second";
    EXPECT_EQ(newest_audit(), "refresh_token.reused");
    EXPECT_FALSE(refresh(third));
}

// node-oauth2-server#80 and years of the same elsewhere: two tabs notice at once that the access
// token has expired, and the slower one logs the person out of both.
TEST_F(PublicBugs, TwoTabsRefreshing) {
    constexpr int hours = 24;
    std::array<std::string, 2> tabs = {token, token};
    for (int hour = 0; hour < hours; ++hour) {
        world.clock.advance(Seconds(3600));
        race(2, [&](int tab) {
            const auto index = static_cast<std::size_t>(tab);
            const auto tokens = refresh(tabs[index]);
            ASSERT_TRUE(tokens) << hour;
            tabs[index] = tokens->refresh_token.reveal();
        });
        ASSERT_EQ(tabs[0], tabs[1]) << hour;
    }
}

// The other way to lose a person: the answer with the new token never arrives, and the old token,
// which the client still has, counts as stolen (fastmcp#5037).
TEST_F(PublicBugs, LostAnswer) {
    for (int i = 0; i < 5; ++i) {
        must(refresh(token));  // the answer is lost
        world.clock.advance(Seconds(29));
        token = next(token);  // the client tries again with what it has
        world.clock.advance(Seconds(3600));
    }
}

// A replay within the grace may not start the grace anew: a thief would keep it open for ever.
TEST_F(PublicBugs, AGraceThatRenewsItself) {
    must(refresh(token));
    for (int i = 0; i < 3; ++i) {
        world.clock.advance(Seconds(10));
        EXPECT_TRUE(refresh(token)) << i;
    }
    world.clock.advance(Seconds(1));
    EXPECT_FALSE(refresh(token));
}

// tracecat#2990 and others: the order of tokens is decided by clocks. After one that ran ahead was
// put right, or between two servers that disagree, live tokens are refused or dead ones accepted.
TEST_F(PublicBugs, ClockSteppingBack) {
    const std::string second = next(token);
    world.clock.advance(Seconds(-3600));
    const std::string third = next(second);
    world.clock.advance(Seconds(-3600));
    EXPECT_FALSE(refresh(token)) << "two steps behind, whatever the clock says";
    EXPECT_FALSE(refresh(third)) << "and its family has ended";
}

TEST_F(PublicBugs, ClockSteppingBackLogsNobodyOut) {
    for (int i = 0; i < 10; ++i) {
        world.clock.advance(Seconds(i % 2 == 0 ? -7200 : 3700));
        token = next(token);
    }
    EXPECT_TRUE(refresh(token));
}

// The refusal is an error, the transaction rolls back, and the family's end with it: the thief's
// token goes on working.
TEST_F(PublicBugs, ARefusalThatRollsBackTheRevocation) {
    const std::string second = next(token);
    const std::string third = next(second);
    EXPECT_FALSE(refresh(token));
    EXPECT_FALSE(refresh(third));
    EXPECT_FALSE(refresh(second));
}

// Consenting again brings an old connection back to life, and with it what was issued before.
TEST_F(PublicBugs, RevivalByConsentingAgain) {
    (void)world.disconnect();
    const Tokens again = world.connect();
    EXPECT_FALSE(reads(first.access_token));
    EXPECT_FALSE(refresh(token));
    EXPECT_TRUE(reads(again.access_token));
}

// Introspection that moves or ends what it only looks at.
TEST_F(PublicBugs, IntrospectionThatCountsAsUse) {
    const std::string second = next(token);
    world.clock.advance(Seconds(60));
    auto tx = must(world.database->read());
    EXPECT_FALSE(must(introspect_token(world.realm, *tx, world.app.record, token, world.now())));
    EXPECT_TRUE(refresh(second));
}

}  // namespace
}  // namespace latchkey::grants
