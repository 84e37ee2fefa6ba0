#pragma once

// A person who is signed in to the shop, as its server knows them.

#include <latchkey/client/secret.hpp>
#include <latchkey/client/types.hpp>

#include <mutex>
#include <string>

#include "clock.hpp"

namespace storefront {

namespace client = latchkey::client;

/// What the shop keeps on the person, as metafields that travel with them.
struct Membership {
    std::string tier;
    std::string since;  // 2026-11-21
};

/// One browser's sign-in. Whoever uses it holds `mutex`: two presses of a button at once must not
/// spend the same refresh token twice.
struct Customer {
    std::mutex mutex;
    std::string public_id;
    client::Secret access_token;  // never leaves the server
    Timestamp access_expires_at{};
    std::string scope;
};

/// What the page may know. Holds no token.
struct CustomerView {
    std::string public_id;
    std::string scope;
    std::chrono::seconds access_expires_in{0};
    client::User user;
    Membership membership;
};

}  // namespace storefront
