// Tables are as large as what is alive: many lifetimes of sign-ins, exchanges and refreshes on a
// clock that the test drives, with the server's own clean-up step in between.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "store/browser_sessions.hpp"
#include "store/consent_ids.hpp"
#include "store/email_challenges.hpp"
#include "store/refresh_families.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::client_record;
using testing::family_record;
using testing::id_of;
using testing::test_now;
using testing::user_record;

constexpr int max_live = 20;
constexpr int step_rows = 500;  // as the server's housekeeping
constexpr std::uint32_t people = 5;
constexpr std::int64_t consent_lifetime = 300;
constexpr std::int64_t idle_lifetime = 3000;
constexpr std::int64_t absolute_lifetime = 9000;
constexpr std::int64_t tick = 30;  // seconds between two clean-ups
constexpr int lifetimes = 12;

constexpr database::Sql count_consents = "SELECT count(*) FROM consumed_consent_ids";
constexpr database::Sql count_families = "SELECT count(*) FROM refresh_families";
constexpr database::Sql count_challenges = "SELECT count(*) FROM email_challenges";
constexpr database::Sql count_sessions = "SELECT count(*) FROM browser_sessions";

class Growth : public testing::StoreSuite {
protected:
    struct Family {
        std::uint32_t number;
        std::uint32_t person;
        std::int64_t generation;
        Timestamp ends_at;  // absolute
    };

    Growth() {
        write([](auto& tx) { return insert_client(tx, client_record(1)); });
        for (std::uint32_t n = 1; n <= people; ++n) {
            write([n](auto& tx) { return insert_user(tx, user_record(n)); });
        }
    }

    /// One person comes back in one browser.
    Result<void> sign_in(database::WriteTransaction& tx, Timestamp now) {
        const std::uint32_t n = ++last_number_;
        const std::uint32_t person = 1 + n % people;
        TRY(insert_challenge(tx, {.id = id_of<ChallengeId>(n),
                                  .realm_id = testing::test_realm,
                                  .browser_hash = bytes_of("browser"),
                                  .sealed_email = bytes_of("email"),
                                  .code_hash = bytes_of("code"),
                                  .created_at = now,
                                  .expires_at = now + Seconds(consent_lifetime)}));
        TRY(insert_session(tx, {.session_hash = bytes_of("session " + std::to_string(n)),
                                .id = id_of<SessionId>(n),
                                .user_id = id_of<UserId>(person),
                                .created_at = now,
                                .last_seen_at = now,
                                .expires_at = now + Seconds(idle_lifetime)}));
        TRY(consume_consent_token(tx, id_of<ConsentTokenId>(n), now + Seconds(consent_lifetime)));
        RefreshFamilyRecord family = family_record(n);
        family.user_id = id_of<UserId>(person);
        family.rotated_at = now;
        family.expires_at = now + Seconds(idle_lifetime);
        TRY(insert_refresh_family(tx, family, max_live));
        used_.push_back({n, person, 1, now + Seconds(absolute_lifetime)});
        return {};
    }
    /// `count` sign-ins, `apart` seconds from each other; the time of the last.
    Timestamp sign_in_often(Timestamp start, int count, std::int64_t apart) {
        write([&](auto& tx) -> Result<void> {
            for (int i = 1; i <= count; ++i) TRY(sign_in(tx, start + Seconds(i * apart)));
            return {};
        });
        return start + Seconds(count * apart);
    }

    /// A third of the families are in use: their expiry moves, until their absolute end.
    void refresh_some(Timestamp now) {
        write([&](auto& tx) -> Result<void> {
            for (Family& family : used_) {
                if (family.number % 3 == 0) TRY(refresh(tx, family, now));
            }
            return {};
        });
        std::erase_if(used_, [now](const Family& family) { return family.ends_at <= now; });
    }
    static Result<void> refresh(database::WriteTransaction& tx, Family& family, Timestamp now) {
        auto record = TRY(find_refresh_family(tx, id_of<UserId>(family.person), id_of<ClientId>(1),
                                              id_of<FamilyId>(family.number)));
        if (!record || record->expires_at <= now) return {};
        record->generation = ++family.generation;
        record->rotated_at = now;
        record->expires_at = std::min(family.ends_at, now + Seconds(idle_lifetime));
        TRY(rotate_refresh_family(tx, *record, family.generation - 1));
        return {};
    }

