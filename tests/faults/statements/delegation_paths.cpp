// Write paths of apps and grants.

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

constexpr audit::Context audit{audit::Actor::client(), "request", "192.0.2.1"};

grants::Tokens exchange(FaultWorld& world, const grants::ExchangeRequest& request) {
    return must(written(world, [&](auto& tx) {
        return grants::fetch_tokens_for_user(world.act(audit), tx, world.app, request);
    }));
}

/// Leaves the public id and the refresh token of a fresh connection.
void connect(FaultWorld& world) {
    const auto tokens = exchange(world, {world.consent_token(0), std::nullopt});
    world.texts = {tokens.public_id, std::string(tokens.refresh_token.reveal()),
                   std::string(tokens.access_token.reveal())};
}

Result<void> try_exchange(FaultWorld& world, const grants::ExchangeRequest& request) {
    return commit(world, [&](auto& tx) {
        return grants::fetch_tokens_for_user(world.act(audit), tx, world.app, request);
    });
}

Result<void> act_exchange(FaultWorld& world) {
    return try_exchange(world, {world.texts.at(0), std::nullopt});
}

Result<void> act_issue_again(FaultWorld& world) {
    return try_exchange(world, {std::nullopt, world.texts.at(0)});
}

oauth::Result<grants::Tokens> refresh(FaultWorld& world, std::string_view token) {
    return written(world, [&](auto& tx) {
        return grants::refresh_tokens(world.act(audit), tx, world.app, {token, std::nullopt});
    });
}

Result<void> act_refresh(FaultWorld& world) { return done(refresh(world, world.texts.at(1))); }

Result<void> act_revoke(FaultWorld& world) {
    return commit(world, [&](auto& tx) {
        return grants::revoke_connection(world.act(audit), tx, {world.user, world.app.id});
    });
}

Result<void> act_revoke_token(FaultWorld& world, std::string_view token) {
    return commit(world, [&](auto& tx) {
        return grants::revoke_token(world.act(audit), tx, world.app, token);
    });
}

void prepare_refreshed(FaultWorld& world, int times) {
    connect(world);
    std::string token = world.texts.at(1);
    for (int i = 0; i < times; ++i) {
        const auto next = must(refresh(world, token));
        token = next.refresh_token.reveal();
    }
}

branding::Logo some_logo() { return must(branding::make_logo("<svg></svg>")); }

Result<void> change_app(FaultWorld& world, const clients::ClientChange& change) {
    return commit(world, [&](auto& tx) {
        return clients::update_client(world.act(audit), tx, world.app.id, change);
    });
}

std::vector<WritePath> client_paths() {
    return {
        {"CreateClient", [](FaultWorld&) {},
         [](FaultWorld& world) {
             clients::NewClient app;
             app.name = "Second";
             app.scopes = contract_scopes().known(world.app.scopes);
             return commit(world, [&](auto& tx) {
                 return clients::create_client(world.act(audit), tx, app);
             });
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
             return commit(world, [&](auto& tx) {
                 return clients::rotate_client_secret(world.act(audit), tx, world.app.id,
                                                      Seconds(60));
             });
         }},
        {"DeleteClient", connect,
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return clients::delete_client(world.act(audit), tx, world.app.id);
             });
         }},
        {"IssueSupportConsentToken", [](FaultWorld&) {},
         [](FaultWorld& world) {
             const tokens::ConsentGrant grant{world.app.id, world.user,
                                              contract_scopes().known(world.app.scopes), "cli"};
             return commit(world, [&](auto& tx) {
                 return tokens::issue_support_consent_token(world.act(audit), tx, grant,
                                                            Seconds(60));
             });
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
         [](FaultWorld& world) { return act_revoke_token(world, world.texts.at(1)); }},
        {"RevokeAccessToken", connect,
         [](FaultWorld& world) { return act_revoke_token(world, world.texts.at(2)); }},
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
