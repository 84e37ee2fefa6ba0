#pragma once

// Both APIs over a real store, for the tests of this folder: apps, people, tokens, and documents
// run through the real engines. Answers are compared as whole texts.

#include <gtest/gtest.h>

#include "api/partners/api.hpp"
#include "api/partners/context.hpp"
#include "api/users/api.hpp"
#include "api/users/context.hpp"
#include "database/run_write.hpp"
#include "people/users.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::api {

using testing::must;

inline constexpr ScopeSet every_scope(0x1FFU);

/// One engine for each API and version, for all tests.
inline const graphql::Engine& engine_of(Version version, decltype(partners::make_engine)& make) {
    static std::map<std::pair<Version, void*>, std::unique_ptr<graphql::Engine>> engines;
    auto& engine = engines[{version, reinterpret_cast<void*>(&make)}];
    if (!engine) engine = must(make(version, {}));
    return *engine;
}

class ApiTest : public ::testing::Test {
protected:
    [[nodiscard]] realm::Act act() const {
        return {services_.realm, testing::system_random(), clock_.now(), testing::test_audit};
    }
    clients::CreatedClient make_app(ScopeSet scopes) {
        clients::NewClient app;
        app.name = "Shoes";
        app.origins = {"https://shoes.example.com"};
        app.scopes = scopes;
        return must(database::run_write(
            *database_, [&](auto& tx) { return clients::create_client(act(), tx, app); }));
    }

    UserId make_user(Profile profile) {
        auto tx = must(database_->write());
        const auto user = must(people::create_user(
            *tx, services_.realm.keys, testing::system_random(), std::move(profile), clock_.now()));
        must(tx->commit());
        return user.id;
    }

    /// Somebody of whom nothing else is known.
    UserId make_user(std::string_view email) {
        Profile profile;
        profile.email = email;
        return make_user(std::move(profile));
    }

    std::string consent(const ClientRecord& client, UserId user, ScopeSet scopes) {
        auto tx = must(database_->read());
        const tokens::ConsentGrant grant{client.id, user, scopes, "https://shoes.example.com"};
        return std::string(must(tokens::issue_consent_token(act(), *tx, grant)).reveal());
    }

    /// An access token of a user who has just agreed to `scopes`.
    std::string connect(const ClientRecord& client, UserId user, ScopeSet scopes) {
        const std::string token = consent(client, user, scopes);
        const auto tokens = must(database::run_write(*database_, [&](auto& tx) {
            return grants::fetch_tokens_for_user(act(), tx, client, {token, std::nullopt});
        }));
        return std::string(tokens.access_token.reveal());
    }

    std::string ask_partners(const ClientRecord& client, std::string_view query,
                             std::string_view variables = "null") {
        return run(query, variables, engine_of(version_, partners::make_engine),
                   [&](Transactions store) {
                       return partners::RequestContext{realm_,
                                                       testing::system_random(),
                                                       std::make_shared<const ClientRecord>(client),
                                                       clock_.now(),
                                                       testing::test_audit,
                                                       std::nullopt,
                                                       store};
                   });
    }

    std::string ask_users(std::string_view access_token, std::string_view query,
                          std::string_view variables = "null") {
        return run(query, variables, engine_of(version_, users::make_engine),
                   [&](Transactions store) {
                       auto access = must(store.read([&](auto& tx) {
                           return grants::authorize_access(realm_, tx, access_token, clock_.now());
                       }));
                       return users::RequestContext{realm_, std::move(access), clock_.now(), store};
                   });
    }

    /// Runs a query in a transaction, a mutation in a group, as the endpoints do.
    template <class MakeContext>
    std::string run(std::string_view query, std::string_view variables,
                    const graphql::Engine& engine, const MakeContext& make_context) {
        std::string out;
        const auto plan = engine.prepare(query);
        if (!plan) {
            graphql::append_response(out, plan.error());
            return out;
        }
        const auto execute = [&](auto& store) {
            auto context = make_context(Transactions(store));
            out.clear();
            engine.execute(**plan, must(json::parse(variables)), context, out);
        };
        if (graphql::Engine::summary(**plan).operation == graphql::OperationKind::query) {
            const auto tx = must(database_->read());
            execute(*tx);
        } else {
            must(database::run_group(
                *database_, database::Isolation::isolated, execute,
                [](const std::exception_ptr& bug) { std::rethrow_exception(bug); }));
        }
        return out;
    }

    [[nodiscard]] std::string public_id(const ClientRecord& client, UserId user) const {
        return services_.realm.public_ids.public_id(client.id, user);
    }

    Version version_ = Version::latest;
    testing::TemporaryFolder folder_;
    testing::ManualClock clock_;
    std::unique_ptr<database::Database> database_ = testing::open_store(folder_);
    clients::SecretUses secret_uses_;
    realm::Realm realm_{.keys = testing::shared_keys(),
                        .issuer = "https://id.example.com",
                        .partners_audience = "https://id.example.com/api/partners"};
    realm::Services services_{*database_, realm_, {clock_, testing::system_random()}, secret_uses_};
    Profile ada_{.email = "ada@example.com",
                 .email_verified = true,
                 .phone = "+14155550123",
                 .phone_verified = true,
                 .given_name = "Ada",
                 .family_name = "Lovelace",
                 .avatar = "https://img.example.com/ada.png"};
};

}  // namespace latchkey::api
