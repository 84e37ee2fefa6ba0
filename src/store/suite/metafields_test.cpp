// Conformance: metafield definitions and values.

#include <gtest/gtest.h>

#include "store/metafield_definitions.hpp"
#include "store/metafield_values.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::definition_record;
using testing::id_of;
using testing::test_now;
using testing::value_record;

class Metafields : public testing::StoreSuite {
protected:
    Metafields() {
        for (std::uint32_t n = 1; n <= 4; ++n) insert(definition_record(n));
    }
    void insert(const MetafieldDefinitionRecord& definition) {
        write([&](auto& tx) { return insert_definition(tx, definition); });
    }
    void put(const MetafieldValueRecord& value) {
        write([&](auto& tx) { return put_value(tx, value); });
    }
    std::optional<MetafieldDefinitionRecord> find(std::uint32_t n) {
        return read([&](auto& tx) { return find_definition(tx, id_of<DefinitionId>(n)); });
    }
    std::optional<DefinedValue> value(std::uint32_t n) {
        return read([&](auto& tx) { return find_value(tx, user_, id_of<DefinitionId>(n)); });
    }
    std::vector<std::string> keys(const Page& page) {
        std::vector<std::string> all;
        const auto definitions =
            read([&](auto& tx) { return list_definitions(tx, client_, page); });
        for (const auto& definition : definitions) all.push_back(definition.key);
        return all;
    }
    const UserId user_ = id_of<UserId>(1);
    const ClientId client_ = id_of<ClientId>(1);
};
INSTANTIATE_TEST_SUITE_P(On, Metafields, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Metafields, DefinitionsAreFoundByIdAndByKey) {
    const DefinitionKey key{client_, "", "key-2"};
    for (const auto& found : {find(2), read([&](auto& tx) { return find_definition(tx, key); })}) {
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->id, id_of<DefinitionId>(2));
        EXPECT_EQ(found->client_id, client_);
        EXPECT_EQ(found->name_space, "");
        EXPECT_EQ(found->key, "key-2");
        EXPECT_EQ(found->name, "Name");
        EXPECT_EQ(found->description, "What it is");
        EXPECT_EQ(found->type, "single_line_text_field");
        ASSERT_EQ(found->validations.size(), 2U);
        EXPECT_EQ(found->validations[1].name, "regex");
        EXPECT_EQ(found->validations[1].value, R"(^[a,b]{2}:\d$)");
        EXPECT_EQ(found->created_at, test_now);
        EXPECT_EQ(found->updated_at, test_now);
    }
    EXPECT_FALSE(find(9));
    auto twin = definition_record(9);
    twin.key = "key-2";
    EXPECT_EQ(write_error([&](auto& tx) { return insert_definition(tx, twin); }),
              ErrorCode::conflict);
}

TEST_P(Metafields, DefinitionsChangeUnlessTheKeyIsTaken) {
    auto changed = definition_record(1);
    changed.key = "another";
    changed.name = "Other";
    changed.description = "";
    changed.validations = {};
    changed.updated_at = test_now + Seconds(5);
    write([&](auto& tx) { return update_definition(tx, changed); });
    EXPECT_EQ(find(1)->key, "another");
    EXPECT_EQ(find(1)->name, "Other");
    EXPECT_TRUE(find(1)->validations.empty());
    EXPECT_EQ(find(1)->updated_at, test_now + Seconds(5));
    changed.key = "key-2";
    EXPECT_EQ(write_error([&](auto& tx) { return update_definition(tx, changed); }),
              ErrorCode::conflict);
    EXPECT_EQ(write_error([&](auto& tx) { return update_definition(tx, definition_record(9)); }),
              ErrorCode::not_found);
}

TEST_P(Metafields, DefinitionsAreListedForwardAndBackward) {
    using enum Direction;
    const auto second = id_of<DefinitionId>(2);
    EXPECT_EQ(keys({.after = {}, .before = {}, .direction = forward, .limit = 2}),
              (std::vector<std::string>{"key-1", "key-2"}));
    EXPECT_EQ(keys({.after = second, .before = {}, .direction = forward, .limit = 9}),
              (std::vector<std::string>{"key-3", "key-4"}));
    EXPECT_EQ(keys({.after = {}, .before = {}, .direction = backward, .limit = 1}),
              std::vector<std::string>{"key-4"});
    EXPECT_EQ(keys({.after = {}, .before = second, .direction = backward, .limit = 9}),
              std::vector<std::string>{"key-1"});
    EXPECT_EQ(read([&](auto& tx) { return count_definitions(tx, client_); }), 4);
    EXPECT_EQ(read([&](auto& tx) { return count_definitions(tx, id_of<ClientId>(2)); }), 0);
}

