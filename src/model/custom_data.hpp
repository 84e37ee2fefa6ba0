#pragma once

// Records of shared custom data: namespaces, and the levels that apps have on each other's things.

#include <cstdint>
#include <string>

#include "base/ids.hpp"
#include "base/time/clock.hpp"

namespace latchkey {

using NamespaceId = Id<struct NamespaceTag>;
using ResourceId = Id<struct ResourceTag>;  // a definition's or a namespace's

/// What an app may do, each level with what the ones before it allow (contract 2.2).
enum class AccessLevel : std::uint8_t { none = 0, read = 1, write = 2, admin = 3 };

enum class ResourceKind : std::uint8_t { definition = 1, name_space = 2 };

struct Resource {
    ResourceKind kind = ResourceKind::definition;
    ResourceId id;

    bool operator==(const Resource&) const = default;
};
[[nodiscard]] inline Resource resource_of(DefinitionId id) {
    return {ResourceKind::definition, {id.bytes}};
}
[[nodiscard]] inline Resource resource_of(NamespaceId id) {
    return {ResourceKind::name_space, {id.bytes}};
}

enum class GranteeKind : std::uint8_t { everyone = 1, app = 2, name_space = 3, role = 4 };

/// Who gets a level. `name` is empty for everyone, the text of a client's or a namespace's id, or
/// the name of a role group.
struct Grantee {
    GranteeKind kind = GranteeKind::everyone;
    std::string name;

    bool operator==(const Grantee&) const = default;
};
[[nodiscard]] inline Grantee everyone() { return {GranteeKind::everyone, {}}; }
[[nodiscard]] inline Grantee grantee_of(ClientId id) { return {GranteeKind::app, id.text()}; }
[[nodiscard]] inline Grantee grantee_of(NamespaceId id) {
    return {GranteeKind::name_space, id.text()};
}
[[nodiscard]] inline Grantee role_grantee(std::string role) {
    return {GranteeKind::role, std::move(role)};
}

struct MetafieldGrantRecord {
    RealmId realm_id;  // the resource's: a grant to everyone is to everyone there
    Resource resource;
    Grantee grantee;
    AccessLevel level = AccessLevel::none;
    std::string member_key;  // the resource's key inside the namespace it is granted to; else ""
    Timestamp created_at;
};

struct NamespaceRecord {
    NamespaceId id;
    RealmId realm_id;
    ClientId client_id;     // the owner
    NamespaceId parent_id;  // all zero: at the top
    std::string key;        // within the parent
    std::string name;
    std::string description;
    Timestamp created_at;
    Timestamp updated_at;
};

/// A name that one app has for a definition of another, in its own reserved namespace.
struct AliasRecord {
    ClientId client_id;
    std::string key;
    DefinitionId definition_id;
};

struct RoleMemberRecord {
    RealmId realm_id;
    std::string role;
    ClientId client_id;
    Timestamp created_at;
};

}  // namespace latchkey
