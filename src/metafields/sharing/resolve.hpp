#pragma once

// From the names in a request to the things they mean, as far as the app may know of them. What an
// app may not read looks as if it did not exist.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "metafields/names.hpp"
#include "metafields/sharing/access.hpp"
#include "model/custom_data.hpp"
#include "model/records.hpp"

namespace latchkey::metafields {

/// By which name a definition was found.
enum class Route : std::uint8_t {
    own,         // in the app's own reserved namespace
    alias,       // the app's own name for another app's definition
    owner,       // in the owner's reserved namespace, written out
    name_space,  // as a member of an explicit namespace
};

struct ResolvedDefinition {
    /// Its key and name_space are those it was found by ("" is the owner's reserved one).
    MetafieldDefinitionRecord definition;
    AccessLevel level = AccessLevel::none;  // at least read
    Route route = Route::own;
    std::string owner_key;                      // the key that the owner knows it by
    std::optional<NamespaceRecord> name_space;  // with Route::name_space
};
[[nodiscard]] Result<std::optional<ResolvedDefinition>> resolve_definition(
    Viewer& viewer, const Identifier& identifier);

struct ResolvedNamespace {
    NamespaceRecord record;
    AccessLevel level = AccessLevel::none;  // at least read
};
/// `identifier` names a namespace by its key and its parent's path.
[[nodiscard]] Result<std::optional<ResolvedNamespace>> resolve_namespace(
    Viewer& viewer, const Identifier& identifier);
/// The same by the whole path, "loyalty.tiers".
[[nodiscard]] Result<std::optional<ResolvedNamespace>> resolve_path(Viewer& viewer,
                                                                    std::string_view path);

/// "loyalty.tiers"; as far up as the parents still exist.
[[nodiscard]] Result<std::string> path_of(database::ReadTransaction& tx,
                                          const NamespaceRecord& name_space);

/// Other apps' definitions that this app can read, with the name it knows each by.
class SharedDefinitions {
public:
    [[nodiscard]] static Result<SharedDefinitions> load(Viewer& viewer);

    /// In ascending order. May hold the app's own, which are not shared with it.
    [[nodiscard]] const std::vector<DefinitionId>& ids() const noexcept { return ids_; }
    /// Puts the names that the app knows it by into a definition as the store has it.
    void rename(MetafieldDefinitionRecord& definition) const;

private:
    struct Name {
        std::string name_space;
        std::string key;
    };
    std::vector<DefinitionId> ids_;
    std::map<DefinitionId, Name> names_;  // where it differs from the owner's
};

}  // namespace latchkey::metafields
