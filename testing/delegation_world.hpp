#pragma once

// The world (world.hpp) with an app and a person, for tests of delegation and its endpoints.

#include <memory>
#include <string>
#include <utility>

#include "clients/clients.hpp"
#include "clients/secret_uses.hpp"
#include "grants/exchange.hpp"
#include "realm/services.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"
#include "testing/must.hpp"
#include "testing/world.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::testing {

inline constexpr std::uint32_t all_test_scopes =
    static_cast<std::uint32_t>(Scope::email) | static_cast<std::uint32_t>(Scope::profile);

struct DelegationWorld : World {
    clients::SecretUses secret_uses;
    realm::Services services{*database, realm, {clock, system_random()}, secret_uses};
    clients::CreatedClient app = make_app("First app");
    UserId user = make_user();

    clients::CreatedClient make_app(std::string name) {
        clients::NewClient client;
        client.name = std::move(name);
        client.origins = {"https://shop.example.com"};
        client.scopes = ScopeSet(all_test_scopes);
        return must(clients::create_client(services, client, now(), test_audit));
    }

    UserId make_user() {
        UserRecord record;
        record.id = make_id<UserId>(system_random());
        record.realm_id = shared_keys().realm();
        record.email_hash.resize(32);
        system_random().fill(record.email_hash);
        record.wrapped_key = {1, 2, 3};
        record.sealed_profile = {4, 5, 6};
        record.created_at = record.updated_at = now();
        auto tx = must(database->write());
        must(store::insert_user(*tx, record));
        must(tx->commit());
        return record.id;
    }

    [[nodiscard]] std::string consent(const ClientRecord& client, ScopeSet scopes) const {
        auto tx = must(database->read());
        const tokens::ConsentGrant grant{client.id, user, scopes, "https://shop.example.com"};
        return std::string(must(tokens::issue_consent_token(services, *tx, grant, now())).reveal());
    }
    [[nodiscard]] std::string consent() const {
        return consent(app.record, ScopeSet(all_test_scopes));
    }

    [[nodiscard]] Result<grants::ExchangeOutcome> fetch(
        const grants::ExchangeRequest& request) const {
        return grants::fetch_tokens_for_user(services, app.record, request, now(), test_audit);
    }
    /// Tokens by a fresh consent: what most tests start from.
    [[nodiscard]] grants::IssuedTokens connect() const {
        const std::string token = consent();
        return std::get<grants::IssuedTokens>(must(fetch({token, std::nullopt})));
    }
};

}  // namespace latchkey::testing
