// Conformance: mail that waits.

#include "store/outbox.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::other_realm;
using testing::test_now;
using testing::test_realm;

OutgoingMailRecord mail_record(std::uint8_t number, Timestamp due = test_now) {
    return {.id = {},
            .realm_id = test_realm,
            .sealed_message = {1, number},
            .attempts = 0,
            .created_at = test_now,
            .next_attempt_at = due};
}

class Outbox : public testing::StoreSuite {
protected:
    MailId enqueue(const OutgoingMailRecord& mail) {
        return write([&](auto& tx) { return enqueue_mail(tx, mail); });
    }
    std::vector<OutgoingMailRecord> due(Timestamp now, int limit = 10) {
        return read([&](auto& tx) { return list_due_mail(tx, now, limit); });
    }
    bool claim(const OutgoingMailRecord& seen, Timestamp next) {
        return write([&](auto& tx) { return claim_mail(tx, seen, next); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Outbox, ::testing::ValuesIn(testing::engines()), testing::engine_name);

TEST_P(Outbox, IsInTheOrderOfArrival) {
    std::vector<MailId> ids;
    for (std::uint8_t n = 1; n <= 5; ++n) ids.push_back(enqueue(mail_record(n)));
    EXPECT_TRUE(std::ranges::is_sorted(ids));
    const auto waiting = due(test_now);
    ASSERT_EQ(waiting.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(waiting[i].id, ids[i]);
        EXPECT_EQ(waiting[i].realm_id, test_realm);
        EXPECT_EQ(waiting[i].sealed_message, (Bytes{1, static_cast<std::uint8_t>(i + 1)}));
        EXPECT_EQ(waiting[i].attempts, 0);
        EXPECT_EQ(waiting[i].created_at, test_now);
        EXPECT_EQ(waiting[i].next_attempt_at, test_now);
    }
    EXPECT_EQ(due(test_now, 2).size(), 2U);
}

TEST_P(Outbox, GivesWhatIsDueTheLongestWaitFirst) {
    enqueue(mail_record(1, test_now + Seconds(20)));
    enqueue(mail_record(2, test_now + Seconds(10)));
    EXPECT_TRUE(due(test_now).empty());
    EXPECT_EQ(due(test_now + Seconds(10)).size(), 1U);
    const auto both = due(test_now + Seconds(20));
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].sealed_message, (Bytes{1, 2}));
}

TEST_P(Outbox, IsClaimedAsItWasSeen) {
    enqueue(mail_record(1));
    const auto seen = due(test_now).at(0);
    EXPECT_TRUE(claim(seen, test_now + Seconds(5)));
    EXPECT_FALSE(claim(seen, test_now + Seconds(9)));
    EXPECT_TRUE(due(test_now).empty());
    const auto again = due(test_now + Seconds(5)).at(0);
    EXPECT_EQ(again.attempts, 1);
    EXPECT_TRUE(claim(again, test_now + Seconds(15)));
    write([&](auto& tx) { return delete_mail(tx, seen.id); });
    EXPECT_TRUE(due(test_now + Seconds(99)).empty());
    EXPECT_FALSE(claim(again, test_now + Seconds(99)));
}

TEST_P(Outbox, ShowsARealmItsNewest) {
    for (std::uint8_t n = 1; n <= 3; ++n) enqueue(mail_record(n));
    auto elsewhere = mail_record(9);
    elsewhere.realm_id = other_realm;
    enqueue(elsewhere);
    const auto newest = read([](auto& tx) { return list_newest_mail(tx, test_realm, 2); });
    ASSERT_EQ(newest.size(), 2U);
    EXPECT_EQ(newest[0].sealed_message, (Bytes{1, 3}));
    EXPECT_EQ(newest[1].sealed_message, (Bytes{1, 2}));
    EXPECT_EQ(read([](auto& tx) { return list_newest_mail(tx, other_realm, 9); }).size(), 1U);
    EXPECT_EQ(read([](auto& tx) { return count_mail_under(tx, test_realm, 1); }), 3);
    EXPECT_EQ(read([](auto& tx) { return count_mail_under(tx, test_realm, 2); }), 0);
}

TEST_P(Outbox, GivesNoIdTwiceHoweverManyEnqueueAtOnce) {
    std::mutex mutex;
    std::set<MailId> ids;
    const int enqueued = race([&](database::WriteTransaction& tx, int racer) -> Result<bool> {
        const auto id = TRY(enqueue_mail(tx, mail_record(static_cast<std::uint8_t>(racer))));
        const std::scoped_lock lock(mutex);
        ids.insert(id);
        return true;
    });
    EXPECT_EQ(enqueued, 4);
    EXPECT_EQ(due(test_now).size(), 4U);
    EXPECT_GE(ids.size(), 4U);
}

TEST_P(Outbox, WhatWasClaimedIsPostponedByItsClaimAlone) {
    enqueue(mail_record(1));
    auto seen = due(test_now).at(0);
    ASSERT_TRUE(claim(seen, test_now + Seconds(60)));
    const auto postpone = [&](std::int64_t attempts) {
        seen.attempts = attempts;
        seen.next_attempt_at = test_now + Seconds(5);
        write([&](auto& tx) { return postpone_mail(tx, seen); });
    };
    postpone(0);
    EXPECT_TRUE(due(test_now + Seconds(59)).empty()) << "of an attempt that is not the last";
    postpone(1);
    EXPECT_TRUE(due(test_now + Seconds(4)).empty());
    EXPECT_EQ(due(test_now + Seconds(5)).at(0).attempts, 1);
}

TEST_P(Outbox, OneOfSeveralClaimsWins) {
    enqueue(mail_record(1));
    const auto seen = due(test_now).at(0);
    const int winners = race([&](database::WriteTransaction& tx, int) {
        return claim_mail(tx, seen, test_now + Seconds(5));
    });
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(due(test_now + Seconds(5)).at(0).attempts, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
