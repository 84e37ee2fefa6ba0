#include "webhooks/signature.hpp"

#include <array>

#include "base/text/text.hpp"
#include "crypto/constant_time.hpp"
#include "crypto/hmac.hpp"

namespace latchkey::webhooks {
namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::string_view version = "v1,";

}  // namespace

Secret make_secret(Random& random) {
    std::array<std::uint8_t, secret_bytes> bytes{};
    random.fill(bytes);
    return Secret(std::string(secret_prefix) + to_base64(bytes));
}

Result<std::string> sign(const Secret& secret, const Message& message) {
    std::string_view text = secret.reveal();
    const auto fault = fail(ErrorCode::malformed, "Not a webhook's secret.");
    if (!text.starts_with(secret_prefix)) return fault;
    text.remove_prefix(secret_prefix.size());
    const auto key = from_base64(text);
    if (!key) return fault;
    const std::string timestamp = std::to_string(to_unix(message.sent_at));
    const auto tag =
        crypto::HmacSha256(*key).tag({as_bytes(message.id), as_bytes("."), as_bytes(timestamp),
                                      as_bytes("."), as_bytes(message.body)});
    return std::string(version) + to_base64(tag);
}

bool verify(const Secret& secret, const Message& message, std::string_view signatures,
            Timestamp now) {
    if (message.sent_at < now - replay_window || message.sent_at > now + replay_window) {
        return false;
    }
    const auto expected = sign(secret, message);
    if (!expected) return false;
    bool found = false;
    for (const std::string_view given : split_words(signatures)) {
        const bool same = crypto::equal_constant_time(as_bytes(given), as_bytes(*expected));
        found = found || same;
    }
    return found;
}

}  // namespace latchkey::webhooks
