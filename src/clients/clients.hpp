#pragma once

// Partners' apps: registration, secrets (two may live at once, so that a rotation has no downtime)
// and their authentication.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "audit/audit.hpp"
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "branding/logo.hpp"
#include "clients/client_urls.hpp"
#include "clients/group_clients.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"

namespace latchkey::clients {

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
[[nodiscard]] Result<CreatedClient> create_client(const realm::Services& services,
                                                  const NewClient& client, Timestamp now,
                                                  const audit::Context& audit);

/// What is to be another; what is absent stays.
struct ClientChange {
    std::optional<std::string> name = std::nullopt;
    std::optional<std::vector<std::string>> origins = std::nullopt;
    std::optional<std::vector<std::string>> redirect_uris = std::nullopt;
    struct NoLogo {};
    std::variant<std::monostate, NoLogo, branding::Logo> logo = {};
};
/// Errors: create_client's, and not_found.
[[nodiscard]] Result<void> update_client(const realm::Services& services, ClientId client_id,
                                         ClientChange change, Timestamp now,
                                         const audit::Context& audit);

/// A new secret; the newest of the old ones stays good for `overlap` (0: it ends now), any other
/// ends. Errors: not_found; invalid_argument for an overlap out of range.
[[nodiscard]] Result<Secret> rotate_client_secret(const realm::Services& services,
                                                  ClientId client_id, Seconds overlap,
                                                  Timestamp now, const audit::Context& audit);

/// Deletes the app with all that hangs on it. Errors: not_found.
[[nodiscard]] Result<void> delete_client(const realm::Services& services, ClientId client_id,
                                         Timestamp now, const audit::Context& audit);

/// As they came in: not trusted.
struct ClientCredentials {
    std::string_view client_id;
    std::string_view secret;
};

/// The app these credentials belong to, whose use of the secret is noted. Unknown client and wrong
/// secret cost the same: one client is read and two secrets are compared either way. Errors:
/// invalid_client.
[[nodiscard]] Result<ClientPtr> authenticate_client(const realm::Services& services,
                                                    database::ReadTransaction& tx,
                                                    const ClientCredentials& credentials,
                                                    Timestamp now);
[[nodiscard]] Result<ClientPtr> authenticate_client(const realm::Realm& realm,
                                                    database::ReadTransaction& tx,
                                                    const ClientCredentials& credentials,
                                                    SecretUses& uses, Timestamp now);

}  // namespace latchkey::clients
