#pragma once

// A small world for tests of delegation and its endpoints: a real SQLite store in a folder of its
// own, real keys, a clock that stands still until it is told otherwise, an app and a person.

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "audit/audit.hpp"
#include "base/clock.hpp"
#include "clients/clients.hpp"
#include "clients/secret_uses.hpp"
#include "crypto/system_random.hpp"
#include "grants/exchange.hpp"
#include "keys/key_ring.hpp"
#include "realm/services.hpp"
#include "sqlite/database.hpp"
#include "store/connections.hpp"
#include "store/migrations.hpp"
#include "store/users.hpp"
#include "testing/must.hpp"
#include "testing/temporary_folder.hpp"
#include "tokens/consent_token.hpp"
#include "tokens/public_id.hpp"

namespace latchkey::testing {

class ManualClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return from_unix(seconds_.load()); }
    void advance(Seconds by) { seconds_ += by.count(); }

private:
    std::atomic<std::int64_t> seconds_{1'800'000'000};
};

inline crypto::SystemRandom& system_random() {
    static crypto::SystemRandom random;
    return random;
}

inline std::unique_ptr<database::Database> open_store(const TemporaryFolder& folder) {
    sqlite::Options options;
    options.folder = folder.path();
    auto opened = must(sqlite::open(options));
    must(store::migrate(*opened, from_unix(1'800'000'000)));
    return opened;
}

/// One ring for all tests of a binary: making an RSA key takes a while.
inline const keys::KeyRing& shared_keys() {
    static const std::unique_ptr<keys::KeyRing> ring = [] {
        const TemporaryFolder folder;
        const auto store = open_store(folder);
        Secret master(std::string(keys::KeyRing::key_size, '\x5a'));
        return must(keys::KeyRing::load(master, *store, system_random(), from_unix(1'800'000'000)));
    }();
    return *ring;
}

inline constexpr audit::Context test_audit{"client", "req-1", "192.0.2.7"};
inline constexpr std::uint32_t all_test_scopes =
    static_cast<std::uint32_t>(Scope::email) | static_cast<std::uint32_t>(Scope::profile);

struct DelegationWorld {
    TemporaryFolder folder;
    ManualClock clock;
    std::unique_ptr<database::Database> database = open_store(folder);
    tokens::PublicIds public_ids{shared_keys()};
    clients::SecretUses secret_uses;
    realm::Services services{*database,
                             shared_keys(),
                             public_ids,
                             system_random(),
                             clock,
                             "https://id.example.com",
                             "https://id.example.com/api/partners",
                             secret_uses};
    clients::CreatedClient app = make_app("First app");
    UserId user = make_user();

    [[nodiscard]] Timestamp now() const { return clock.now(); }

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
