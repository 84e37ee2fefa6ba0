#pragma once

// Rows of definitions and values as records. The column lists of the statements in metafields.cpp
// and metafield_definitions.cpp are in this order.

#include <string>
#include <utility>
#include <vector>

#include "store/columns.hpp"
#include "store/damage.hpp"
#include "store/metafields.hpp"

namespace latchkey::store {

[[nodiscard]] inline std::string pack_validations(
    const std::vector<MetafieldValidation>& validations) {
    std::vector<std::string> items;
    items.reserve(validations.size() * 2);
    for (const MetafieldValidation& validation : validations) {
        items.push_back(validation.name);
        items.push_back(validation.value);
    }
    return pack_list(items);
}

[[nodiscard]] inline std::vector<MetafieldValidation> read_validations(const Row& row, int column,
                                                                       Damage& damage) {
    auto items = damage.list_column(row, column);
    if (items.size() % 2 != 0) damage.note();
    std::vector<MetafieldValidation> validations;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        validations.push_back({std::move(items[i]), std::move(items[i + 1])});
    }
    return validations;
}

[[nodiscard]] inline MetafieldDefinitionRecord read_definition(const Row& row, Damage& damage) {
    return {.id = row.id<DefinitionId>(0),
            .client_id = row.id<ClientId>(1),
            .name_space = text_column(row, 2),
            .key = text_column(row, 3),
            .name = text_column(row, 4),
            .description = text_column(row, 5),
            .type = text_column(row, 6),
            .validations = read_validations(row, 7, damage),
            .created_at = time_column(row, 8),
            .updated_at = time_column(row, 9)};
}

[[nodiscard]] inline DefinedValue read_defined_value(const Row& row, Damage& damage) {
    return {.definition = read_definition(row, damage),
            .value = {.user_id = row.id<UserId>(10),
                      .definition_id = row.id<DefinitionId>(0),
                      .value = text_column(row, 11),
                      .created_at = time_column(row, 12),
                      .updated_at = time_column(row, 13)}};
}

}  // namespace latchkey::store
