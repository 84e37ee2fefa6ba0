// latchkey token show | revoke

#include <iostream>
#include <string>

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "crypto/minted_secret.hpp"
#include "database/run_write.hpp"
#include "grants/introspection.hpp"
#include "grants/revocation.hpp"
#include "store/clients.hpp"
#include "tokens/access_token.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::cli {
namespace {

/// The first line of standard input.
Result<Secret> read_token() {
    std::string line;
    if (!std::getline(std::cin, line) || trim_ascii(line).empty()) {
        return fail(ErrorCode::invalid_argument, "No token.",
                    "give the token on standard input: latchkey token … < token.txt");
    }
    const Secret held(std::move(line));
    return Secret(std::string(trim_ascii(held.reveal())));
}

/// What the protocol calls it, for the operator.
Error in_words(const oauth::Refused& refused) {
    if (const Error* error = refused.error()) return *error;
    return {ErrorCode::unsupported, refused.refusal()->description, refused.refusal()->detail};
}

/// The app that a token names, live or not.
Result<ClientRecord> get_client(app::Installation& world, const Secret& token) {
    const auto& keys = world.keys();
    const auto unknown = [] {
        return fail(ErrorCode::invalid_token, "Not a live token.",
                    "not a token of this server, or one that has expired");
    };
    ClientId client_id;
    if (const auto refresh = tokens::open_refresh_token(keys, token.reveal())) {
        client_id = refresh->client_id;
    } else if (const auto access =
                   tokens::open_access_token(keys, token.reveal(), world.clock().now())) {
        client_id = access->client_id;
    } else {
        return unknown();
    }
    auto tx = TRY(world.database().read());
    auto client = TRY(store::find_client(*tx, world.realm().id(), client_id));
    if (!client) return unknown();
    return std::move(*client);
}

json::Value describe(const ScopeRegistry& scopes, const grants::ActiveToken& token,
                     const ClientRecord& client) {
    const bool is_access = token.kind == grants::TokenKind::access_token;
    Fields fields;
    fields.add("active", true)
        .add("kind", std::string(is_access ? "access token" : "refresh token"))
        .add("clientId", client.id.text())
        .add("app", client.name);
    if (token.public_id) fields.add("publicId", *token.public_id);
    fields.add("scope", scopes.text(token.scopes)).add("expiresAt", iso_time(token.expires_at));
    return fields.value();
}

}  // namespace

Result<void> run(const TokenShow& command, const app::Environment& environment) {
    const auto token = TRY(read_token());
    const auto world = TRY(open_world(command, environment));
    const auto client = TRY(get_client(*world, token));
    auto tx = TRY(world->database().read());
    const auto active = TRY(grants::introspect_token(world->realm(), *tx, client, token.reveal(),
                                                     world->clock().now()));
    Fields inactive;
    inactive.add("active", false).add("clientId", client.id.text()).add("app", client.name);
    print(active ? describe(world->realm().scopes, *active, client) : inactive.value(),
          command.format);
    return {};
}

Result<void> run(const TokenRevoke& command, const app::Environment& environment) {
    const auto token = TRY(read_token());
    const auto world = TRY(open_world(command, environment));
    const auto client = TRY(get_client(*world, token));
    const auto act = world->act(operator_audit);
    const auto revoked = database::run_write(world->database(), [&](auto& tx) {
        return grants::revoke_token(act, tx, client, token.reveal());
    });
    if (!revoked) return Failure(in_words(revoked.error()));
    print(Fields().add("clientId", client.id.text()).add("revoked", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
