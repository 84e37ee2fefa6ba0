// Every type against values that are almost right: whatever is accepted is in its canonical form,
// within its limit, valid UTF-8, and JSON where it says so.

#include <gmock/gmock.h>

#include <random>

#include "base/text/text.hpp"
#include "metafields/limits.hpp"
#include "metafields/types/json_text.hpp"
#include "metafields/types/type.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view samples[] = {
    "true",
    "-9007199254740991",
    "0.123456789",
    "Größe 靴",
    "2024-02-29",
    "2024-02-29T16:30:00.5+05:00",
    "#ffa500",
    "https://user@shop.example.com:8080/a?b=%20#c",
    "gid://shopify/Product/1",
    R"({"value":25.0,"unit":"cm"})",
    R"({"amount":"5.99","currency_code":"CAD"})",
    R"({"value":"3.5","scale_min":"1.0","scale_max":"5.0"})",
    R"({"text":"More","url":"https://shop.example.com"})",
    R"({"type":"root","children":[{"type":"paragraph","children":[{"type":"text","value":"x"}]}]})",
    R"([1,"2",{"a":[null,1.50e3]}])",
    R"(["2024-02-29","#ffa500"])",
};

std::string mutate(std::string value, std::mt19937& dice) {
    constexpr std::string_view interesting = "\"\\{}[]:,.-+eE0 \n\0\xC3\xFF/%@#";
    for (unsigned changes = dice() % 4; changes > 0; --changes) {
        const std::size_t at = dice() % (value.size() + 1);
        const char c = interesting[dice() % interesting.size()];
        switch (dice() % 4) {
            case 0: value.insert(at, 1, c); break;
            case 1:
                if (at < value.size()) value[at] = c;
                break;
            case 2: value.erase(at, 1 + dice() % 3); break;
            default: value.insert(at, value.substr(at / 2, dice() % 8)); break;
        }
    }
    return value;
}

TEST(MetafieldTypeMutations, AreRefusedOrBroughtToOneForm) {
    std::mt19937 dice(23);  // the same run every time
    const auto names = list_type_names();
    int accepted = 0;
    for (int round = 0; round < 60'000; ++round) {
        const auto type = find_type(names[dice() % names.size()]).value();
        const std::string value = mutate(std::string(samples[dice() % std::size(samples)]), dice);
        const Checked canonical = canonical_value(type, value);
        if (!canonical) {
            ASSERT_FALSE(canonical.error().empty());
            continue;
        }
        ++accepted;
        ASSERT_EQ(canonical_value(type, *canonical), canonical) << type.name() << " " << value;
        ASSERT_TRUE(is_valid_utf8(*canonical)) << type.name();
        ASSERT_LE(canonical->size(), max_value_bytes);
        ASSERT_TRUE(parse_json(json_form(type, *canonical))) << type.name() << " " << *canonical;
        if (type.scalar->order != nullptr && type.shape == Shape::single) {
            ASSERT_TRUE(type.scalar->order(*canonical, *canonical) == 0) << *canonical;
        }
    }
    EXPECT_GT(accepted, 1'000);
}

}  // namespace
}  // namespace latchkey::metafields
