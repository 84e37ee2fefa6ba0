#pragma once

// The key ring: one master key (a file of mode 0600, or an environment variable) wraps versioned
// keys for each purpose, which the store keeps. What is sealed names the version that sealed it.
//
// Sealing is XChaCha20-Poly1305 (libsodium): 24 random nonce bytes have no message budget to mind,
// unlike AES-GCM's 12. Sealed form: 1 byte key version, 24 bytes nonce, ciphertext, 16 bytes tag.
// The associated data binds a box to its place (user, client, column): it cannot be swapped.
//
// Several processes share one ring. A new key is announced: it opens and verifies as soon as a
// process has read it, and seals and signs from its time on, when all of them have (rotation.hpp).

#include <memory>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "jose/key.hpp"

namespace latchkey::keys {

/// What a key is for. Each purpose has keys of its own.
enum class Purpose : std::uint8_t {
    access_token,     // seals access tokens
    refresh_routing,  // seals the routing part of refresh tokens
    public_id,        // derives a block-cipher key per client
    profile,          // wraps each user's own key
    email_lookup,     // keyed hash of e-mail addresses
    sign_in,          // seals challenges, their codes' hash and a consent's browser session
    cookie,           // seals sign-in state cookies
    mail,             // seals waiting mail
    cursor,           // seals pagination cursors
    answer,           // seals answers that are given again (idempotency)
    webhook,          // seals the secrets that sign webhooks
};

/// How often a process looks for keys that others made.
inline constexpr Seconds ring_reload_interval{15};

enum class Reload : std::uint8_t { unchanged, changed };

class Wrapping;

/// A signing key, imported once; jose/jws.hpp signs and verifies with it.
using SigningKey = jose::SigningKey;

class KeyRing {
public:
    static constexpr std::size_t key_size = 32;
    static constexpr std::size_t sealed_overhead = 1 + 24 + 16;

    /// Loads a realm's ring, making what is missing on first use (a signing key takes a tenth of a
    /// second or more). `random` must outlive the ring.
    /// Errors: invalid_argument when the master key does not open it; storage errors.
    [[nodiscard]] static Result<std::unique_ptr<KeyRing>> load(const Secret& master_key,
                                                               database::Database& database,
                                                               RealmId realm, Random& random,
                                                               Timestamp now);
    /// Reads the ring again, and switches when keys came or went or the time of one has come. What
    /// was returned by reference before stays valid. Errors: as load; then nothing has changed.
    [[nodiscard]] Result<Reload> reload(database::Database& database, Timestamp now);

    ~KeyRing();
    KeyRing(const KeyRing&) = delete;
    KeyRing& operator=(const KeyRing&) = delete;

    /// Appends the sealed form of `plain` to `out`. Thread-safe, like everything here.
    void seal(Purpose purpose, ByteView plain, ByteView associated, std::string& out) const;
    /// Errors: malformed (too short, unknown version), invalid_token (does not authenticate).
    [[nodiscard]] Result<Secret> open(Purpose purpose, ByteView sealed, ByteView associated) const;

    /// The key that seals now. `others` says how many more there are, older or announced.
    struct Current {
        std::int64_t version = 0;
        Timestamp use_from;
        std::size_t others = 0;
    };
    [[nodiscard]] Current current(Purpose purpose) const;
    /// The version that sealed this; 0 when it is empty.
    [[nodiscard]] static std::int64_t version_of(ByteView sealed) noexcept {
        return sealed.empty() ? 0 : std::int64_t{sealed[0]};
    }

    /// HMAC-SHA-256 under the purpose's current key.
    [[nodiscard]] Bytes keyed_hash(Purpose purpose, ByteView message) const;
    /// HKDF-SHA-256 of the purpose's current key with `info`: 32 bytes.
    [[nodiscard]] Secret derive(Purpose purpose, std::string_view info) const;

    /// The current key that signs consent tokens (RS256), and any version by its kid.
    [[nodiscard]] const SigningKey& consent_signing_key() const;
    [[nodiscard]] const SigningKey* find_consent_signing_key(std::string_view kid) const;
    /// The verifying halves of all its versions, for jose::verify_compact.
    [[nodiscard]] const jose::KeySet& consent_verification_keys() const;
    /// The same as a public JWK Set (RFC 7517 5).
    [[nodiscard]] std::string consent_jwks() const;

    /// Whose ring it is.
    [[nodiscard]] RealmId realm() const noexcept;
    /// How the store's rows are wrapped, for making new keys.
    [[nodiscard]] const Wrapping& wrapping() const;

private:
    class State;
    explicit KeyRing(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The text form of a master key, as in its file or an environment variable: "lk_mk_…"
/// (crypto/minted_secret.hpp), white space around it ignored. Errors: malformed.
[[nodiscard]] Result<Secret> parse_master_key(std::string_view text);

/// Reads the master key file, making it (mode 0600, fsynced) when it is missing. Of several
/// processes that make it at once, one wins and all return its key.
/// Errors: no_permission when others may read it (the detail says what to run) or the system
/// refuses; malformed; storage_full; storage_failed.
[[nodiscard]] Result<Secret> load_or_create_master_key(const std::string& path, Random& random);

}  // namespace latchkey::keys
