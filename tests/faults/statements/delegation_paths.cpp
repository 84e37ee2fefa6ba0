// Write paths of delegation.

#include "audit/audit.hpp"
#include "grants/connections.hpp"
#include "grants/exchange.hpp"
#include "grants/refresh.hpp"
#include "grants/revocation.hpp"
#include "store/connections.hpp"
#include "tests/faults/statements/write_paths.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::testing {
namespace {

using testing::must;

constexpr audit::Context audit{"client", "request", "192.0.2.1"};

/// A refusal is as good an end as success: it is what the path is about.
template <class T>
Result<void> refused(const Result<T>& result) {
    if (!result && result.error().code == ErrorCode::invalid_token) return {};
    return done(result);
}

grants::IssuedTokens exchange(FaultWorld& world, const grants::ExchangeRequest& request) {
    return std::get<grants::IssuedTokens>(must(
        grants::fetch_tokens_for_user(world.services, world.app, request, world.now(), audit)));
}

/// Leaves the public id and the refresh token of a fresh connection.
void connect(FaultWorld& world) {
    const auto tokens = exchange(world, {world.consent_token(0), std::nullopt});
    world.texts = {tokens.public_id, std::string(tokens.refresh_token.reveal()),
                   std::string(tokens.access_token.reveal())};
}

Result<void> act_exchange(FaultWorld& world) {
    return done(grants::fetch_tokens_for_user(
        world.services, world.app, {world.texts.at(0), std::nullopt}, world.now(), audit));
}

Result<void> act_issue_again(FaultWorld& world) {
    return done(grants::fetch_tokens_for_user(
        world.services, world.app, {std::nullopt, world.texts.at(0)}, world.now(), audit));
}

Result<void> act_refresh(FaultWorld& world) {
    return refused(grants::refresh_tokens(world.services, world.app,
                                          {world.texts.at(1), std::nullopt}, world.now(), audit));
}

Result<void> act_revoke(FaultWorld& world) {
    return done(
        grants::revoke_connection(world.services, {world.user, world.app.id}, world.now(), audit));
}

void prepare_refreshed(FaultWorld& world, int times) {
    connect(world);
    std::string token = world.texts.at(1);
    for (int i = 0; i < times; ++i) {
        const auto next = must(grants::refresh_tokens(world.services, world.app,
                                                      {token, std::nullopt}, world.now(), audit));
        token = next.refresh_token.reveal();
    }
}

branding::Logo some_logo() { return must(branding::make_logo("<svg></svg>")); }

Result<void> change_app(FaultWorld& world, clients::ClientChange change) {
    return clients::update_client(world.services, world.app.id, std::move(change), world.now(),
                                  audit);
}

std::vector<WritePath> client_paths() {
    return {
        {"CreateClient", [](FaultWorld&) {},
         [](FaultWorld& world) {
             clients::NewClient app;
             app.name = "Second";
             app.scopes = contract_scopes().known(world.app.scopes);
             return done(clients::create_client(world.services, app, world.now(), audit));
         }},
        {"UpdateClient", [](FaultWorld&) {},
         [](FaultWorld& world) {
             return change_app(world, {.name = "Another name", .logo = some_logo()});
         }},
        {"RemoveClientLogo",
         [](FaultWorld& world) { must(change_app(world, {.logo = some_logo()})); },
         [](FaultWorld& world) {
             return change_app(world, {.logo = clients::ClientChange::NoLogo{}});
         }},
        {"RotateClientSecret", [](FaultWorld&) {},
         [](FaultWorld& world) {
             return done(clients::rotate_client_secret(world.services, world.app.id, Seconds(60),
                                                       world.now(), audit));
         }},
        {"DeleteClient", connect,
         [](FaultWorld& world) {
             return clients::delete_client(world.services, world.app.id, world.now(), audit);
         }},
        {"IssueSupportConsentToken", [](FaultWorld&) {},
         [](FaultWorld& world) {
             const tokens::ConsentGrant grant{world.app.id, world.user,
                                              contract_scopes().known(world.app.scopes), "cli"};
             return done(tokens::issue_support_consent_token(world.services, grant, Seconds(60),
                                                             world.now(), audit));
         }},
    };
}

std::vector<WritePath> exchange_paths() {
    return {
        {"ExchangeConsentToken", [](FaultWorld& world) { world.texts = {world.consent_token(0)}; },
         act_exchange},
        {"ExchangeReplayed",
         [](FaultWorld& world) {
             world.texts = {world.consent_token(0)};
             (void)exchange(world, {world.texts.at(0), std::nullopt});
         },
         act_exchange},
        {"ExchangeWithdrawn",
         [](FaultWorld& world) {
             connect(world);
             must(act_revoke(world));
             world.texts = {world.consent_token(0)};
         },
         act_exchange},
        {"ExchangeAfterRevoking",
         [](FaultWorld& world) {
             connect(world);
             must(act_revoke(world));
             world.texts = {world.consent_token(1)};
         },
         act_exchange},
        {"IssueAgain", connect, act_issue_again},
        {"IssueBeyondTwentyFamilies",
         [](FaultWorld& world) {
             connect(world);
             for (int i = 1; i < realm::max_live_families; ++i) {
                 must(act_issue_again(world));
             }
         },
         act_issue_again},
    };
}

std::vector<WritePath> refresh_paths() {
    return {
        {"Refresh", connect, act_refresh},
        {"RefreshRepeated", [](FaultWorld& world) { prepare_refreshed(world, 1); }, act_refresh},
        {"RefreshReused", [](FaultWorld& world) { prepare_refreshed(world, 2); }, act_refresh},
        {"Revoke", connect, act_revoke},
        {"RevokeRefreshToken", connect,
         [](FaultWorld& world) {
             return grants::revoke_token(world.services, world.app, world.texts.at(1), world.now(),
                                         audit);
         }},
        {"RevokeAccessToken", connect,
         [](FaultWorld& world) {
             return grants::revoke_token(world.services, world.app, world.texts.at(2), world.now(),
                                         audit);
         }},
    };
}

}  // namespace

std::vector<WritePath> delegation_paths() {
    std::vector<WritePath> all = client_paths();
    for (auto paths : {exchange_paths(), refresh_paths()}) {
        all.insert(all.end(), paths.begin(), paths.end());
    }
    return all;
}

}  // namespace latchkey::testing
