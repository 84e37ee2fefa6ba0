#include "admin/audit_trail.hpp"

#include "admin/world_test.hpp"

namespace latchkey::admin {
namespace {

using testing::must;

class TheTrail : public OperatorTest {
protected:
    void note(std::string detail) {
        must(change([&](auto& act, auto& tx) {
            return realm::record(tx, act, audit::Event::client_updated,
                                 {std::nullopt, std::nullopt, detail});
        }));
    }
    Result<std::vector<AuditRecord>> list(int limit) {
        return read([&](auto& realm, auto& tx) { return list_audit(realm, tx, limit); });
    }
    std::vector<std::string> after(const AuditRecord& last, int limit) {
        std::vector<std::string> details;
        for (const AuditRecord& record : must(read([&](auto& realm, auto& tx) {
                 return list_audit_after(realm, tx, last, limit);
             }))) {
            details.push_back(record.detail);
        }
        return details;
    }
};

TEST_F(TheTrail, IsReadOldestFirstAndOnFromARecord) {
    for (const std::string detail : {"1", "2", "3"}) note(detail);
    const auto records = must(list(3));
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].detail, "1");
    EXPECT_EQ(records[2].detail, "3");
    EXPECT_EQ(records[2].identity, "Ada");
    EXPECT_EQ(records[2].reason, "Ticket 12");
    EXPECT_TRUE(after(records[2], 10).empty());
    EXPECT_EQ(after(records[0], 10), (std::vector<std::string>{"2", "3"}));
    note("3");
    EXPECT_TRUE(after(records[2], 10).empty()) << "the same again, word for word and second";
    note("4");
    EXPECT_EQ(after(records[2], 10), std::vector<std::string>{"4"});
    EXPECT_EQ(after(records[0], 2), (std::vector<std::string>{"3", "4"})) << "more than fit";
}

TEST_F(TheTrail, IsReadInBounds) {
    for (const int limit : {-1, 0, max_listed_audit + 1}) {
        EXPECT_EQ(list(limit).error().code, ErrorCode::invalid_argument) << limit;
    }
    EXPECT_TRUE(list(max_listed_audit));
}

}  // namespace
}  // namespace latchkey::admin
