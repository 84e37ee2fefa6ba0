// A definition goes at once; its values go in steps.

#include <gmock/gmock.h>

#include "metafields/store_test.hpp"
#include "store/metafield_values.hpp"
#include "store/removals.hpp"
#include "testing/transactions.hpp"

namespace latchkey::metafields {
namespace {

constexpr int people = 120;
constexpr int step = 50;

class MetafieldRemoval : public StoreTest {
protected:
    void fill(std::string_view key) {
        const auto definition = defined(key, "number_integer");
        auto tx = must(testing::begin_write(*database_));
        for (int i = 0; i < people; ++i) {
            must(store::put_value(*tx, {person(i), definition.id, "1", now_, now_}));
        }
        must(tx->commit());
    }
    static UserId person(int number) {
        UserId id;
        id.bytes.front() = static_cast<std::uint8_t>(number + 1);
        return id;
    }
    std::int64_t take_step() {
        auto tx = must(testing::begin_write(*database_));
        const std::int64_t removed = must(store::sweep_removals(*tx, step));
        must(tx->commit());
        return removed;
    }
    int count_values(std::string_view key) {
        int count = 0;
        for (int i = 0; i < people; ++i) {
            if (stored({person(i), app_}, key) != "(none)") ++count;
        }
        return count;
    }
};

TEST_F(MetafieldRemoval, HidesEveryValueAtOnceAndTakesThemAwayInSteps) {
    fill("doomed");
    fill("kept");
    EXPECT_EQ(take_step(), 0);
    ASSERT_TRUE(must(run([&](auto& tx) {
                    return delete_definition(tx, caller_, {"doomed", {}});
                })).definition);
    EXPECT_EQ(count_values("doomed"), 0);
    EXPECT_EQ(take_step(), step);

    // The key is free at once, and the old values do not come back under it.
    fill("doomed");
    EXPECT_EQ(take_step(), step);
    EXPECT_EQ(take_step(), people - 2 * step);
    EXPECT_EQ(take_step(), 0);
    EXPECT_EQ(count_values("doomed"), people);
    EXPECT_EQ(count_values("kept"), people);
}

TEST_F(MetafieldRemoval, TakesSeveralDefinitionsInOneStep) {
    for (int i = 0; i < 5; ++i) {
        const std::string key = "key-" + std::to_string(i);
        defined(key, "boolean");
        must(set({value_of(key, "true")}));
        ASSERT_TRUE(must(run([&](auto& tx) {
                        return delete_definition(tx, caller_, {key, {}});
                    })).definition);
    }
    EXPECT_EQ(take_step(), 5);
    EXPECT_EQ(take_step(), 0);
}

TEST_F(MetafieldRemoval, NamesWhatItCannotDelete) {
    const auto unknown =
        must(run([&](auto& tx) { return delete_definition(tx, caller_, {"none", {}}); }));
    EXPECT_FALSE(unknown.definition);
    EXPECT_EQ(unknown.problems.at(0).field, std::vector<std::string>{"key"});
    defined("theirs", "boolean");
    const std::string name_space = reserved_namespace(app_);
    EXPECT_FALSE(must(run([&](auto& tx) {
                     return delete_definition(tx, other_caller_, {"theirs", name_space});
                 })).definition);
    EXPECT_EQ(stored("theirs"), "(none)");
}

}  // namespace
}  // namespace latchkey::metafields
