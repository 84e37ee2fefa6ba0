#include "metafields/page.hpp"

#include <gtest/gtest.h>

#include <random>

namespace latchkey::metafields {
namespace {

DefinitionId id_number(std::uint8_t number) {
    DefinitionId id;
    id.bytes.back() = number;
    return id;
}

MetafieldDefinitionRecord definition_number(std::uint8_t number) {
    MetafieldDefinitionRecord definition;
    definition.id = id_number(number);
    return definition;
}

using Nodes = std::vector<MetafieldDefinitionRecord>;

Result<Slice<MetafieldDefinitionRecord>> cut(const Nodes& all, const store::Page& page) {
    return cut_page<MetafieldDefinitionRecord>(
        page, [&](const store::Page& wanted) -> Result<Nodes> { return take_page(all, wanted); });
}

/// What the Relay specification's algorithm (4.4, "EdgesToReturn") gives on a list.
struct Expected {
    std::vector<std::uint8_t> numbers;
    bool before_them = false;  // are there nodes before the first of these?
    bool after_them = false;
};

Expected expect(const std::vector<std::uint8_t>& all, const store::Page& page) {
    const auto number = [](const DefinitionId& id) { return id.bytes.back(); };
    const int low = page.after ? number(*page.after) : -1;
    const int high = page.before ? number(*page.before) : 256;
    Expected expected;
    for (const std::uint8_t n : all) {
        if (n > low && n < high) expected.numbers.push_back(n);
    }
    const auto limit = static_cast<std::size_t>(page.limit);
    const std::size_t surplus = expected.numbers.size() - std::min(expected.numbers.size(), limit);
    auto& numbers = expected.numbers;
    if (page.direction == store::Direction::forward) {
        numbers.resize(numbers.size() - surplus);
    } else {
        numbers.erase(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(surplus));
    }
    const bool forward = page.direction == store::Direction::forward;
    for (const std::uint8_t n : all) {
        const bool earlier =
            numbers.empty() ? n <= low || (!forward && surplus > 0) : n < numbers.front();
        const bool later =
            numbers.empty() ? n >= high || (forward && surplus > 0) : n > numbers.back();
        expected.before_them = expected.before_them || earlier;
        expected.after_them = expected.after_them || later;
    }
    return expected;
}

TEST(MetafieldPage, AgreesWithTheAlgorithmOnAListForEveryCombination) {
    std::mt19937 dice(11);  // the same run every time
    const auto maybe_id = [&]() -> std::optional<DefinitionId> {
        if (dice() % 2 == 0) return std::nullopt;
        return id_number(static_cast<std::uint8_t>(dice() % 14));
    };
    for (int round = 0; round < 20'000; ++round) {
        std::vector<std::uint8_t> numbers;
        Nodes all;
        for (std::uint8_t n = 1; n < 13; ++n) {
            if (dice() % 2 == 0) continue;
            numbers.push_back(n);
            all.push_back(definition_number(n));
        }
        const store::Page page{
            .after = maybe_id(),
            .before = maybe_id(),
            .direction = dice() % 2 == 0 ? store::Direction::forward : store::Direction::backward,
            .limit = static_cast<int>(dice() % 6)};
        const auto slice = cut(all, page);
        ASSERT_TRUE(slice);
        const Expected expected = expect(numbers, page);
        std::vector<std::uint8_t> got;
        for (const auto& node : slice->nodes) got.push_back(node.id.bytes.back());
        ASSERT_EQ(got, expected.numbers);
        ASSERT_EQ(slice->has_previous_page, expected.before_them);
        ASSERT_EQ(slice->has_next_page, expected.after_them);
    }
}

}  // namespace
}  // namespace latchkey::metafields
