#pragma once

// Definitions: what an app may store on its users. Every metafield has one.
//
// Problems are answers, errors are the machine's; change.hpp says who commits.

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
#include "metafields/sharing/caller.hpp"
#include "metafields/sharing/grants.hpp"
#include "model/records.hpp"

namespace latchkey::metafields {

struct NewDefinition {
    Identifier identifier;  // its key, and the namespace to share it with at READ
    std::string_view name;
    std::string_view description;
    std::string_view type;
    std::vector<MetafieldValidation> validations;
    std::optional<AccessChange> access;
};

/// Either a definition or at least one problem. Paths are relative to the input object: {"key"}.
struct DefinitionOutcome {
    std::optional<MetafieldDefinitionRecord> definition;
    Problems problems;
};

/// Sharing at once needs the scope share_metafield, and WRITE on the namespace.
/// Errors: forbidden (scope).
[[nodiscard]] Result<DefinitionOutcome> define_metafield(database::WriteTransaction& tx,
                                                         Random& random, const Caller& caller,
                                                         const NewDefinition& wanted,
                                                         Timestamp now);

/// What is absent stays. The type never changes.
struct DefinitionChange {
    Identifier identifier;
    std::optional<std::string_view> key;
    std::optional<std::string_view> name;
    std::optional<std::string_view> description;
    std::optional<std::vector<MetafieldValidation>> validations;
    std::optional<AccessChange> access;
};

/// The owner changes everything. Another app with ADMIN changes who can use it. A new key is the
/// owner's where the owner uses its own; an app that reached the definition through a namespace
/// that it has ADMIN on renames it there; any other app gets a name of its own for it.
/// New validations hold from the next set on; values that are there stay.
/// Errors: forbidden (scope, for `access`).
[[nodiscard]] Result<DefinitionOutcome> change_definition(database::WriteTransaction& tx,
                                                          const Caller& caller,
                                                          const DefinitionChange& change,
                                                          Timestamp now);

/// For the owner. Its values are gone for every reader at once; removing them takes a while, in
/// small steps of the housekeeping. Paths are relative to the identifier.
[[nodiscard]] Result<DefinitionOutcome> delete_definition(database::WriteTransaction& tx,
                                                          const Caller& caller,
                                                          const Identifier& identifier);

/// Absent when there is none, or none that this app can reach.
[[nodiscard]] Result<std::optional<MetafieldDefinitionRecord>> find_definition(
    database::ReadTransaction& tx, ClientId client_id, const Identifier& identifier);

/// A page of the definitions the app can reach, in the order of their ids; only those named, when
/// `identifiers` are given.
[[nodiscard]] Result<Slice<MetafieldDefinitionRecord>> list_definitions(
    database::ReadTransaction& tx, ClientId client_id, std::span<const Identifier> identifiers,
    const store::Page& page);

}  // namespace latchkey::metafields
