// Errors have names, and a class that says whose turn it is.

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>
#include <utility>

namespace latchkey {
namespace {

constexpr ErrorCode last = ErrorCode::internal;

TEST(Errors, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (int code = 0; code <= std::to_underlying(last); ++code) {
        EXPECT_TRUE(names.insert(to_string(static_cast<ErrorCode>(code))).second) << code;
    }
    EXPECT_TRUE(names.contains("serialization_failure"));
}

struct Row {
    ErrorCode code;
    ErrorClass expected;
};

TEST(Errors, SayWhoseTurnItIs) {
    for (const auto& [code, expected] : {
             Row{ErrorCode::malformed, ErrorClass::caller},
             Row{ErrorCode::rate_limited, ErrorClass::caller},
             Row{ErrorCode::expired, ErrorClass::caller},
             Row{ErrorCode::not_found, ErrorClass::caller},
             Row{ErrorCode::conflict, ErrorClass::conflict},
             Row{ErrorCode::unavailable, ErrorClass::busy},
             Row{ErrorCode::serialization_failure, ErrorClass::busy},
             Row{ErrorCode::storage_full, ErrorClass::broken},
             Row{ErrorCode::address_in_use, ErrorClass::broken},
             Row{ErrorCode::internal, ErrorClass::broken},
         }) {
        EXPECT_EQ(class_of(code), expected) << to_string(code);
    }
}

}  // namespace
}  // namespace latchkey
