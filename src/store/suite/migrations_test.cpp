// The schema's steps: run once, in order, by whoever comes first, and never backwards.

#include "store/migrations.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "store/realms.hpp"
#include "testing/store_suite.hpp"
#include "testing/transactions.hpp"

namespace latchkey::store::suite {
namespace {

using testing::must;
using testing::test_now;

constexpr database::Sql count_steps = "SELECT count(*) FROM schema_steps";
constexpr database::Sql insert_step =
    "INSERT INTO schema_steps (version, applied_at) VALUES (?1, 0)";

std::int64_t steps_of(database::Database& database) {
    const auto tx = must(database.read());
    return must(tx->find(count_steps, {}, [](const database::Row& row) { return row.integer(0); }))
        .value_or(-1);
}

class Migrations : public ::testing::TestWithParam<testing::Engine> {
protected:
    std::unique_ptr<testing::DataSet> data_set_ = GetParam().make();
    const schema::Steps steps_ = must(GetParam().schema());
};
INSTANTIATE_TEST_SUITE_P(On, Migrations, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Migrations, RunOnceEach) {
    const auto database = must(data_set_->open());
    must(migrate(*database, steps_, test_now));
    EXPECT_EQ(steps_of(*database), steps_.back().version);
    must(migrate(*database, steps_, test_now));
    EXPECT_EQ(steps_of(*database), steps_.back().version);
}

TEST_P(Migrations, AreDoneTogetherByProcessesThatStartAtOnce) {
    constexpr int processes = 4;
    std::atomic<int> done = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < processes; ++i) {
            threads.emplace_back([&] {
                const auto database = must(data_set_->open());
                if (migrate(*database, steps_, test_now)) ++done;
            });
        }
    }
    EXPECT_EQ(done, processes);
    EXPECT_EQ(steps_of(*must(data_set_->open())), steps_.back().version);
}

TEST_P(Migrations, RefuseAStoreOfANewerProgram) {
    const auto database = must(data_set_->open());
    must(migrate(*database, steps_, test_now));
    {
        const auto tx = must(testing::begin_write(*database));
        must(tx->execute(insert_step, {steps_.back().version + 1}));
        must(tx->commit());
    }
    const auto refused = migrate(*database, steps_, test_now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::storage_version);
}

TEST_P(Migrations, MakeOneRealmWhoeverComesFirst) {
    const auto database = must(data_set_->open());
    must(migrate(*database, steps_, test_now));
    const auto tx = must(database->read());
    const auto realms = must(list_realms(*tx));
    ASSERT_EQ(realms.size(), 1U);
    EXPECT_EQ(realms[0].name, "");
    EXPECT_EQ(must(get_default_realm(*tx)).id, realms[0].id);
    EXPECT_NE(realms[0].id, RealmId{});
}

}  // namespace
}  // namespace latchkey::store::suite
