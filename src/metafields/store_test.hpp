#pragma once

// A real store with two apps and two people, for the tests of this folder.

#include <gtest/gtest.h>

#include "metafields/definitions.hpp"
#include "metafields/values.hpp"
#include "store/clients.hpp"
#include "store/metafield_values.hpp"
#include "testing/custom_data.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::metafields {

using testing::must;

class StoreTest : public ::testing::Test {
protected:
    /// A change in a transaction of its own.
    template <class Change>
    auto run(const Change& work) {
        return testing::run_change(*database_, work);
    }
    Result<DefinitionOutcome> define(const NewDefinition& wanted) {
        return define(caller_, wanted);
    }
    Result<DefinitionOutcome> define(const Caller& caller, const NewDefinition& wanted) {
        return run([&](auto& tx) {
            return define_metafield(tx, testing::system_random(), caller, wanted, now_);
        });
    }
    /// A definition that must succeed.
    MetafieldDefinitionRecord defined(std::string_view key, std::string_view type) {
        auto outcome = must(define({.identifier = {.key = key, .name_space = {}},
                                    .name = "A name",
                                    .description = "",
                                    .type = type,
                                    .validations = {},
                                    .access = {}}));
        EXPECT_TRUE(outcome.problems.empty());
        return outcome.definition.value();
    }
    Result<SetOutcome> set(std::vector<NewValue> wanted) {
        return run([&](auto& tx) { return set_metafields(tx, owner_, wanted, now_); });
    }
    /// Deletes one value: what was there.
    std::optional<store::DefinedValue> remove(const Owner& owner, std::string_view key) {
        const std::vector<Identifier> named{{.key = key, .name_space = {}}};
        auto outcome =
            must(run([&](auto& tx) { return delete_metafields(tx, owner, named, now_); }));
        EXPECT_TRUE(outcome.problems.empty());
        return std::move(outcome.deleted.at(0));
    }
    static NewValue value_of(std::string_view key, std::string_view value) {
        return {.identifier = {.key = key, .name_space = {}}, .value = value};
    }
    /// The stored text, or "(none)".
    std::string stored(std::string_view key) { return stored(owner_, key); }
    std::string stored(const Owner& owner, std::string_view key) {
        const auto tx = must(database_->read());
        const auto found = must(find_value(*tx, owner, {.key = key, .name_space = {}}));
        return found ? found->value.value : "(none)";
    }

    testing::TemporaryFolder folder_;
    std::unique_ptr<database::Database> database_ = testing::open_store(folder_);
    ClientId app_ = make_id<ClientId>(testing::system_random());
    ClientId other_app_ = make_id<ClientId>(testing::system_random());
    Caller caller_{app_, ScopeSet()};
    Caller other_caller_{other_app_, ScopeSet()};
    Owner owner_{make_id<UserId>(testing::system_random()), app_};
    Timestamp now_ = from_unix(1'800'000'000);
};

}  // namespace latchkey::metafields
