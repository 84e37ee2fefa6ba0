#pragma once

// A campaign: many clients at work on a few users' connections, servers killed at random moments,
// and every connection's recorded history checked. Users come in eras of a few crashes each, so
// that no history grows beyond what can be checked quickly.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace latchkey::testing {

struct CampaignOptions {
    std::size_t servers = 1;
    std::size_t crashes = 20;
    std::size_t crashes_per_era = 4;
    std::size_t clients = 6;
    std::size_t pairs = 4;             // at a time
    std::uint64_t longest_life = 150;  // operations between two crashes, at most
    std::uint64_t seed = 1;
};

struct CampaignReport {
    std::size_t crashes = 0;
    std::size_t operations = 0;  // in the histories
    std::size_t refused = 0;
    std::size_t lost = 0;  // answers that a crash took
    std::size_t unavailable = 0;
    std::size_t histories = 0;
    std::size_t points = 0;  // what the checks had to look at
    std::vector<std::string> violations;

    [[nodiscard]] std::string summary() const;
};

/// Throws std::runtime_error when a server does not come back or answers what no outcome covers.
[[nodiscard]] CampaignReport run_campaign(const CampaignOptions& options);

}  // namespace latchkey::testing
