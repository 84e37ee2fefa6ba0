#pragma once

// A definition's columns, for every statement that reads one as `d`.

#include <string>
#include <utility>
#include <vector>

#include "model/records.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {

inline constexpr Part definition_columns =
    "d.id, d.client_id, d.name_space, d.key, d.name, d.description, d.type, d.validations, "
    "d.created_at, d.updated_at";

[[nodiscard]] inline std::vector<MetafieldValidation> read_validations(RowReader& in,
                                                                       CorruptRows& corrupt) {
    auto items = in.list(corrupt);
    if (items.size() % 2 != 0) corrupt.note();
    std::vector<MetafieldValidation> validations;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        validations.push_back({std::move(items[i]), std::move(items[i + 1])});
    }
    return validations;
}

[[nodiscard]] inline MetafieldDefinitionRecord read_definition(RowReader& in,
                                                               CorruptRows& corrupt) {
    return {.id = in.id<DefinitionId>(),
            .client_id = in.id<ClientId>(),
            .name_space = in.text(),
            .key = in.text(),
            .name = in.text(),
            .description = in.text(),
            .type = in.text(),
            .validations = read_validations(in, corrupt),
            .created_at = in.time(),
            .updated_at = in.time()};
}

/// Comes after every other id. Random ids are never all ones.
[[nodiscard]] inline DefinitionId page_end(const std::optional<DefinitionId>& before) {
    DefinitionId last;
    last.bytes.fill(0xff);
    return before.value_or(last);
}

}  // namespace latchkey::store
