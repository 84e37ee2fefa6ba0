#pragma once

// What the commands that work on the store share.

#include <memory>
#include <string>
#include <utility>

#include "apps/latchkey/cli/command_line.hpp"
#include "apps/latchkey/installation.hpp"
#include "audit/audit.hpp"
#include "database/run_write.hpp"

namespace latchkey::cli {

/// The configuration file that the command is given, as it is; without one the defaults.
[[nodiscard]] Result<config::ServerConfig> read_config(const Common& common);
/// The data folder, with the realm that the command names.
[[nodiscard]] Result<std::unique_ptr<app::Installation>> open_installation(
    const Common& common, const app::Environment& environment);

/// The same for a command that changes something: with the operator, and why.
class Operation {
public:
    /// Errors: open_installation's; invalid_argument (the operator's name, the reason), before
    /// anything is opened.
    [[nodiscard]] static Result<std::unique_ptr<Operation>> open(
        const Change& command, const app::Environment& environment);
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;
    ~Operation() = default;

    [[nodiscard]] app::Installation& installation() noexcept { return *installation_; }
    [[nodiscard]] const realm::Realm& realm() const noexcept { return installation_->realm(); }
    [[nodiscard]] const audit::Context& by() const noexcept { return by_; }
    [[nodiscard]] const realm::Act& act() const noexcept { return act_; }

    /// One transaction, kept if `work(act, tx)` answers a value.
    template <class Work>
    auto write(const Work& work) {
        return database::run_write(installation_->database(), [&](database::WriteTransaction& tx) {
            return work(std::as_const(act_), tx);
        });
    }

private:
    struct Words {
        std::string operator_name, reason;
    };
    Operation(std::unique_ptr<app::Installation> installation, std::unique_ptr<const Words> words,
              const audit::Context& by);

    std::unique_ptr<app::Installation> installation_;
    std::unique_ptr<const Words> words_;  // that by_ views
    audit::Context by_;
    realm::Act act_;
};

[[nodiscard]] Result<ScopeSet> parse_scopes(const realm::Realm& realm, std::string_view text);
[[nodiscard]] Result<ClientId> parse_client_id(std::string_view text);
[[nodiscard]] Result<UserId> parse_user_id(std::string_view text);

}  // namespace latchkey::cli
