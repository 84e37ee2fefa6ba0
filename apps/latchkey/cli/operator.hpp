#pragma once

// Who sits at the terminal, for the audit trail. It is what they say: whoever may run a command on
// the data folder may give any name.

#include <string>

#include "apps/latchkey/cli/command_line.hpp"

namespace latchkey::cli {

/// The name that the line or LATCHKEY_OPERATOR gives; else who called sudo; else the user that this
/// process runs as, by name, or "uid 1000" where it has none.
[[nodiscard]] std::string operator_of(const Change& command);

}  // namespace latchkey::cli
