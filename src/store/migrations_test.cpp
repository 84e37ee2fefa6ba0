// The schema's steps: run once, in order, by whoever comes first, and never backwards.

#include "store/migrations.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "testing/store_suite.hpp"

namespace latchkey::store {
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
};
INSTANTIATE_TEST_SUITE_P(On, Migrations, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Migrations, RunOnceEach) {
    const auto database = must(data_set_->open());
    must(migrate(*database, test_now));
    EXPECT_EQ(steps_of(*database), latest_schema_version());
    must(migrate(*database, test_now));
    EXPECT_EQ(steps_of(*database), latest_schema_version());
}

TEST_P(Migrations, AreDoneTogetherByProcessesThatStartAtOnce) {
    constexpr int processes = 4;
    std::atomic<int> done = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < processes; ++i) {
            threads.emplace_back([&] {
                const auto database = must(data_set_->open());
                if (migrate(*database, test_now)) ++done;
            });
        }
    }
    EXPECT_EQ(done, processes);
    EXPECT_EQ(steps_of(*must(data_set_->open())), latest_schema_version());
}

TEST_P(Migrations, RefuseAStoreOfANewerProgram) {
    const auto database = must(data_set_->open());
    must(migrate(*database, test_now));
    {
        const auto tx = must(database->write());
        must(tx->execute(insert_step, {latest_schema_version() + 1}));
        must(tx->commit());
    }
    const auto refused = migrate(*database, test_now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::storage_version);
}

}  // namespace
}  // namespace latchkey::store
