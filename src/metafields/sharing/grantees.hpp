#pragma once

// Finding out who a request means by a grantee. For the files of this folder.

#include <variant>

#include "metafields/sharing/grants.hpp"

namespace latchkey::metafields {

/// The grantee, or what is wrong, with a path relative to the target: {"role"}.
using FoundGrantee = std::variant<Grantee, Problem>;
[[nodiscard]] Result<FoundGrantee> find_grantee(Viewer& viewer, const AccessTarget& resource,
                                                const Target& target);

/// What a request's identifier names, definition or namespace, and how much the app may do with it.
struct NamedResource {
    AccessTarget target;
    AccessLevel level;
    std::string own_key;  // what target.member_key views
};
[[nodiscard]] Result<std::optional<NamedResource>> find_resource(Viewer& viewer,
                                                                 const Identifier& identifier);

/// That nothing of this name is there, at the part of the identifier that is at fault.
[[nodiscard]] Problem no_such_resource();

}  // namespace latchkey::metafields
