#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"

namespace latchkey::metafields {
namespace {

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_part(std::string_view text, std::string_view more) {
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return is_letter_or_digit(c) || more.find(c) != std::string_view::npos;
    });
}

/// gid://{who}/{Type}/{id}. What it names lives elsewhere, so that only its form can be checked.
Checked canonical_reference(std::string_view value) {
    constexpr std::string_view scheme = "gid://";
    const auto fault = refuse("Value must be a global ID, such as gid://shopify/Product/1.");
    if (!value.starts_with(scheme)) return fault;
    const std::string_view path = value.substr(scheme.size());
    const std::size_t type = path.find('/');
    if (type == std::string_view::npos) return fault;
    const std::size_t id = path.find('/', type + 1);
    if (id == std::string_view::npos) return fault;
    if (!is_part(path.substr(0, type), "-.") ||
        !is_part(path.substr(type + 1, id - type - 1), "_") ||
        !is_part(path.substr(id + 1), "-._~:/?=&%")) {
        return fault;
    }
    return std::string(value);
}

constexpr ScalarType reference(std::string_view name) {
    return {name,
            Category::REFERENCE,
            ListForm::quoted,
            max_identifier_value_bytes,
            canonical_reference,
            nullptr,
            {}};
}

constexpr ScalarType types[] = {
    reference("article_reference"),
    reference("collection_reference"),
    reference("company_reference"),
    reference("customer_reference"),
    reference("file_reference"),
    reference("metaobject_reference"),
    reference("mixed_reference"),
    reference("order_reference"),
    reference("page_reference"),
    reference("product_reference"),
    reference("product_taxonomy_value_reference"),
    reference("variant_reference"),
};

}  // namespace

std::span<const ScalarType> reference_types() noexcept { return types; }

}  // namespace latchkey::metafields
