#include "graphql/validation/suggestions.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace latchkey::graphql::validation {
namespace {

constexpr std::size_t longest_compared = 64;
constexpr std::size_t most_shown = 5;

// Levenshtein's distance, one row at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::array<std::size_t, longest_compared + 1> row{};
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view typed, std::span<const std::string_view> candidates) {
    if (typed.size() > longest_compared) return {};
    const std::size_t farthest = typed.size() * 2 / 5 + 1;
    std::vector<std::pair<std::size_t, std::string_view>> near;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > longest_compared || candidate.starts_with("__")) continue;
        const std::size_t distance = edit_distance(typed, candidate);
        if (distance <= farthest) near.emplace_back(distance, candidate);
    }
    if (near.empty()) return {};
    std::ranges::sort(near);
    near.resize(std::min(near.size(), most_shown));
    std::string made = " Did you mean ";
    for (std::size_t i = 0; i < near.size(); ++i) {
        if (i != 0) made += i + 1 == near.size() ? " or " : ", ";
        made.append("\"").append(near[i].second).append("\"");
    }
    return made + "?";
}

}  // namespace latchkey::graphql::validation
