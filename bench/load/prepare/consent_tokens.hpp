#pragma once

// Consent tokens by the thousand, as the sign-in page would sign them for these people.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "apps/latchkey/installation.hpp"
#include "bench/load/prepare/population.hpp"

namespace latchkey::bench {

/// `count` tokens, each for the next of `people`, signed on every core (0.8 ms each).
[[nodiscard]] std::vector<std::string> sign_consent_tokens(app::Installation& world,
                                                           const ClientRecord& client,
                                                           std::span<const Sampled> people,
                                                           std::uint64_t count);

}  // namespace latchkey::bench
