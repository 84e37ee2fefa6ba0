// latchkey consent issue

#include <utility>

#include "admin/clients.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::cli {

Result<void> run(const ConsentIssue& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    const UserId user_id = TRY(parse_user_id(command.user_id));
    const ScopeSet scopes = TRY(parse_scopes(operation->realm(), command.scopes));
    const tokens::ConsentGrant grant{client_id, user_id, scopes, "cli"};
    const Seconds lifetime = command.lifetime_seconds ? Seconds(*command.lifetime_seconds)
                                                      : operation->realm().lifetimes.consent_token;
    auto issued = operation->write([&](const auto& act, auto& tx) -> Result<Secret> {
        (void)TRY(
            or_see("see `latchkey app list`", admin::get_client(act.realm, tx, grant.client_id)));
        return tokens::issue_support_consent_token(act, tx, grant, lifetime);
    });
    const Secret token = TRY(std::move(issued));
    print(Fields().add("consentToken", std::string(token.reveal())).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
