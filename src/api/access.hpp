#pragma once

// CustomDataAccessType and its grants: who else can use a definition.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "graphql/resolvers.hpp"

namespace latchkey::api {

/// Enumerators as on the wire (CustomDataAccessPermissionType).
enum class Permission : std::uint8_t { ADMIN, READ, READ_WRITE, WRITE };
[[nodiscard]] std::string_view to_string(Permission permission) noexcept;

struct AbsoluteGrant {
    Permission level;
    ClientId grantee;
};
struct RelativeGrant {
    Permission level;
    std::string grantee;  // key of another piece of the app's custom data
};
struct RoleGrant {
    Permission level;
    std::string role;
};
using Grant = std::variant<AbsoluteGrant, RelativeGrant, RoleGrant>;

/// As it is when made: the app's own, for nobody else.
struct Access {
    std::optional<Permission> default_level;
    std::vector<Grant> grants;
};

void add_access(graphql::Resolvers& resolvers);

}  // namespace latchkey::api
