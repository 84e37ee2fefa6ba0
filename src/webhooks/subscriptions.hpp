#pragma once

// Who hears of what: webhooks of an app, each with an address, topics and a secret.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "keys/resealing.hpp"
#include "model/webhooks.hpp"
#include "realm/act.hpp"

namespace latchkey::webhooks {

inline constexpr std::size_t max_webhooks_per_app = 8;

/// "metafields.set": the type in the body of a delivery.
[[nodiscard]] std::string_view event_name(ChangeTopic topic) noexcept;

/// What an app subscribes to, words separated by spaces: "metafields" and "connections", or single
/// events by name. Errors: invalid_argument.
[[nodiscard]] Result<std::uint32_t> parse_topics(std::string_view text);
/// The events of a mask, by name.
[[nodiscard]] std::string topics_text(std::uint32_t topics);

struct NewWebhook {
    ClientId client_id;
    std::string url;  // https; http only on loopback, which only a server in development calls
    std::uint32_t topics = 0;
};

/// The secret is shown once, here: the store has it sealed.
struct CreatedWebhook {
    WebhookRecord record;
    Secret secret;
};

/// Errors: invalid_argument (address, no topic), not_found (app), too_large (too many webhooks).
[[nodiscard]] Result<CreatedWebhook> create_webhook(const realm::Act& act,
                                                    database::WriteTransaction& tx,
                                                    const NewWebhook& wanted);

/// The secret in its written form. Errors: invalid_token when the record was tampered with.
[[nodiscard]] Result<Secret> open_secret(const keys::KeyRing& keys, const WebhookRecord& webhook);

/// The column that holds the secrets, to be sealed again after a rotation.
[[nodiscard]] keys::SealedColumn sealed_secrets() noexcept;

}  // namespace latchkey::webhooks
