#pragma once

// One function for each command: opens the data folder, does its work, prints, and returns the
// error that main turns into exit status 1.

#include "apps/latchkey/command_line.hpp"
#include "base/result.hpp"

namespace latchkey::cli {

[[nodiscard]] Result<void> run(const Serve& command);
[[nodiscard]] Result<void> run(const AppCreate& command);
[[nodiscard]] Result<void> run(const AppList& command);
[[nodiscard]] Result<void> run(const AppShow& command);
[[nodiscard]] Result<void> run(const AppRotateSecret& command);
[[nodiscard]] Result<void> run(const AppDelete& command);
[[nodiscard]] Result<void> run(const UserCreate& command);
[[nodiscard]] Result<void> run(const UserShow& command);
[[nodiscard]] Result<void> run(const ConsentIssue& command);
[[nodiscard]] Result<void> run(const ConnectionList& command);
[[nodiscard]] Result<void> run(const ConnectionRevoke& command);
[[nodiscard]] Result<void> run(const AuditTail& command);

}  // namespace latchkey::cli
