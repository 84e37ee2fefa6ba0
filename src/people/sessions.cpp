#include "people/sessions.hpp"

#include <array>
#include <cstdint>
#include <string>

#include "crypto/digest.hpp"
#include "people/browser_labels.hpp"
#include "store/browser_sessions.hpp"

namespace latchkey::people {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 43;  // base64url without padding

/// The public name of the session: as random as the secret, and it does not lead back to it.
SessionId id_of_session(std::string_view secret) {
    const auto hash = crypto::sha256("session id\n" + std::string(secret));
    return SessionId::from_bytes(ByteView(hash).first(SessionId::size)).value_or(SessionId{});
}

bool looks_like_secret(std::string_view text) { return text.size() == secret_characters; }

}  // namespace

Result<Secret> start_session(database::WriteTransaction& tx, Random& random,
                             const NewSession& wanted, Timestamp now) {
    if (wanted.previous_secret) (void)TRY(end_session(tx, wanted.realm, *wanted.previous_secret));
    std::array<std::uint8_t, secret_bytes> raw{};
    random.fill(raw);
    Secret secret(to_base64url(raw));

    BrowserSessionRecord session;
    const auto hash = crypto::sha256(secret.reveal());
    session.session_hash.assign(hash.begin(), hash.end());
    session.id = id_of_session(secret.reveal());
    session.user_id = wanted.user_id;
    session.label = label_of_browser(wanted.user_agent);
    session.created_at = now;
    session.last_seen_at = now;
    session.expires_at = now + wanted.lifetime;
    TRY(store::insert_session(tx, session));
    return secret;
}

Result<std::optional<BrowserSessionRecord>> find_session(database::ReadTransaction& tx,
                                                         RealmId realm, std::string_view secret,
                                                         Timestamp now) {
    if (!looks_like_secret(secret)) return std::nullopt;
    auto session = TRY(store::find_session(tx, realm, crypto::sha256(secret)));
    if (!session || session->expires_at <= now) return std::nullopt;
    return session;
}

Result<bool> end_session(database::WriteTransaction& tx, RealmId realm, std::string_view secret) {
    if (!looks_like_secret(secret)) return false;
    return store::delete_session(tx, realm, crypto::sha256(secret));
}

}  // namespace latchkey::people
