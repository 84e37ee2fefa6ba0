// latchkey token show | revoke

#include <iostream>
#include <string>

#include "admin/tokens.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "base/text/text.hpp"

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

json::Value token_object(const ScopeRegistry& scopes, const admin::TokenReport& report) {
    Fields fields;
    fields.add("active", report.active.has_value());
    if (report.active) {
        const bool is_access = report.active->kind == grants::TokenKind::access_token;
        fields.add("kind", std::string(is_access ? "access token" : "refresh token"));
    }
    fields.add("clientId", report.client.id.text()).add("app", report.client.name);
    if (!report.active) return fields.value();
    if (report.active->public_id) fields.add("publicId", *report.active->public_id);
    return fields.add("scope", scopes.text(report.active->scopes))
        .add_time("expiresAt", report.active->expires_at)
        .value();
}

}  // namespace

Result<void> run(const TokenShow& command, const app::Environment& environment) {
    const auto token = TRY(read_token());
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto report = TRY(admin::inspect_token(installation->realm(), *tx, token.reveal(),
                                                 installation->clock().now()));
    print(token_object(installation->realm().scopes, report), command.format);
    return {};
}

Result<void> run(const TokenRevoke& command, const app::Environment& environment) {
    const auto token = TRY(read_token());
    const auto operation = TRY(Operation::open(command, environment));
    const auto client = TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::revoke_token(act, tx, token.reveal()); }));
    print(Fields().add("clientId", client.id.text()).add("revoked", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
