#include "graphql/plan_cache.hpp"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "graphql/persisted_queries.hpp"
#include "testing/graphql/zoo.hpp"

namespace latchkey::graphql {
namespace {

std::string query_of(int number) { return "{ a" + std::to_string(number) + ": pet { id } }"; }

TEST(PlanCache, FindsAPlanByItsBytesAndOperation) {
    const auto zoo = make_zoo();
    constexpr std::string_view two = "query A { pet { id } } query B { pet { name } }";
    const auto a = zoo->prepare(two, "A").value();
    EXPECT_EQ(zoo->prepare(std::string(two), "A").value(), a);
    EXPECT_NE(zoo->prepare(two, "B").value(), a);
    EXPECT_NE(zoo->prepare("query A { pet { id } }  query B { pet { name } }", "A").value(), a);
    const auto only = zoo->prepare("query A { pet { id } }").value();
    EXPECT_NE(zoo->prepare("query A { pet { id } }", "A").value(), only);
}

TEST(PlanCache, DropsWhatWasUsedLongestAgo) {
    PlanCache cache(2, 1'000'000);
    const auto plan = make_zoo()->prepare("{ pet { id } }").value();
    cache.insert("a", {}, plan, 1);
    cache.insert("b", {}, plan, 1);
    EXPECT_NE(cache.find("a", {}), nullptr);
    cache.insert("c", {}, plan, 1);
    EXPECT_EQ(cache.find("b", {}), nullptr);
    EXPECT_NE(cache.find("a", {}), nullptr);
    EXPECT_NE(cache.find("c", {}), nullptr);
}

TEST(PlanCache, IsBoundedInBytes) {
    PlanCache cache(1'000, 100);
    const auto plan = make_zoo()->prepare("{ pet { id } }").value();
    cache.insert("a", {}, plan, 40);
    cache.insert("b", {}, plan, 40);
    cache.insert("c", {}, plan, 40);
    EXPECT_EQ(cache.find("a", {}), nullptr);
    EXPECT_NE(cache.find("c", {}), nullptr);
    cache.insert("too large", {}, plan, 100);
    EXPECT_EQ(cache.find("too large", {}), nullptr);
    EXPECT_NE(cache.find("c", {}), nullptr);
}

TEST(PlanCache, FindsAgainWhatItHasFoundWhateverElseIsAskedMeanwhile) {
    PlanCache cache(2, 10'000'000);
    const auto plan = make_zoo()->prepare("{ pet { id } }").value();
    cache.insert("a", {}, plan, 1);
    cache.insert("huge", {}, plan, 1'000'000);
    EXPECT_EQ(cache.find("a", {}), plan);
    EXPECT_EQ(cache.find("huge", {}), plan);
    cache.insert("b", {}, plan, 1);
    cache.insert("c", {}, plan, 1);
    EXPECT_EQ(cache.find("a", {}), plan) << "this thread keeps it at hand";
    EXPECT_EQ(cache.find("huge", {}), nullptr) << "but nothing so large";
    EXPECT_EQ(cache.find("a", "a"), nullptr);
}

TEST(PlanCache, KeepsNoDocumentThatIsNotGood) {
    const auto zoo = make_zoo({.max_cached_plans = 1});
    const auto plan = zoo->prepare("{ pet { id } }").value();
    EXPECT_FALSE(zoo->prepare("{ unknown }"));
    EXPECT_FALSE(zoo->prepare("{"));
    EXPECT_EQ(zoo->prepare("{ pet { id } }").value(), plan);
}

// Few places, many threads, plans with variants: what ThreadSanitizer has to find nothing in.
TEST(PlanCache, IsSafeAcrossThreads) {
    const auto zoo = make_zoo({.max_cached_plans = 4});
    constexpr std::string_view conditional =
        "query ($a: Boolean!, $b: Boolean!) { pet { id @skip(if: $a) name @include(if: $b) } }";
    const auto work = [&](int seed) {
        for (int i = 0; i < 200; ++i) {
            const std::string query = query_of((i * seed) % 7);
            EXPECT_NE(run_zoo(*zoo, query).find("rex"), std::string::npos);
            const std::string variables =
                i % 2 == 0 ? R"({"a": true, "b": true})" : R"({"a": false, "b": false})";
            const std::string answer = run_zoo(*zoo, conditional, variables);
            EXPECT_EQ(answer.find("rex") == std::string::npos, i % 2 == 0);
            EXPECT_FALSE(zoo->prepare("{ unknown" + std::to_string(i) + " }"));
        }
    };
    std::vector<std::jthread> threads;
    for (int seed = 1; seed <= 4; ++seed) threads.emplace_back(work, seed);
}

QueryHash hash_of(std::uint8_t byte) {
    QueryHash hash{};
    hash.fill(byte);
    return hash;
}

TEST(PersistedQueries, AreFoundByTheirHashUntilTheirPlaceIsNeeded) {
    PersistedQueries queries(1'000);
    EXPECT_EQ(queries.find(hash_of(1)), nullptr);
    queries.insert(hash_of(1), std::string(200, 'a'));
    queries.insert(hash_of(2), std::string(200, 'b'));
    EXPECT_EQ(*queries.find(hash_of(1)), std::string(200, 'a'));
    queries.insert(hash_of(3), std::string(200, 'c'));
    EXPECT_EQ(queries.find(hash_of(2)), nullptr);
    EXPECT_NE(queries.find(hash_of(1)), nullptr);
    queries.insert(hash_of(4), std::string(2'000, 'd'));
    EXPECT_EQ(queries.find(hash_of(4)), nullptr);
}

TEST(PersistedQueries, AreSafeAcrossThreads) {
    PersistedQueries queries(2'000);
    const auto work = [&] {
        for (int i = 0; i < 2'000; ++i) {
            const auto byte = static_cast<std::uint8_t>(i % 20);
            if (const auto found = queries.find(hash_of(byte))) {
                EXPECT_EQ(found->size(), 100U + byte);
            } else {
                queries.insert(hash_of(byte), std::string(100U + byte, 'q'));
            }
        }
    };
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(work);
}

}  // namespace
}  // namespace latchkey::graphql
