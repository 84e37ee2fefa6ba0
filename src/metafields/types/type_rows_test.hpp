#pragma once

// Tables of values for the types' tests: what a good one becomes, and why a bad one is refused.

#include <gmock/gmock.h>

#include <span>
#include <string>
#include <string_view>

#include "metafields/types/type.hpp"

namespace latchkey::metafields {

struct GoodRow {
    std::string_view type;
    std::string_view value;
    std::string_view canonical;
};

inline void expect_good(std::span<const GoodRow> rows) {
    for (const GoodRow& row : rows) {
        SCOPED_TRACE(std::string(row.type) + " " + std::string(row.value));
        const auto type = find_type(row.type);
        ASSERT_TRUE(type);
        const Checked canonical = canonical_value(*type, row.value);
        ASSERT_TRUE(canonical) << canonical.error();
        EXPECT_EQ(*canonical, row.canonical);
        // A canonical form is its own canonical form.
        EXPECT_EQ(canonical_value(*type, *canonical), canonical);
    }
}

struct BadRow {
    std::string_view type;
    std::string_view value;
    std::string_view why;  // a part of the message
};

inline void expect_bad(std::span<const BadRow> rows) {
    for (const BadRow& row : rows) {
        SCOPED_TRACE(std::string(row.type) + " " + std::string(row.value));
        const auto type = find_type(row.type);
        ASSERT_TRUE(type);
        const Checked canonical = canonical_value(*type, row.value);
        ASSERT_FALSE(canonical) << *canonical;
        EXPECT_THAT(canonical.error(), ::testing::HasSubstr(row.why));
    }
}

}  // namespace latchkey::metafields
