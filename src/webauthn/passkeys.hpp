#pragma once

// Passkeys: registration and discoverable sign-in as WebAuthn Level 2 has a relying party do them
// (7.1, 7.2). The authenticator must have verified its user, since a passkey stands alone here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"

namespace latchkey::webauthn {

inline constexpr int max_passkeys = 20;  // per person

/// Who we are to authenticators, from the configuration.
struct RelyingParty {
    std::string id;      // a domain: the pages' host or a parent of it; empty: no passkeys
    std::string origin;  // the pages' origin
    std::string name;    // shown by some browsers
};

/// What a browser answers to create(). Views live for the call.
struct RegistrationAnswer {
    ByteView client_data;
    ByteView attestation_object;
};

/// What a browser answers to get().
struct AssertionAnswer {
    ByteView credential_id;
    ByteView client_data;
    ByteView authenticator_data;
    ByteView signature;
    ByteView user_handle;
};

struct Passkey {
    Bytes credential_id;
    std::string name;
    Timestamp created_at;
    std::optional<Timestamp> last_used_at;
};

class Passkeys {
public:
    struct Services {
        const keys::KeyRing& keys;
        Random& random;
        const RelyingParty& party;
    };
    explicit Passkeys(Services services) : services_(services) {}

    [[nodiscard]] bool enabled() const noexcept { return !services_.party.id.empty(); }
    [[nodiscard]] const RelyingParty& party() const noexcept { return services_.party; }

    /// For the page that may sign somebody in, in base64url.
    [[nodiscard]] std::string sign_in_challenge(std::string_view browser_secret,
                                                Timestamp now) const;
    /// For the page on which `user_id` may add a passkey.
    [[nodiscard]] std::string registration_challenge(std::string_view browser_secret,
                                                     UserId user_id, Timestamp now) const;

    /// WebAuthn L2 7.1. Errors: malformed, unsupported, invalid_token (another challenge, origin,
    /// party, or no user verification), expired, conflict (this passkey is there already),
    /// too_large (max_passkeys), invalid_argument (name), storage errors.
    struct Registration {
        UserId user_id;
        std::string_view browser_secret;
        std::string_view name;
        RegistrationAnswer answer;
    };
    [[nodiscard]] Result<void> add(database::WriteTransaction& tx, const Registration& wanted,
                                   Timestamp now) const;

    /// WebAuthn L2 7.2: who it is. The caller commits whatever comes, so that the challenge stays
    /// answered. Errors: malformed, invalid_token (all that is wrong with it, a counter that went
    /// back included), expired, storage errors.
    [[nodiscard]] Result<UserId> check(database::WriteTransaction& tx,
                                       std::string_view browser_secret,
                                       const AssertionAnswer& answer, Timestamp now) const;

    [[nodiscard]] Result<std::vector<Passkey>> list(database::ReadTransaction& tx,
                                                    UserId user_id) const;
    /// Errors: not_found, invalid_argument (name), storage errors.
    [[nodiscard]] Result<void> rename(database::WriteTransaction& tx, UserId user_id,
                                      ByteView credential_id, std::string_view name) const;

private:
    Services services_;
};

}  // namespace latchkey::webauthn
