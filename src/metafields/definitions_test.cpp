#include "metafields/definitions.hpp"

#include <gmock/gmock.h>

#include "metafields/limits.hpp"
#include "metafields/store_test.hpp"

namespace latchkey::metafields {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using MetafieldDefinitions = StoreTest;

NewDefinition membership() {
    return {.identifier = {.key = "my-membership", .name_space = {}},
            .name = "Membership",
            .description = "Level in the loyalty programme",
            .type = "single_line_text_field",
            .validations = {{"choices", R"(["gold","silver"])"}},
            .access = {}};
}

TEST_F(MetafieldDefinitions, AreFoundUnderEveryNameOfTheReservedNamespace) {
    const auto created = must(define(membership())).definition.value();
    EXPECT_EQ(created.name_space, "");
    EXPECT_EQ(created.created_at, now_);
    const auto tx = must(database_->read());
    const std::string reserved = reserved_namespace(app_);
    for (const auto& name_space :
         {std::optional<std::string_view>(), std::optional<std::string_view>("$app"),
          std::optional<std::string_view>(reserved)}) {
        const auto found = must(find_definition(*tx, app_, {"my-membership", name_space}));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->id, created.id);
        EXPECT_EQ(found->name, "Membership");
        EXPECT_EQ(found->description, "Level in the loyalty programme");
        EXPECT_EQ(found->type, "single_line_text_field");
        ASSERT_THAT(found->validations, SizeIs(1));
        EXPECT_EQ(found->validations[0].value, R"(["gold","silver"])");
    }
}

TEST_F(MetafieldDefinitions, AreNotFoundByAnotherApp) {
    must(define(membership()));
    const auto tx = must(database_->read());
    const std::string reserved = reserved_namespace(app_);
    EXPECT_FALSE(must(find_definition(*tx, other_app_, {"my-membership", {}})));
    EXPECT_FALSE(must(find_definition(*tx, other_app_, {"my-membership", reserved})));
    EXPECT_FALSE(
        must(find_definition(*tx, app_, {"my-membership", reserved_namespace(other_app_)})));
}

struct RefusalRow {
    std::string_view what;
    void (*spoil)(NewDefinition&);
    std::vector<std::string> field;
    std::string_view why;
};

const std::vector<RefusalRow> refusal_rows = {
    {"short key", [](NewDefinition& d) { d.identifier.key = "a"; }, {"key"}, "2 to 64"},
    {"bad key", [](NewDefinition& d) { d.identifier.key = "a.b"; }, {"key"}, "letters"},
    {"blank name", [](NewDefinition& d) { d.name = " "; }, {"name"}, "blank"},
    {"bad text", [](NewDefinition& d) { d.description = "\xFF"; }, {"description"}, "NUL"},
    {"no such type", [](NewDefinition& d) { d.type = "string"; }, {"type"}, "boolean, "},
    {"bad rule",
     [](NewDefinition& d) { d.validations = {{"colour", "x"}}; },
     {"validations", "0", "name"},
     "no validation"},
};

TEST_F(MetafieldDefinitions, AreRefusedWithThePathOfWhatIsWrong) {
    for (const RefusalRow& row : refusal_rows) {
        SCOPED_TRACE(row.what);
        NewDefinition wanted = membership();
        row.spoil(wanted);
        const auto outcome = must(define(wanted));
        EXPECT_FALSE(outcome.definition);
        ASSERT_THAT(outcome.problems, SizeIs(1));
        EXPECT_EQ(outcome.problems[0].field, row.field);
        EXPECT_THAT(outcome.problems[0].message, HasSubstr(row.why));
    }
}

TEST_F(MetafieldDefinitions, TellEverythingThatIsWrongAtOnce) {
    const auto outcome = must(define({.identifier = {.key = "", .name_space = {}},
                                      .name = "",
                                      .description = "",
                                      .type = "",
                                      .validations = {},
                                      .access = {}}));
    EXPECT_THAT(outcome.problems, SizeIs(3));
}

TEST_F(MetafieldDefinitions, KeepTheirKeysApart) {
    must(define(membership()));
    const auto again = must(define(membership()));
    EXPECT_FALSE(again.definition);
    ASSERT_THAT(again.problems, SizeIs(1));
    EXPECT_THAT(again.problems[0].field, ElementsAre("key"));
    EXPECT_THAT(again.problems[0].message, HasSubstr("in use"));
    // Another app has its own keys.
    const auto other = must(define(other_caller_, membership()));
    EXPECT_TRUE(other.definition);
}

TEST_F(MetafieldDefinitions, AreLimitedInNumberForEachApp) {
    for (int i = 0; i < max_definitions_per_client; ++i) {
        defined("key-" + std::to_string(i), "boolean");
    }
    const auto outcome = must(define(membership()));
    EXPECT_FALSE(outcome.definition);
    ASSERT_THAT(outcome.problems, SizeIs(1));
    EXPECT_THAT(outcome.problems[0].message, HasSubstr("256"));
    const auto other = must(define(other_caller_, membership()));
    EXPECT_TRUE(other.definition);
}

TEST_F(MetafieldDefinitions, ListOnlyThoseNamedAndEachOnce) {
    defined("one", "boolean");
    const auto two = defined("two", "boolean");
    const auto tx = must(database_->read());
    const std::vector<Identifier> named = {
        {"two", {}}, {"none", {}}, {"two", "$app"}, {"one", "x"}};
    const auto slice = must(list_definitions(
        *tx, app_, named,
        {.after = {}, .before = {}, .direction = store::Direction::forward, .limit = 10}));
    ASSERT_THAT(slice.nodes, SizeIs(1));
    EXPECT_EQ(slice.nodes[0].id, two.id);
    EXPECT_FALSE(slice.has_next_page);
    EXPECT_FALSE(slice.has_previous_page);

    const std::vector<Identifier> many(max_identifiers_per_query + 1, Identifier{"one", {}});
    const auto refused = list_definitions(*tx, app_, many, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace latchkey::metafields
