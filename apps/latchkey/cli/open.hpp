#pragma once

// What the commands that work on the store share.

#include "apps/latchkey/cli/command_line.hpp"
#include "apps/latchkey/world.hpp"
#include "audit/audit.hpp"

namespace latchkey::cli {

/// The configuration file that the command is given, as it is; without one the defaults.
[[nodiscard]] Result<config::ServerConfig> read_config(const Common& common);
/// The data folder, with the realm that the command names.
[[nodiscard]] Result<std::unique_ptr<app::World>> open_world(const Common& common,
                                                             const app::Environment& environment);

[[nodiscard]] Result<ClientId> parse_client_id(std::string_view text);
[[nodiscard]] Result<UserId> parse_user_id(std::string_view text);

/// The operator at the terminal, for the audit trail.
inline constexpr audit::Context operator_audit{"operator", "", "cli"};

/// Page size for listings that go through everything.
inline constexpr int list_page = 100;

}  // namespace latchkey::cli
