#pragma once

// The operator's own scopes in the configuration:
//
//     [[scopes]]
//     name = "delivery:call"
//     claim = "phone_number"            # may be left out
//     [scopes.text]
//     en = "Your phone number, for the driver"
//     [scopes.about]                    # may be left out
//     en = "They call you when they stand at your door."

#include <toml++/toml.h>

#include <vector>

#include "base/result.hpp"
#include "model/scope_registry.hpp"

namespace latchkey::config {

/// Reads what `scopes` holds. Errors: invalid_argument, with the key in `detail`. Whether the
/// scopes are good together is ScopeRegistry::make's to say.
[[nodiscard]] Result<std::vector<OwnScope>> read_own_scopes(const toml::node& scopes);

}  // namespace latchkey::config
