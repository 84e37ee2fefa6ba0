#include "metafields/values.hpp"

#include <gmock/gmock.h>

#include <map>
#include <random>

#include "metafields/limits.hpp"
#include "metafields/store_test.hpp"

namespace latchkey::metafields {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using MetafieldValues = StoreTest;

TEST_F(MetafieldValues, AreStoredInCanonicalFormAndReplaced) {
    defined("score", "number_decimal");
    const auto first = must(set({value_of("score", "+01.50")}));
    ASSERT_THAT(first.values, SizeIs(1));
    EXPECT_EQ(first.values[0].value.value, "1.5");
    EXPECT_EQ(stored("score"), "1.5");
    now_ += Seconds(60);
    must(set({value_of("score", "2")}));
    EXPECT_EQ(stored("score"), "2.0");
    const auto tx = must(database_->read());
    const auto found = must(find_value(*tx, owner_, {"score", {}}));
    EXPECT_EQ(found->value.created_at, now_ - Seconds(60));
    EXPECT_EQ(found->value.updated_at, now_);
}

TEST_F(MetafieldValues, AreSetAllOrNone) {
    defined("flag", "boolean");
    defined("count", "number_integer");
    must(set({value_of("flag", "true")}));
    const auto outcome = must(set({value_of("flag", "false"), value_of("count", "many"),
                                   value_of("nothing", "1"), value_of("flag", "true")}));
    EXPECT_THAT(outcome.values, IsEmpty());
    ASSERT_THAT(outcome.problems, SizeIs(3));
    EXPECT_THAT(outcome.problems[0].field, ElementsAre("1", "value"));
    EXPECT_THAT(outcome.problems[0].message, HasSubstr("integer"));
    EXPECT_THAT(outcome.problems[1].field, ElementsAre("2", "identifier", "key"));
    EXPECT_THAT(outcome.problems[1].message, HasSubstr("no metafield definition"));
    EXPECT_THAT(outcome.problems[2].field, ElementsAre("3", "identifier", "key"));
    EXPECT_THAT(outcome.problems[2].message, HasSubstr("more than once"));
    EXPECT_EQ(stored("flag"), "true");
    EXPECT_EQ(stored("count"), "(none)");
}

TEST_F(MetafieldValues, NameWhatIsNotTheApps) {
    defined("flag", "boolean");
    const std::string foreign = reserved_namespace(other_app_);
    const NewValue in_foreign{
        .identifier = {"flag", foreign}, .value = "true", .compare_digest = {}};
    const NewValue in_unknown{
        .identifier = {"flag", "loyalty"}, .value = "true", .compare_digest = {}};
    const auto outcome = must(set({in_foreign, in_unknown}));
    ASSERT_THAT(outcome.problems, SizeIs(2));
    EXPECT_THAT(outcome.problems[0].field, ElementsAre("0", "identifier", "key"));
    EXPECT_THAT(outcome.problems[1].field, ElementsAre("1", "identifier", "namespace"));
}

TEST_F(MetafieldValues, AreSetTwentyFiveAtATime) {
    std::vector<std::string> keys;
    for (int i = 0; i < 26; ++i) {
        keys.push_back("key-" + std::to_string(i));
        defined(keys.back(), "boolean");
    }
    std::vector<NewValue> wanted;
    for (const std::string& key : keys) wanted.push_back(value_of(key, "true"));
    const auto refused = must(set(wanted));
    EXPECT_THAT(refused.values, IsEmpty());
    ASSERT_THAT(refused.problems, SizeIs(1));
    EXPECT_THAT(refused.problems[0].field, IsEmpty());
    EXPECT_THAT(refused.problems[0].message, HasSubstr("25"));
    EXPECT_EQ(stored("key-0"), "(none)");
    wanted.pop_back();
    EXPECT_THAT(must(set(wanted)).values, SizeIs(25));
    EXPECT_THAT(must(set({})).values, IsEmpty());
}

TEST_F(MetafieldValues, ObeyTheValidationsOfTheirDefinition) {
    must(define({.identifier = {"size", {}},
                 .name = "Size",
                 .description = "",
                 .type = "single_line_text_field",
                 .validations = {{"choices", R"(["S","M"])"}},
                 .access = {}}));
    EXPECT_THAT(must(set({value_of("size", "M")})).problems, IsEmpty());
    const auto outcome = must(set({value_of("size", "XXL")}));
    ASSERT_THAT(outcome.problems, SizeIs(1));
    EXPECT_THAT(outcome.problems[0].message, HasSubstr("one of"));
    EXPECT_EQ(stored("size"), "M");
}

TEST_F(MetafieldValues, AreDeletedOnceAndTheDefinitionStays) {
    defined("flag", "boolean");
    must(set({value_of("flag", "true")}));
    const auto deleted = remove(owner_, "flag");
    ASSERT_TRUE(deleted);
    EXPECT_EQ(deleted->value.value, "true");
    EXPECT_EQ(stored("flag"), "(none)");
    EXPECT_FALSE(remove(owner_, "flag"));
    const std::vector<Identifier> named{{"flag", {}}, {"flags", {}}};
    const auto unknown =
        must(run([&](auto& tx) { return delete_metafields(tx, owner_, named, now_); }));
    ASSERT_THAT(unknown.problems, SizeIs(1));
    EXPECT_THAT(unknown.problems[0].field, ElementsAre("1", "key"));
    must(set({value_of("flag", "false")}));
    EXPECT_EQ(stored("flag"), "false");
}

TEST_F(MetafieldValues, BelongToOneUserAndOneApp) {
    defined("flag", "boolean");
    must(define(other_caller_, {.identifier = {"flag", {}},
                                .name = "Flag",
                                .description = "",
                                .type = "boolean",
                                .validations = {},
                                .access = {}}));
    const Owner other_app{owner_.user_id, other_app_};
    const Owner other_user{make_id<UserId>(testing::system_random()), app_};
    must(set({value_of("flag", "true")}));
    EXPECT_EQ(stored(other_app, "flag"), "(none)");
    EXPECT_EQ(stored(other_user, "flag"), "(none)");
    EXPECT_FALSE(remove(other_app, "flag"));
    EXPECT_FALSE(remove(other_user, "flag"));
    EXPECT_EQ(stored("flag"), "true");
    const auto tx = must(database_->read());
    const store::Page page{
        .after = {}, .before = {}, .direction = store::Direction::forward, .limit = 10};
    EXPECT_THAT(must(list_values(*tx, other_app, {}, page)).nodes, IsEmpty());
    EXPECT_THAT(must(list_values(*tx, other_user, {}, page)).nodes, IsEmpty());
    EXPECT_THAT(must(list_values(*tx, owner_, {}, page)).nodes, SizeIs(1));
}

TEST_F(MetafieldValues, BehaveLikeAMap) {
    std::vector<std::string> keys;
    for (int i = 0; i < 8; ++i) {
        keys.push_back("key-" + std::to_string(i));
        defined(keys.back(), "number_integer");
    }
    std::map<std::string, std::string> model;
    std::mt19937 dice(7);  // the same run every time
    for (int step = 0; step < 400; ++step) {
        const std::string& key = keys[dice() % keys.size()];
        if (dice() % 3 == 0) {
            EXPECT_EQ(remove(owner_, key).has_value(), model.erase(key) == 1);
        } else {
            const std::string& second = keys[dice() % keys.size()];
            const bool good = dice() % 4 != 0 && second != key;
            const std::string value = std::to_string(step);
            const auto outcome = must(set({value_of(key, value), value_of(second, value)}));
            EXPECT_EQ(outcome.problems.empty(), second != key);
            if (second != key) model[key] = model[second] = value;
            if (!good) {
                EXPECT_FALSE(
                    must(set({value_of(key, "7"), value_of(second, "x")})).problems.empty());
            }
        }
        for (const std::string& each : keys) {
            ASSERT_EQ(stored(each), model.contains(each) ? model[each] : "(none)");
        }
    }
}

}  // namespace
}  // namespace latchkey::metafields
