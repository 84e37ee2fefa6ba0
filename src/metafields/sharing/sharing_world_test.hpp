#pragma once

// Two apps that share: app_ owns, other_app_ is granted. For the tests of sharing.

#include "metafields/namespaces.hpp"
#include "metafields/store_test.hpp"
#include "store/client_roles.hpp"
#include "store/clients.hpp"
#include "store/metafield_definitions.hpp"
#include "testing/transactions.hpp"

namespace latchkey::metafields {

class SharingTest : public StoreTest {
protected:
    void SetUp() override {
        for (const ClientId id : {app_, other_app_, third_app_}) {
            ClientRecord client;
            client.id = id;
            client.created_at = now_;
            write([&](auto& tx) { return store::insert_client(tx, client); });
        }
    }

    template <class Work>
    void write(Work work) {
        auto tx = must(testing::begin_write(*database_));
        must(work(*tx));
        must(tx->commit());
    }

    static constexpr ScopeSet sharing_rights{
        static_cast<std::uint32_t>(Scope::share_metafield) |
        static_cast<std::uint32_t>(Scope::metafield_namespace)};

    void join_role(std::string role, ClientId app) {
        write([&](auto& tx) -> Result<void> {
            TRY(store::add_role_member(tx, {RealmId{}, std::move(role), app, now_}));
            return {};
        });
    }
    /// A definition of app_, through its API.
    void define_own(std::string_view key, std::optional<std::string_view> name_space = {}) {
        const auto outcome = must(define(owner_caller_, {.identifier = {key, name_space},
                                                         .name = "A name",
                                                         .description = "",
                                                         .type = "number_integer",
                                                         .validations = {},
                                                         .access = {}}));
        ASSERT_TRUE(outcome.definition) << outcome.problems.at(0).message;
    }
    void create_own_namespace(std::string_view key, std::optional<std::string_view> parent = {}) {
        const auto outcome = must(run([&](auto& tx) {
            return create_namespace(
                tx, testing::system_random(), owner_caller_,
                {.identifier = {key, parent}, .name = "N", .description = "", .access = {}}, now_);
        }));
        ASSERT_TRUE(outcome.name_space) << outcome.problems.at(0).message;
    }
    Problems grant(const Caller& caller, const Identifier& identifier, const Target& target,
                   AccessLevel level) {
        return must(run([&](auto& tx) {
            return grant_access(tx, caller, identifier, {std::nullopt, {{target, level}}},
                                std::nullopt, now_);
        }));
    }
    Problems grant(const Identifier& identifier, const Target& target, AccessLevel level) {
        return grant(owner_caller_, identifier, target, level);
    }
    Problems grant_default(const Identifier& identifier, AccessLevel level) {
        return must(run([&](auto& tx) {
            return grant_access(tx, owner_caller_, identifier, {level, {}}, std::nullopt, now_);
        }));
    }
    Problems revoke(const Caller& caller, const Identifier& identifier, const Target& target) {
        return must(run(
            [&](auto& tx) { return revoke_access(tx, caller, identifier, std::vector{target}); }));
    }
    std::optional<MetafieldDefinitionRecord> found(ClientId app, const Identifier& identifier) {
        const auto tx = must(database_->read());
        return must(find_definition(*tx, app, identifier));
    }
    std::vector<std::string> listed_keys(ClientId app) {
        const auto tx = must(database_->read());
        const store::Page page{
            .after = {}, .before = {}, .direction = store::Direction::forward, .limit = 250};
        std::vector<std::string> keys;
        for (const auto& definition : must(list_definitions(*tx, app, {}, page)).nodes) {
            keys.push_back(definition.key);
        }
        return keys;
    }
    Problems change(const Caller& caller, const DefinitionChange& wanted) {
        return must(run([&](auto& tx) { return change_definition(tx, caller, wanted, now_); }))
            .problems;
    }
    static DefinitionChange change_of(const Identifier& identifier) {
        return {.identifier = identifier,
                .key = {},
                .name = {},
                .description = {},
                .validations = {},
                .access = {}};
    }
    Problems set_as(ClientId app, const Identifier& identifier, std::string_view value) {
        const std::vector<NewValue> wanted{{identifier, value, {}}};
        return must(run([&](auto& tx) {
                   return set_metafields(tx, {owner_.user_id, app}, wanted, now_);
               }))
            .problems;
    }

    static Target app_target(const std::string& gid) { return {{}, gid, {}}; }
    static Target role_target(std::string_view role) { return {{}, {}, role}; }
    static Target namespace_target(std::string_view path) { return {path, {}, {}}; }

    ClientId third_app_ = make_id<ClientId>(testing::system_random());
    Caller owner_caller_{app_, sharing_rights};
    Caller grantee_caller_{other_app_, sharing_rights};
    std::string owner_namespace_ = reserved_namespace(app_);
    std::string grantee_gid_ = client_gid(other_app_);
    std::string third_gid_ = client_gid(third_app_);
};

}  // namespace latchkey::metafields
