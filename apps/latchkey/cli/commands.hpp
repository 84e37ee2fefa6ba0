#pragma once

// One function for each command: opens the data folder, does its work, prints, and returns the
// error that main turns into exit status 1.

#include "apps/latchkey/cli/command_line.hpp"
#include "apps/latchkey/installation.hpp"
#include "base/result.hpp"

namespace latchkey::cli {

[[nodiscard]] Result<void> run(const Serve& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const RealmCreate& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const RealmList& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const RealmShow& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const RealmDelete& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const AppCreate& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const AppUpdate& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const AppList& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const AppShow& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const AppRotateSecret& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const AppDelete& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const UserCreate& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const UserShow& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const UserDelete& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const ConsentIssue& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const ConnectionList& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const ConnectionRevoke& command,
                               const app::Environment& environment);
[[nodiscard]] Result<void> run(const TokenShow& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const TokenRevoke& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const KeysList& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const KeysRotate& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const KeysRetire& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const KeysReseal& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const KeysRewrap& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const WebhookCreate& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const WebhookList& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const WebhookDelete& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const WebhookDeliveries& command,
                               const app::Environment& environment);
[[nodiscard]] Result<void> run(const RoleAdd& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const RoleRemove& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const RoleList& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const AuditTail& command, const app::Environment& environment);
[[nodiscard]] Result<void> run(const Backup& command, const app::Environment& environment);

}  // namespace latchkey::cli
