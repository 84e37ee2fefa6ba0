#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"
#include "metafields/types/json_text.hpp"

namespace latchkey::metafields {
namespace {

Checked canonical_json(std::string_view value) {
    if (!parse_json(value)) {
        return refuse(
            "Value must be a JSON document whose objects name each member once, "
            "nested at most 64 levels deep.");
    }
    return minify(value);
}

constexpr std::string_view validations[] = {"schema"};

constexpr ScalarType types[] = {
    {"json", Category::JSON, ListForm::none, max_value_bytes, canonical_json, nullptr, validations},
};

static_assert(max_json_depth == 64, "the error text names the limit");

}  // namespace

std::span<const ScalarType> json_types() noexcept { return types; }

}  // namespace latchkey::metafields
