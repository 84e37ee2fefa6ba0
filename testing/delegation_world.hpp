#pragma once

// The world (world.hpp) with an app and a person, for tests of grants and their endpoints.

#include <memory>
#include <string>
#include <utility>

#include "clients/clients.hpp"
#include "clients/secret_uses.hpp"
#include "crypto/system_random.hpp"
#include "database/run_write.hpp"
#include "grants/access.hpp"
#include "grants/connections.hpp"
#include "grants/exchange.hpp"
#include "grants/refresh.hpp"
#include "keys/key_ring.hpp"
#include "realm/act.hpp"
#include "realm/public_ids.hpp"
#include "store/audit.hpp"
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
    clients::CreatedClient app = make_app("First app");
    UserId user = make_user();

    /// `work(tx)` in one transaction of its own, as a request runs it.
    template <class Work>
    auto write(const Work& work) const {
        return database::run_write(*database, work);
    }
    template <class Work>
    auto read(const Work& work) const {
        const auto tx = must(database->read());
        return work(*tx);
    }

    clients::CreatedClient make_app(std::string name) {
        clients::NewClient client;
        client.name = std::move(name);
        client.origins = {"https://shop.example.com"};
        client.scopes = ScopeSet(all_test_scopes);
        return must(write([&](auto& tx) { return clients::create_client(act(), tx, client); }));
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
        must(write([&](auto& tx) { return store::insert_user(tx, record); }));
        return record.id;
    }

    [[nodiscard]] std::string consent(const ClientRecord& client, ScopeSet scopes) const {
        const tokens::ConsentGrant grant{client.id, user, scopes, "https://shop.example.com"};
        const auto token =
            must(read([&](auto& tx) { return tokens::issue_consent_token(act(), tx, grant); }));
        return std::string(token.reveal());
    }
    [[nodiscard]] std::string consent() const {
        return consent(app.record, ScopeSet(all_test_scopes));
    }

    [[nodiscard]] grants::Answer<grants::ExchangeRefusal> fetch(
        const ClientRecord& client, const grants::ExchangeRequest& request) const {
        return write(
            [&](auto& tx) { return grants::fetch_tokens_for_user(act(), tx, client, request); });
    }
    [[nodiscard]] grants::Answer<grants::ExchangeRefusal> fetch(
        const grants::ExchangeRequest& request) const {
        return fetch(app.record, request);
    }
    /// Tokens by a fresh consent: what most tests start from.
    [[nodiscard]] grants::Tokens connect() const {
        const std::string token = consent();
        return must(fetch({token, std::nullopt}));
    }
    [[nodiscard]] oauth::Result<grants::Tokens> refresh(
        const ClientRecord& client, const grants::RefreshRequest& request) const {
        return write([&](auto& tx) { return grants::refresh_tokens(act(), tx, client, request); });
    }
    [[nodiscard]] oauth::Result<grants::Tokens> refresh(
        const grants::RefreshRequest& request) const {
        return refresh(app.record, request);
    }
    [[nodiscard]] Result<grants::Access> access(const Secret& token) const {
        return read(
            [&](auto& tx) { return grants::authorize_access(realm, tx, token.reveal(), now()); });
    }
    /// The action of the trail's last line.
    [[nodiscard]] std::string newest_audit() const {
        return read([&](auto& tx) {
            return must(store::list_newest_audit(tx, realm.id(), 1)).at(0).action;
        });
    }
    /// The person withdraws from the app.
    [[nodiscard]] grants::RevokeOutcome disconnect() const {
        return must(write(
            [&](auto& tx) { return grants::revoke_connection(act(), tx, {user, app.record.id}); }));
    }
    [[nodiscard]] Result<void> delete_app() const {
        return write([&](auto& tx) { return clients::delete_client(act(), tx, app.record.id); });
    }
};

}  // namespace latchkey::testing
