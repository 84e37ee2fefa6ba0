#pragma once

// Realms: made, listed and shown.

#include <string>
#include <vector>

#include "audit/audit.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "keys/rotation.hpp"
#include "realm/realm.hpp"
#include "store/realms.hpp"

namespace latchkey::admin {

inline constexpr std::size_t max_realm_name_size = 32;

struct NewRealm {
    std::string name;        // for the operator: a letter, then letters, digits and hyphens
    std::string public_url;  // the origin of its pages and APIs, on a host of its own
};

/// The realm, without keys yet, with its line in its own trail. Errors: invalid_argument (the name
/// or the URL); conflict (the name is taken, or another realm is on this host).
[[nodiscard]] Result<RealmRecord> create_realm(database::WriteTransaction& tx,
                                               const NewRealm& wanted, Random& random,
                                               Timestamp now, const audit::Context& by);

/// In the order of their names; the one from the start, which has none, is the first.
[[nodiscard]] Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx);

struct RealmDetails {
    RealmRecord record;
    std::vector<keys::KeyStatus> keys;
};
/// Errors: not_found.
[[nodiscard]] Result<RealmDetails> get_realm(const realm::Realm& realm,
                                             database::ReadTransaction& tx, Timestamp now);

}  // namespace latchkey::admin
