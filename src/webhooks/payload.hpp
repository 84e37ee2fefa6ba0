#pragma once

// What a webhook says. It names what changed and never the values: a receiver reads those with its
// own credentials, so that a body in some log tells nobody anything about a person.

#include <string>

#include "model/webhooks.hpp"

namespace latchkey::webhooks {

/// The same in every attempt: webhook and delivery.
[[nodiscard]] std::string message_id(const DeliveryKey& key);

/// {"type":"metafields.set","timestamp":"…","data":{"publicId":"…","metafields":[{"key":"…"}]}}
[[nodiscard]] std::string make_body(const DeliveryRecord& delivery, const std::string& public_id);

}  // namespace latchkey::webhooks
