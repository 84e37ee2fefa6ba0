#pragma once

// Definitions: what an app may store on its users. Every metafield has one.
//
// Functions that write open a transaction of their own and commit it, so that all-or-nothing is
// theirs to keep; functions that read take the caller's. Problems are answers (nothing was
// written), errors are the machine's.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "metafields/names.hpp"
#include "metafields/page.hpp"
#include "metafields/problem.hpp"
#include "model/records.hpp"

namespace latchkey::metafields {

struct NewDefinition {
    Identifier identifier;
    std::string_view name;
    std::string_view description;
    std::string_view type;
    std::vector<MetafieldValidation> validations;
};

/// Either a definition or at least one problem. Paths are relative to the input object: {"key"}.
struct DefinitionOutcome {
    std::optional<MetafieldDefinitionRecord> definition;
    Problems problems;
};

[[nodiscard]] Result<DefinitionOutcome> define_metafield(database::Database& database,
                                                         Random& random, ClientId client_id,
                                                         const NewDefinition& wanted,
                                                         Timestamp now);

/// Absent when there is none, or none that this app can reach.
[[nodiscard]] Result<std::optional<MetafieldDefinitionRecord>> find_definition(
    database::ReadTransaction& tx, ClientId client_id, const Identifier& identifier);

/// A page of the definitions the app can reach, in the order of their ids; only those named, when
/// `identifiers` are given.
[[nodiscard]] Result<Slice<MetafieldDefinitionRecord>> list_definitions(
    database::ReadTransaction& tx, ClientId client_id, std::span<const Identifier> identifiers,
    const store::Page& page);

}  // namespace latchkey::metafields
