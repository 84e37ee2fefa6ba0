#pragma once

// Sharing: who else can use a definition or a namespace. See change.hpp for who commits, and
// problem.hpp for what comes back.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "metafields/names.hpp"
#include "metafields/problem.hpp"
#include "metafields/sharing/access.hpp"
#include "metafields/sharing/caller.hpp"
#include "model/custom_data.hpp"

namespace latchkey::metafields {

/// How a request names a grantee: exactly one of the three.
struct Target {
    std::optional<std::string_view> grantee;     // the path of a namespace
    std::optional<std::string_view> grantee_id;  // the global ID of an app
    std::optional<std::string_view> role;        // the name of a role group
};

struct NewGrant {
    Target target;
    std::optional<AccessLevel> level;
};

struct AccessChange {
    std::optional<AccessLevel> default_level;  // absent: stays as it is; none: nobody by default
    std::vector<NewGrant> grants;              // set or added; the others stay
};

/// Changes who can use what `identifier` names: a definition, or else a namespace. Needs the scope
/// share_metafield and ADMIN. `key`, where given, is what the one app that is granted something
/// will call the definition in its own reserved namespace. Paths are those of the mutation's
/// arguments: {"access", "grants", "0", "granteeId"}. Errors: forbidden (scope).
[[nodiscard]] Result<Problems> grant_access(database::WriteTransaction& tx, const Caller& caller,
                                            const Identifier& identifier,
                                            const AccessChange& change,
                                            std::optional<std::string_view> key, Timestamp now);

/// Takes grants back, all or none. Needs ADMIN, or WRITE on the namespace that is the target.
[[nodiscard]] Result<Problems> revoke_access(database::WriteTransaction& tx, const Caller& caller,
                                             const Identifier& identifier,
                                             std::span<const Target> targets);

/// The same change on a resource that the caller has ADMIN on.
/// `member_key` is the key that a definition gets in a namespace. Paths are relative to the change.
struct AccessTarget {
    Resource resource;
    ClientId owner;
    std::string_view member_key;
};
[[nodiscard]] Result<Problems> apply_access(database::WriteTransaction& tx, Viewer& viewer,
                                            const AccessTarget& target, const AccessChange& change,
                                            Timestamp now);

/// Every grant of a definition or namespace, for whoever has ADMIN on it; absent for others.
[[nodiscard]] Result<std::optional<std::vector<MetafieldGrantRecord>>> list_access(
    Viewer& viewer, const MetafieldDefinitionRecord& definition);
[[nodiscard]] Result<std::optional<std::vector<MetafieldGrantRecord>>> list_access(
    Viewer& viewer, const NamespaceRecord& name_space);

}  // namespace latchkey::metafields
