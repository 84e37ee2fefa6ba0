#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"

namespace latchkey::metafields {
namespace {

Checked canonical_boolean(std::string_view value) {
    if (value == "true" || value == "false") return std::string(value);
    return refuse("Value must be true or false.");
}

constexpr ScalarType types[] = {
    {"boolean", Category::BOOLEAN, ListForm::none, max_value_bytes, canonical_boolean, nullptr, {}},
};

}  // namespace

std::span<const ScalarType> boolean_types() noexcept { return types; }

}  // namespace latchkey::metafields
