#pragma once

// Realms: made, listed and shown, and deleted when nobody is in them.

#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/text/realm_name.hpp"
#include "base/time/clock.hpp"
#include "keys/rotation.hpp"
#include "keys/wrapping.hpp"
#include "store/keys.hpp"
#include "store/realms.hpp"

namespace latchkey::admin {

struct NewRealm {
    std::string name;        // for the operator: is_realm_name
    std::string public_url;  // the origin of its pages and APIs, on a host of its own
    /// Where the configuration has the first realm, which the store may not know yet. Empty: it
    /// does not say.
    std::string first_url = {};
};

/// A new realm's keys, made before the transaction that stores them: an RSA key takes longer than
/// others wait for one.
struct RealmKeys {
    RealmId realm;
    keys::Wrapping wrapping;
    std::vector<store::KeyRecord> records;  // none: whoever opens the realm first makes them
};
[[nodiscard]] Result<RealmKeys> make_realm_keys(const keys::Wrapping& wrapping, Random& random,
                                                Timestamp now);

/// Errors: invalid_argument (the name or the URL).
[[nodiscard]] Result<void> check_new_realm(const NewRealm& wanted);

/// The realm with its keys, and a line in its own trail and the first realm's. Errors:
/// check_new_realm's; conflict (the name is taken, or another realm is on this host);
/// invalid_argument (another process has changed the master key).
[[nodiscard]] Result<RealmRecord> create_realm(database::WriteTransaction& tx,
                                               const NewRealm& wanted, const RealmKeys& keys,
                                               Timestamp now, const audit::Context& by);

/// The named one of `realms` that is on the host of `public_url`, whatever the port: browsers keep
/// cookies and passkeys by host. Null: none is.
[[nodiscard]] const RealmRecord* find_realm_on_host(const std::vector<RealmRecord>& realms,
                                                    std::string_view public_url);

/// In the order of their names; the one from the start, which has none, is the first.
[[nodiscard]] Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx);

struct RealmDetails {
    RealmRecord record;
    store::Residents residents;
    std::vector<keys::KeyStatus> keys;
};
/// Errors: not_found.
[[nodiscard]] Result<RealmDetails> get_realm(database::ReadTransaction& tx, std::string_view name,
                                             Timestamp now);

/// Deletes a realm without people and apps, for good; the first realm's trail says so. Errors:
/// not_found; conflict (it has some).
[[nodiscard]] Result<void> delete_realm(database::WriteTransaction& tx, std::string_view name,
                                        Timestamp now, const audit::Context& by);

}  // namespace latchkey::admin
