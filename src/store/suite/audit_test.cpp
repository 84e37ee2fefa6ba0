// Conformance: the audit trail.

#include "store/audit.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::id_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;

AuditRecord audit_record(std::string action, Timestamp at = test_now) {
    return {.realm_id = test_realm,
            .at = at,
            .actor = "client",
            .identity = "",
            .action = std::move(action),
            .user_id = id_of<UserId>(1),
            .client_id = id_of<ClientId>(1),
            .request_id = "request",
            .origin = "192.0.2.1",
            .detail = "detail"};
}

class Audit : public testing::StoreSuite {
protected:
    void append(const AuditRecord& record) {
        write([&](auto& tx) { return append_audit(tx, record); });
    }
    std::vector<std::string> newest(RealmId realm, int limit = 100) {
        return actions(read([&](auto& tx) { return list_newest_audit(tx, realm, limit); }));
    }
    static std::vector<std::string> actions(const std::vector<AuditRecord>& records) {
        std::vector<std::string> all;
        for (const AuditRecord& record : records) all.push_back(record.action);
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(On, Audit, ::testing::ValuesIn(testing::engines()), testing::engine_name);

TEST_P(Audit, KeepsWhatItWasTold) {
    auto other = audit_record("key.rotated");
    other.user_id = std::nullopt;
    other.client_id = std::nullopt;
    other.actor = "operator";
    other.identity = "Ada";
    other.reason = "Ticket 12: the old one leaked";
    append(audit_record("connection.revoked"));
    append(other);
    const auto records = read([](auto& tx) { return list_newest_audit(tx, test_realm, 10); });
    ASSERT_EQ(records.size(), 2U);
    EXPECT_FALSE(records[0].user_id.has_value());
    EXPECT_FALSE(records[0].client_id.has_value());
    EXPECT_EQ(records[0].actor, "operator");
    EXPECT_EQ(records[0].identity, "Ada");
    EXPECT_EQ(records[0].reason, "Ticket 12: the old one leaked");
    EXPECT_EQ(records[1].realm_id, test_realm);
    EXPECT_EQ(records[1].at, test_now);
    EXPECT_EQ(records[1].actor, "client");
    EXPECT_EQ(records[1].action, "connection.revoked");
    EXPECT_EQ(records[1].user_id, id_of<UserId>(1));
    EXPECT_EQ(records[1].client_id, id_of<ClientId>(1));
    EXPECT_EQ(records[1].request_id, "request");
    EXPECT_EQ(records[1].origin, "192.0.2.1");
    EXPECT_EQ(records[1].detail, "detail");
    EXPECT_EQ(records[1].identity, "");
    EXPECT_EQ(records[1].reason, "");
}

TEST_P(Audit, KeepsTheOrderOfOneSecond) {
    for (int i = 0; i < 20; ++i) append(audit_record(std::to_string(i)));
    append(audit_record("before", test_now - Seconds(1)));
    append(audit_record("after", test_now + Seconds(1)));
    const auto all = newest(test_realm);
    ASSERT_EQ(all.size(), 22U);
    EXPECT_EQ(all.front(), "after");
    EXPECT_EQ(all.back(), "before");
    for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(all[20 - i], std::to_string(i));
    EXPECT_EQ(newest(test_realm, 2).size(), 2U);
}

TEST_P(Audit, IsEachRealmsOwn) {
    append(audit_record("here"));
    auto elsewhere = audit_record("there");
    elsewhere.realm_id = other_realm;
    append(elsewhere);
    EXPECT_EQ(newest(test_realm), std::vector<std::string>{"here"});
    EXPECT_EQ(newest(other_realm), std::vector<std::string>{"there"});
}

TEST_P(Audit, TellsAPersonWhatWasDoneButNotEachFetchedToken) {
    append(audit_record("session.started"));
    append(audit_record("tokens.issued"));
    append(audit_record("connection.revoked"));
    auto anothers = audit_record("session.started");
    anothers.user_id = id_of<UserId>(2);
    append(anothers);
    const auto of_user = [&](int limit) {
        return actions(
            read([&](auto& tx) { return list_audit_of_user(tx, id_of<UserId>(1), limit); }));
    };
    EXPECT_EQ(of_user(10), (std::vector<std::string>{"connection.revoked", "session.started"}));
    EXPECT_EQ(of_user(1), std::vector<std::string>{"connection.revoked"});
}

TEST_P(Audit, GoesByAgeFromTheOldEndAFewAtATime) {
    for (int day = 0; day < 5; ++day) {
        append(audit_record(std::to_string(day), test_now + Seconds(day)));
    }
    auto elsewhere = audit_record("there", test_now);
    elsewhere.realm_id = other_realm;
    append(elsewhere);
    const auto remove = [&](Timestamp before, int limit) {
        return write([&](auto& tx) { return delete_old_audit(tx, test_realm, before, limit); });
    };
    EXPECT_EQ(remove(test_now, 10), 0);
    EXPECT_EQ(remove(test_now + Seconds(3), 2), 2);
    EXPECT_EQ(newest(test_realm), (std::vector<std::string>{"4", "3", "2"}));
    EXPECT_EQ(remove(test_now + Seconds(3), 2), 1);
    EXPECT_EQ(newest(test_realm), (std::vector<std::string>{"4", "3"}));
    EXPECT_EQ(newest(other_realm).size(), 1U);
}

TEST_P(Audit, KeepsTheLinesOfSeveralWritersAtOnce) {
    const int appended = race([](database::WriteTransaction& tx, int racer) -> Result<bool> {
        for (int i = 0; i < 25; ++i) {
            TRY(append_audit(tx, audit_record(std::to_string(racer) + "." + std::to_string(i))));
        }
        return true;
    });
    EXPECT_EQ(appended, 4);
    EXPECT_EQ(newest(test_realm, 1000).size(), 100U);
}

}  // namespace
}  // namespace latchkey::store::suite
