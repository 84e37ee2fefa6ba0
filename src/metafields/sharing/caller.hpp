#pragma once

// Who changes custom data: an app, and the rights that it was registered with.

#include "base/ids.hpp"
#include "base/result.hpp"
#include "model/scopes.hpp"

namespace latchkey::metafields {

struct Caller {
    ClientId client_id;
    ScopeSet scopes;  // the app's own
};

/// Sharing is a right of its own (contract 2.2). Errors: forbidden.
[[nodiscard]] inline Result<void> check_may_share(const Caller& caller) {
    if (caller.scopes.has(Scope::share_metafield)) return {};
    return fail(ErrorCode::forbidden,
                "Your app needs the scope share_metafield to share custom data.");
}

/// Errors: forbidden.
[[nodiscard]] inline Result<void> check_may_make_namespaces(const Caller& caller) {
    if (caller.scopes.has(Scope::metafield_namespace)) return {};
    return fail(ErrorCode::forbidden,
                "Your app needs the scope metafield_namespace to create namespaces.");
}

}  // namespace latchkey::metafields
