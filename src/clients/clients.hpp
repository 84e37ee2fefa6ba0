#pragma once

// Partners' apps: registration, secrets (two may live at once, so that a rotation has no downtime)
// and their authentication.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time/clock.hpp"
#include "branding/logo.hpp"
#include "clients/client_urls.hpp"
#include "clients/group_clients.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::clients {

class SecretUses;

inline constexpr std::size_t max_live_secrets = 2;
inline constexpr std::size_t max_client_name_size = 100;  // bytes of UTF-8
inline constexpr std::size_t max_origins = 32;
inline constexpr std::size_t max_redirect_uris = 32;
inline constexpr Seconds max_secret_overlap{30L * 24 * 3600};

struct NewClient {
    std::string name;
    std::vector<std::string> origins;        // see check_origin
    std::vector<std::string> redirect_uris;  // see check_redirect_uri
    ScopeSet scopes;
    std::optional<branding::Logo> logo = std::nullopt;  // beside the name, on the consent page
};

/// The secret is shown once, here: only its hash is kept.
struct CreatedClient {
    ClientRecord record;
    Secret secret;
};

/// Errors: invalid_argument (name, an origin, a redirect URI), too_large.
[[nodiscard]] Result<CreatedClient> create_client(const realm::Act& act,
                                                  database::WriteTransaction& tx,
                                                  const NewClient& wanted);

/// What is to be another; what is absent stays.
struct ClientChange {
    std::optional<std::string> name = std::nullopt;
    std::optional<std::vector<std::string>> origins = std::nullopt;
    std::optional<std::vector<std::string>> redirect_uris = std::nullopt;
    struct NoLogo {};
    std::variant<std::monostate, NoLogo, branding::Logo> logo = {};
};
/// The trail names the fields that are another now. Errors: create_client's, not_found;
/// invalid_argument when there is nothing to change.
[[nodiscard]] Result<void> update_client(const realm::Act& act, database::WriteTransaction& tx,
                                         ClientId client_id, ClientChange change);

/// A new secret; the newest of the old ones stays good for `overlap` (0: it ends now), any other
/// ends. Errors: not_found; invalid_argument for an overlap out of range.
[[nodiscard]] Result<Secret> rotate_client_secret(const realm::Act& act,
                                                  database::WriteTransaction& tx,
                                                  ClientId client_id, Seconds overlap);

/// Deletes the app with all that hangs on it. Errors: not_found.
[[nodiscard]] Result<void> delete_client(const realm::Act& act, database::WriteTransaction& tx,
                                         ClientId client_id);

/// As they came in: not trusted.
struct ClientCredentials {
    std::string_view client_id;
    std::string_view secret;
};

/// The app of the realm that these credentials belong to; that its secret was used is noted.
/// Unknown client and wrong secret cost the same: one client is read and two secrets are compared
/// either way. Errors: unauthenticated; storage errors.
[[nodiscard]] Result<ClientPtr> authenticate_client(const realm::Realm& realm,
                                                    database::ReadTransaction& tx,
                                                    const ClientCredentials& credentials,
                                                    Timestamp now, SecretUses& uses);
/// The same where something may be written afterwards: the note is an effect, which stays whatever
/// becomes of the request. Call it before anything is written in `tx`.
[[nodiscard]] Result<ClientPtr> authenticate_client(const realm::Realm& realm,
                                                    database::WriteTransaction& tx,
                                                    const ClientCredentials& credentials,
                                                    Timestamp now, SecretUses& uses);

}  // namespace latchkey::clients
