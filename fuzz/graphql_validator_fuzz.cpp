// Limits, validation and planning of GraphQL documents against a schema with one of everything.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "testing/graphql/zoo.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto zoo = latchkey::graphql::make_zoo({.max_cached_plans = 0});
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto plan = zoo->prepare(text);
    if (!plan && plan.error().empty()) std::abort();
    return 0;
}