TEST_P(Metafields, ValuesKeepWhenTheyWereMade) {
    put(value_record(1));
    auto next = value_record(1);
    next.value = "next";
    next.created_at = next.updated_at = test_now + Seconds(7);
    put(next);
    const DefinitionKey key{client_, "", "key-1"};
    for (const auto& found :
         {value(1), read([&](auto& tx) { return find_value(tx, user_, key); })}) {
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->definition.key, "key-1");
        EXPECT_EQ(found->value.user_id, user_);
        EXPECT_EQ(found->value.definition_id, id_of<DefinitionId>(1));
        EXPECT_EQ(found->value.value, "next");
        EXPECT_EQ(found->value.created_at, test_now);
        EXPECT_EQ(found->value.updated_at, test_now + Seconds(7));
    }
    EXPECT_EQ(write_error([&](auto& tx) { return put_value(tx, value_record(9)); }),
              ErrorCode::not_found);
    const auto remove = [&] {
        return write([&](auto& tx) { return delete_value(tx, user_, id_of<DefinitionId>(1)); });
    };
    EXPECT_TRUE(remove());
    EXPECT_FALSE(remove());
    EXPECT_FALSE(value(1));
}

TEST_P(Metafields, ValuesAreListedOfOneAppAndOfAll) {
    auto theirs = definition_record(5);
    theirs.client_id = id_of<ClientId>(2);
    insert(theirs);
    for (const std::uint32_t n : {1U, 2U, 3U, 5U}) put(value_record(n));
    const auto list = [&](const Page& page) {
        return read([&](auto& tx) { return list_values(tx, user_, client_, page); });
    };
    const auto forward =
        list({.after = {}, .before = {}, .direction = Direction::forward, .limit = 9});
    ASSERT_EQ(forward.size(), 3U);
    EXPECT_EQ(forward[0].definition.key, "key-1");
    const auto backward =
        list({.after = {}, .before = {}, .direction = Direction::backward, .limit = 1});
    EXPECT_EQ(backward.at(0).definition.key, "key-3");
    const auto kept = read([&](auto& tx) { return list_kept_values(tx, user_, 9); });
    ASSERT_EQ(kept.size(), 4U);
    EXPECT_EQ(kept[3].client_id, id_of<ClientId>(2));
    EXPECT_EQ(kept[3].name_space, "");
    EXPECT_EQ(kept[3].key, "key-5");
    EXPECT_EQ(kept[3].value, "value");
    EXPECT_EQ(kept[3].updated_at, test_now);
    EXPECT_EQ(read([&](auto& tx) { return list_kept_values(tx, user_, 2); }).size(), 2U);
}

TEST_P(Metafields, ADeletedDefinitionTakesItsValuesOutOfSight) {
    put(value_record(1));
    write([](auto& tx) { return delete_definition(tx, id_of<DefinitionId>(1)); });
    EXPECT_FALSE(find(1));
    EXPECT_FALSE(value(1));
    EXPECT_TRUE(read([&](auto& tx) { return list_kept_values(tx, user_, 9); }).empty());
    write([&](auto& tx) { return delete_definitions_of(tx, client_); });
    EXPECT_EQ(read([&](auto& tx) { return count_definitions(tx, client_); }), 0);
}

TEST_P(Metafields, OneOfSeveralOfOneKeyIsDefined) {
    const int winners = race([](database::WriteTransaction& tx, int racer) -> Result<bool> {
        auto definition = definition_record(static_cast<std::uint32_t>(racer) + 10);
        definition.key = "same";
        TRY(insert_definition(tx, definition));
        return true;
    });
    EXPECT_EQ(winners, 1);
}

TEST_P(Metafields, OneOfSeveralValuesStaysAndOneOfSeveralDeletionsTakesIt) {
    const int put_by = race([](database::WriteTransaction& tx, int racer) -> Result<bool> {
        auto next = value_record(1);
        next.value = std::to_string(racer);
        next.updated_at = test_now + Seconds(racer);
        TRY(put_value(tx, next));
        return true;
    });
    EXPECT_EQ(put_by, 4);
    const Page page{.after = std::nullopt, .before = std::nullopt, .limit = 10};
    const auto all = read([&](auto& tx) { return list_values(tx, user_, client_, page); });
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].value.updated_at, test_now + Seconds(std::stoi(all[0].value.value)));
    const int taken = race([&](database::WriteTransaction& tx, int) {
        return delete_value(tx, user_, id_of<DefinitionId>(1));
    });
    EXPECT_EQ(taken, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
