// Pages while others write: what stays is seen exactly once, whatever comes and goes around it.

#include <gmock/gmock.h>

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "metafields/sharing/sharing_world_test.hpp"

namespace latchkey::metafields {
namespace {

constexpr int stable_keys = 40;
constexpr int moving_keys = 40;
constexpr int rounds = 25;

class MetafieldPaging : public SharingTest {
protected:
    void SetUp() override {
        SharingTest::SetUp();
        for (int i = 0; i < stable_keys; ++i) {
            stable_.insert("stable-" + std::to_string(i));
            defined("stable-" + std::to_string(i), "number_integer");
            ASSERT_TRUE(must(set({value_of("stable-" + std::to_string(i), "1")})).problems.empty());
        }
        for (int i = 0; i < moving_keys; ++i) {
            defined("moving-" + std::to_string(i), "number_integer");
        }
        // Some of what is listed is another app's.
        for (int i = 0; i < 10; ++i) {
            const std::string key = "shared-" + std::to_string(i);
            must(define(grantee_caller_, {.identifier = {key, {}},
                                          .name = "N",
                                          .description = "",
                                          .type = "number_integer",
                                          .validations = {},
                                          .access = AccessChange{AccessLevel::read, {}}}));
            ASSERT_TRUE(set_as(other_app_, {key, {}}, "1").empty());
            stable_.insert(key);
        }
    }

    /// Sets and deletes the moving ones until told to stop.
    void churn(const std::atomic<bool>& stop) {
        std::mt19937 dice(5);
        while (!stop) {
            const std::string key = "moving-" + std::to_string(dice() % moving_keys);
            if (dice() % 2 == 0) {
                must(set({value_of(key, "2")}));
            } else {
                remove(owner_, key);
            }
        }
    }

    /// Every key of the user's metafields, page by page, each page in a transaction of its own.
    std::multiset<std::string> walk(store::Direction direction, int limit) {
        std::multiset<std::string> seen;
        store::Page page{.after = {}, .before = {}, .direction = direction, .limit = limit};
        for (;;) {
            const auto tx = must(database_->read());
            const auto slice = must(list_values(*tx, owner_, {}, page));
            for (const auto& node : slice.nodes) seen.insert(node.definition.key);
            const bool forward = direction == store::Direction::forward;
            const bool more = forward ? slice.has_next_page : slice.has_previous_page;
            if (!more || slice.nodes.empty()) return seen;
            if (forward) page.after = slice.nodes.back().definition.id;
            if (!forward) page.before = slice.nodes.front().definition.id;
        }
    }

    std::set<std::string> stable_;
};

TEST_F(MetafieldPaging, NeitherSkipsNorRepeatsUnderConcurrentWrites) {
    std::atomic<bool> stop = false;
    std::thread writer([&] { churn(stop); });
    for (int round = 0; round < rounds; ++round) {
        for (const auto direction : {store::Direction::forward, store::Direction::backward}) {
            const auto seen = walk(direction, 1 + round % 9);
            for (const std::string& key : stable_) EXPECT_EQ(seen.count(key), 1U) << key;
            for (const std::string& key : seen) EXPECT_EQ(seen.count(key), 1U) << key;
        }
    }
    stop = true;
    writer.join();
}

}  // namespace
}  // namespace latchkey::metafields
