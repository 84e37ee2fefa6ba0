// latchkey consent issue

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "database/run_write.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::cli {

Result<void> run(const ConsentIssue& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    const UserId user_id = TRY(parse_user_id(command.user_id));
    const ScopeSet scopes = TRY(world->realm().scopes.parse(command.scopes));
    const tokens::ConsentGrant grant{client_id, user_id, scopes, "cli"};
    const Seconds lifetime = command.lifetime_seconds ? Seconds(*command.lifetime_seconds)
                                                      : world->realm().lifetimes.consent_token;
    const auto act = world->act(operator_audit);
    const auto token = TRY(database::run_write(world->database(), [&](auto& tx) {
        return tokens::issue_support_consent_token(act, tx, grant, lifetime);
    }));
    print(Fields().add("consentToken", std::string(token.reveal())).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
