#include "apps/latchkey/cli/open.hpp"

#include <cstdlib>

#include "apps/latchkey/cli/operator.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

/// Where the realm's name comes from.
std::string_view named_by(const Common& common) {
    const char* value = std::getenv(realm_variable);
    return value != nullptr && common.realm == value ? realm_variable : "--realm";
}

}  // namespace

Result<config::ServerConfig> read_config(const Common& common) {
    if (common.config_file.empty()) return config::ServerConfig{};
    return config::load_config(common.config_file, {});
}

Result<std::unique_ptr<app::Installation>> open_installation(const Common& common,
                                                             const app::Environment& environment) {
    config::ServerConfig config = TRY(read_config(common));
    config.data_dir = common.data_dir;
    if (!common.master_key_file.empty()) config.master_key_file = common.master_key_file;
    config = TRY(config::complete_config(std::move(config)));
    return app::Installation::open_for(common.realm, config, environment, named_by(common));
}

Operation::Operation(std::unique_ptr<app::Installation> installation,
                     std::unique_ptr<const Words> words, const audit::Context& by)
    : installation_(std::move(installation)),
      words_(std::move(words)),
      by_(by),
      act_(installation_->act(by_)) {}

Result<std::unique_ptr<Operation>> Operation::open(const Change& command,
                                                   const app::Environment& environment) {
    auto words = std::make_unique<const Words>(Words{operator_of(command), command.reason});
    const audit::Actor actor = TRY(audit::Actor::parse_operator(words->operator_name));
    const audit::Reason reason = TRY(audit::Reason::parse(words->reason));
    auto installation = TRY(open_installation(command, environment));
    return std::unique_ptr<Operation>(
        new Operation(std::move(installation), std::move(words), {actor, "", "cli", reason}));
}

Result<ScopeSet> parse_scopes(const realm::Realm& realm, std::string_view text) {
    return with_hint(realm.scopes.parse(text), ErrorCode::invalid_argument,
                     "there are those of docs/tokens.md and those of [[scopes]] in the "
                     "configuration, which --config or LATCHKEY_CONFIG names");
}

Result<ClientId> parse_client_id(std::string_view text) {
    const auto id = ClientId::from_text(text);
    if (!id) {
        return fail(ErrorCode::invalid_argument, "Not a client id.",
                    "a client id is 32 hex digits, as `latchkey app list` shows it");
    }
    return *id;
}

Result<UserId> parse_user_id(std::string_view text) {
    const auto id = UserId::from_text(text);
    if (!id) {
        return fail(ErrorCode::invalid_argument, "Not a user id.",
                    "a user id is 32 hex digits, as `latchkey user show --email E` shows it");
    }
    return *id;
}

}  // namespace latchkey::cli
