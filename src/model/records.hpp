#pragma once

// Plain records: what the store keeps and the domain works with. No behaviour.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "model/scopes.hpp"

namespace latchkey {

/// The person's own data, in the clear: only in memory, for the length of a request.
struct Profile {
    std::string email;
    bool email_verified = false;
    std::optional<std::string> phone;  // E.164
    bool phone_verified = false;
    std::optional<std::string> given_name;
    std::optional<std::string> family_name;
    std::optional<std::string> avatar;  // https URL of an image
};

/// An issuer: its people, apps, keys and brand. One exists from the start and has no name.
struct RealmRecord {
    RealmId id;
    std::string name;        // for the operator; "" is the one that exists from the start
    std::string public_url;  // "https://id.example.com"; "" of the first: the configuration says
    Timestamp created_at;
};

/// A user as stored: the profile sealed under a key of its own, which the key ring wraps.
/// Shredding `wrapped_key` makes the rest unreadable.
struct UserRecord {
    UserId id;
    RealmId realm_id;
    Bytes email_hash;  // keyed hash of the lowercased address: look-up without reading
    Bytes wrapped_key;
    Bytes sealed_profile;
    Timestamp created_at;
    Timestamp updated_at;
};

struct ClientSecretRecord {
    Bytes hash;  // SHA-256 of the whole secret (256 random bits: a slow hash adds nothing)
    Timestamp created_at;
    std::optional<Timestamp> expires_at;  // set on the older one when a secret is rotated
    std::optional<Timestamp> last_used_at = std::nullopt;  // to the hour
};

/// A partner's app.
struct ClientRecord {
    ClientId id;
    RealmId realm_id;
    std::string name;
    std::vector<std::string> origins;         // exact web origins that may embed the sign-in
    std::vector<std::string> redirect_uris;   // compared byte for byte
    ScopeNames scopes;                        // what it may ask for
    std::vector<ClientSecretRecord> secrets;  // at most two live
    Timestamp created_at;
};

/// What a page needs to show an app's logo: where it is and the room it takes.
struct LogoLabel {
    std::string version;  // of the contents
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};

enum class ConnectionState : std::uint8_t { live = 1, revoked = 2 };

/// A person's consent to one app. What was issued under another number of revocations is dead.
struct ConnectionRecord {
    UserId user_id;
    ClientId client_id;
    ConnectionState state = ConnectionState::live;
    std::int64_t revocations = 0;  // how often it was revoked so far
    ScopeNames scopes;
    Timestamp created_at;
    Timestamp updated_at;
    Bytes ended_marks = {};  // tokens/ended_marks.hpp: what was revoked of a live connection
};

/// How a person was authenticated when they agreed: in which browser session, and when they had
/// proved who they are in it.
struct Authentication {
    SessionId session_id;
    Timestamp auth_time;

    bool operator==(const Authentication&) const = default;
};

/// One line of refresh tokens: each refresh replaces the current hash (design: compare-and-set).
struct RefreshFamilyRecord {
    UserId user_id;
    ClientId client_id;
    FamilyId family_id;
    std::int64_t generation = 1;              // of rotation, within the family
    std::int64_t connection_revocations = 0;  // of the connection when it was issued
    ScopeNames scopes;
    Bytes current_hash;      // SHA-256 of the live token
    Bytes previous_hash;     // of its parent; empty before the first refresh
    Bytes sealed_successor;  // the live token under a key derived from the parent; empty at first
    Timestamp rotated_at;
    Timestamp expires_at;  // moves with use; the absolute end travels inside the tokens
    std::optional<SessionId> session_id = std::nullopt;  // of the browser it came from
    std::optional<Timestamp> auth_time = std::nullopt;   // when the person proved who they are
};

struct MetafieldValidation {
    std::string name;
    std::string value;
};

struct MetafieldDefinitionRecord {
    DefinitionId id;
    ClientId client_id;      // the owner
    std::string name_space;  // "" = the client's reserved namespace
    std::string key;
    std::string name;
    std::string description;
    std::string type;
    std::vector<MetafieldValidation> validations;
    Timestamp created_at;
    Timestamp updated_at;
};

struct MetafieldValueRecord {
    UserId user_id;
    DefinitionId definition_id;
    std::string value;
    Timestamp created_at;
    Timestamp updated_at;
};

/// An e-mail code on its way: bound to the browser that asked.
struct SignInChallengeRecord {
    ChallengeId id;
    RealmId realm_id;
    Bytes browser_hash;  // SHA-256 of the browser's sign-in cookie
    Bytes sealed_email;  // the address, sealed by the key ring
    Bytes code_hash;     // keyed hash of the code and the challenge id
    std::int64_t tries = 0;
    Timestamp created_at;
    Timestamp expires_at;
};

// The numbers are the rows': they stay.
enum class Browser : std::uint8_t { unknown, chrome, edge, firefox, opera, safari };
enum class System : std::uint8_t {
    unknown,
    android,
    chromeos,
    ipad,
    iphone,
    linux,
    macos,
    windows
};

/// What a person recognises a browser by.
struct BrowserLabel {
    Browser browser = Browser::unknown;
    System system = System::unknown;

    bool operator==(const BrowserLabel&) const = default;
};

/// A person signed in to Latchkey itself in one browser.
struct BrowserSessionRecord {
    Bytes session_hash;  // SHA-256 of the cookie's secret
    SessionId id;        // its public name
    UserId user_id;
    Timestamp created_at;
    Timestamp last_seen_at;
    Timestamp expires_at;
    BrowserLabel label = {};
};

/// A WebAuthn credential of a person.
struct PasskeyRecord {
    UserId user_id;
    Bytes credential_id;  // the authenticator's, at most 1023 bytes
    Bytes public_key;     // a COSE_Key (RFC 9052 7), as it came
    Bytes sealed_name;    // what the person calls it
    std::int64_t sign_count = 0;
    Timestamp created_at;
    std::optional<Timestamp> last_used_at;
};

using MailId = Id<struct MailTag>;  // in the order of events (base/random.hpp)

struct OutgoingMailRecord {
    MailId id;  // given by the store
    RealmId realm_id;
    Bytes sealed_message;  // recipient, subject, text and HTML, sealed by the key ring
    std::int64_t attempts = 0;
    Timestamp created_at;
    Timestamp next_attempt_at;
};

/// Who did what to which connection. `action` is a literal of audit.hpp; no secret is ever in it.
struct AuditRecord {
    RealmId realm_id;
    Timestamp at;
    std::string actor;     // "user", "client", "operator", "system"
    std::string identity;  // who of them, where no id says it: audit/actor.hpp
    std::string action;    // "connection.revoked"
    std::optional<UserId> user_id;
    std::optional<ClientId> client_id;
    std::string request_id;
    std::string origin;       // peer address, or "cli"
    std::string detail = {};  // what it is about where ids do not say: "access-token 2"
    std::string reason = {};  // that the operator gave

    bool operator==(const AuditRecord&) const = default;
};

}  // namespace latchkey
