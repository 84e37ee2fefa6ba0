#pragma once

// What several sets of names have in common.

#include "model/scope_registry.hpp"

namespace latchkey::grants {

/// The scopes that all of these name. Mostly they are the same text, which is read once.
template <class... Names>
[[nodiscard]] ScopeSet common_scopes(const ScopeRegistry& registry, const ScopeNames& first,
                                     const Names&... others) {
    ScopeSet common = registry.known(first);
    ((others == first ? void() : void(common = common & registry.known(others))), ...);
    return common;
}

}  // namespace latchkey::grants
