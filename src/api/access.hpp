#pragma once

// CustomDataAccessType, its grants and their inputs: who else can use a piece of custom data.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "graphql/input.hpp"
#include "graphql/resolvers.hpp"
#include "metafields/sharing/grants.hpp"
#include "model/custom_data.hpp"

namespace latchkey::api {

struct AbsoluteGrant {
    AccessLevel level;
    std::string grantee_id;  // the global ID of an app
};
struct RelativeGrant {
    AccessLevel level;
    std::string grantee;  // the path of a namespace
};
struct RoleGrant {
    AccessLevel level;
    std::string role;
};
using Grant = std::variant<AbsoluteGrant, RelativeGrant, RoleGrant>;

/// Behind CustomDataAccessType.
struct CustomDataAccess {
    std::optional<AccessLevel> default_level;
    std::vector<Grant> grants;
};
[[nodiscard]] Result<CustomDataAccess> make_access(database::ReadTransaction& tx,
                                                   const std::vector<MetafieldGrantRecord>& grants);

/// A CustomDataAccessInput; absent when it was left out or is null. Views live as long as `input`.
[[nodiscard]] std::optional<metafields::AccessChange> read_access(const graphql::Input& input);
/// A TargetInput, or the same members of a CustomDataAccessGrantInput.
[[nodiscard]] metafields::Target read_target(const graphql::Input& input);

void add_access(graphql::Resolvers& resolvers);

}  // namespace latchkey::api
