#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"

namespace latchkey::metafields {
namespace {

Checked canonical_multi_line(std::string_view value) {
    if (value.find('\0') != std::string_view::npos) {
        return refuse("Value can't hold NUL characters.");
    }
    return std::string(value);
}

Checked canonical_single_line(std::string_view value) {
    if (value.find_first_of("\r\n") != std::string_view::npos) {
        return refuse("Value must be a single line of text.");
    }
    return canonical_multi_line(value);
}

constexpr std::string_view single_line_validations[] = {"min", "max", "regex", "choices"};
constexpr std::string_view multi_line_validations[] = {"min", "max", "regex"};

constexpr std::string_view id_validations[] = {"min", "max", "regex"};

constexpr ScalarType types[] = {
    {"id", Category::ID, ListForm::none, max_identifier_value_bytes, canonical_single_line, nullptr,
     id_validations},
    {"multi_line_text_field", Category::TEXT, ListForm::none, max_value_bytes, canonical_multi_line,
     nullptr, multi_line_validations},
    {"single_line_text_field", Category::TEXT, ListForm::quoted, max_value_bytes,
     canonical_single_line, nullptr, single_line_validations},
};

}  // namespace

std::span<const ScalarType> text_types() noexcept { return types; }

}  // namespace latchkey::metafields
