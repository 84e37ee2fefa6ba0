#pragma once

// Explicit namespaces: a name for definitions that several apps use, with levels of its own.
// Their paths are the server's, so that "loyalty.tiers" means the same to every app that may use
// it; who may not cannot tell it from one that does not exist, except by trying to take the name.

#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "metafields/sharing/grants.hpp"

namespace latchkey::metafields {

struct NewNamespace {
    Identifier identifier;  // its key, and the path of the namespace that it is to be nested in
    std::string_view name;
    std::string_view description;
    std::optional<AccessChange> access;
};

struct NamespaceChange {
    Identifier identifier;
    std::optional<std::string_view> key;
    std::optional<std::string_view> name;
    std::optional<std::string_view> description;
    std::optional<AccessChange> access;
};

struct SeenNamespace {
    NamespaceRecord record;
    std::optional<std::string> parent_path;  // absent at the top
};

/// Either a namespace or at least one problem.
struct NamespaceOutcome {
    std::optional<SeenNamespace> name_space;
    Problems problems;
};

/// Needs the scope metafield_namespace, share_metafield for `access`, and ADMIN on the parent.
/// Paths are relative to the input object. Errors: forbidden (scope).
[[nodiscard]] Result<NamespaceOutcome> create_namespace(database::WriteTransaction& tx,
                                                        Random& random, const Caller& caller,
                                                        const NewNamespace& wanted, Timestamp now);

/// Needs ADMIN. Paths are relative to the input object. Errors: forbidden (scope, for `access`).
[[nodiscard]] Result<NamespaceOutcome> update_namespace(database::WriteTransaction& tx,
                                                        const Caller& caller,
                                                        const NamespaceChange& change,
                                                        Timestamp now);

/// Needs ADMIN. Its members stay what they are, outside of it; one that holds namespaces is
/// refused. Paths are relative to the identifier.
[[nodiscard]] Result<NamespaceOutcome> delete_namespace(database::WriteTransaction& tx,
                                                        const Caller& caller,
                                                        const Identifier& identifier);

}  // namespace latchkey::metafields
