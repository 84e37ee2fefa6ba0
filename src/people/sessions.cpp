#include "people/sessions.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "crypto/digest.hpp"
#include "store/sign_in.hpp"

namespace latchkey::people {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t secret_characters = 43;  // base64url without padding

bool looks_like_secret(std::string_view text) { return text.size() == secret_characters; }

}  // namespace

std::string label_of_browser(std::string_view user_agent) {
    // Each claims to be those below it as well, so the order decides.
    constexpr std::pair<std::string_view, std::string_view> browsers[] = {
        {"Edg/", "Edge"},     {"OPR/", "Opera"},     {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
        {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
    };
    constexpr std::pair<std::string_view, std::string_view> systems[] = {
        {"iPhone", "iPhone"}, {"iPad", "iPad"},      {"Android", "Android"}, {"Windows", "Windows"},
        {"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
    };
    const auto find = [user_agent](const auto& table) {
        for (const auto& [mark, name] : table) {
            if (user_agent.find(mark) != std::string_view::npos) return name;
        }
        return std::string_view();
    };
    const std::string_view browser = find(browsers);
    const std::string_view system = find(systems);
    if (browser.empty() || system.empty()) return std::string(browser.empty() ? system : browser);
    return std::string(browser) + " on " + std::string(system);
}

Result<Secret> start_session(database::WriteTransaction& tx, Random& random,
                             const NewSession& wanted, Timestamp now) {
    if (wanted.previous_secret) (void)TRY(end_session(tx, *wanted.previous_secret));
    std::array<std::uint8_t, secret_bytes> raw{};
    random.fill(raw);
    Secret secret(to_base64url(raw));

    BrowserSessionRecord session;
    const auto hash = crypto::sha256(secret.reveal());
    session.session_hash.assign(hash.begin(), hash.end());
    session.user_id = wanted.user_id;
    session.label = label_of_browser(wanted.user_agent);
    session.created_at = now;
    session.last_seen_at = now;
    session.expires_at = now + wanted.lifetime;
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

}  // namespace latchkey::people