    /// As the server: step by step until a step finds less than it may take. The number of steps.
    int clean_up(Timestamp now) {
        sweep_families(now);
        for (int steps = 1;; ++steps) {
            const auto removed = write([&](auto& tx) -> Result<std::int64_t> {
                const std::int64_t tokens = TRY(delete_expired_consent_ids(tx, now, step_rows));
                const std::int64_t codes = TRY(delete_expired_challenges(tx, now, step_rows));
                const std::int64_t sessions = TRY(delete_expired_sessions(tx, now, step_rows));
                return tokens + codes + sessions;
            });
            if (removed < step_rows) return steps;
        }
    }

    void sweep_families(Timestamp now) {
        FamilyScan scan;
        do {
            const FamilyKey after = scan.last;
            scan = read([&](auto& tx) { return find_expired_families(tx, after, now, step_rows); });
            write([&](auto& tx) { return delete_expired_families(tx, scan, now); });
        } while (scan.rows == step_rows);
    }

    std::int64_t number(database::Sql sql) {
        return read([sql](auto& tx) {
                   return tx.find(sql, {}, [](const database::Row& row) { return row.integer(0); });
               })
            .value_or(-1);
    }
    std::int64_t rows() {
        return number(count_consents) + number(count_families) + number(count_challenges) +
               number(count_sessions);
    }

    std::uint32_t last_number_ = 0;
    std::vector<Family> used_;
};
INSTANTIATE_TEST_SUITE_P(On, Growth, ::testing::ValuesIn(testing::engines()), testing::engine_name);

TEST_P(Growth, IsFlatOverManyLifetimes) {
    Timestamp now = test_now;
    std::map<int, std::int64_t> most_rows;
    std::map<int, std::int64_t> most_pages;
    int most_steps = 0;
    for (int lifetime = 0; lifetime < lifetimes; ++lifetime) {
        for (std::int64_t t = 0; t < absolute_lifetime; t += tick * 10) {
            now = sign_in_often(now, 10, tick);
            refresh_some(now);
            most_steps = std::max(most_steps, clean_up(now));
            most_rows[lifetime] = std::max(most_rows[lifetime], rows());
            most_pages[lifetime] = std::max(most_pages[lifetime], data_set_->pages(*database_));
        }
    }
    std::printf(
        "rows at most: %lld in the second lifetime, %lld in the last; pages %lld, %lld\n",
        static_cast<long long>(most_rows[1]), static_cast<long long>(most_rows[lifetimes - 1]),
        static_cast<long long>(most_pages[1]), static_cast<long long>(most_pages[lifetimes - 1]));
    for (int lifetime = 2; lifetime < lifetimes; ++lifetime) {
        EXPECT_LE(most_rows[lifetime], most_rows[1] + most_rows[1] / 50) << lifetime;
        EXPECT_LE(most_pages[lifetime], most_pages[1] + most_pages[1] / 20) << lifetime;
    }
    EXPECT_LE(number(count_families), std::int64_t{people} * max_live);
    EXPECT_EQ(most_steps, 1);  // no step had to leave work behind
}

TEST_P(Growth, EndsAtNothingWhenNobodyComesAnyMore) {
    Timestamp now = sign_in_often(test_now, 200, 1);
    refresh_some(now);
    now += Seconds(absolute_lifetime + 1);
    clean_up(now);
    clean_up(now);
    EXPECT_EQ(rows(), 0);
}

TEST_P(Growth, OfABacklogGoesInSmallSteps) {
    const Timestamp now = sign_in_often(test_now, 700, 0);
    EXPECT_GE(clean_up(now + Seconds(absolute_lifetime)), 2);
    clean_up(now + Seconds(absolute_lifetime));
    EXPECT_EQ(rows(), 0);
}

}  // namespace
}  // namespace latchkey::store::suite
