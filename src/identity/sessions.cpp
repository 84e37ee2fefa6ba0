#include "identity/sessions.hpp"

#include <array>
#include <cstdint>

#include "crypto/digest.hpp"
#include "store/sign_in.hpp"

namespace latchkey::identity {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 43;  // base64url without padding

bool looks_like_secret(std::string_view text) { return text.size() == secret_characters; }

}  // namespace

Result<Secret> start_session(database::WriteTransaction& tx, Random& random, UserId user_id,
                             std::optional<std::string_view> previous_secret, Timestamp now) {
    if (previous_secret) (void)TRY(end_session(tx, *previous_secret));
    std::array<std::uint8_t, secret_bytes> raw{};
    random.fill(raw);
    Secret secret(to_base64url(raw));

    BrowserSessionRecord session;
    const auto hash = crypto::sha256(secret.reveal());
    session.session_hash.assign(hash.begin(), hash.end());
    session.user_id = user_id;
    session.created_at = now;
    session.last_seen_at = now;
    session.expires_at = now + session_lifetime;
    TRY(store::insert_session(tx, session));
    return secret;
}

Result<std::optional<BrowserSessionRecord>> find_session(database::ReadTransaction& tx,
                                                         std::string_view secret, Timestamp now) {
    if (!looks_like_secret(secret)) return std::nullopt;
    auto session = TRY(store::find_session(tx, crypto::sha256(secret)));
    if (!session || session->expires_at <= now) return std::nullopt;
    return session;
}

Result<bool> end_session(database::WriteTransaction& tx, std::string_view secret) {
    if (!looks_like_secret(secret)) return false;
    return store::delete_session(tx, crypto::sha256(secret));
}

}  // namespace latchkey::identity
