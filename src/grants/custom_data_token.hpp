#pragma once

// fetchCustomDataTokenForUser: tokens for an app's own metafields on a person whose e-mail address
// it knows, after the person's session has ended. The person must be connected to the app.

#include <optional>
#include <string_view>

#include "audit/audit.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"

namespace latchkey::grants {

struct CustomDataTokens {
    Secret access_token;
    Secret refresh_token;
    Seconds expires_in{};
};

/// Absent when nobody who is connected to this app has the address: one that is not known, one that
/// is not connected, one that has withdrawn and one that is no address are answered alike, after
/// the same reads. The tokens have no scope: they read no profile. Writes: call it on the write
/// lane. `client` is authenticated. Errors: storage errors.
[[nodiscard]] Result<std::optional<CustomDataTokens>> fetch_custom_data_tokens(
    const realm::Services& services, const ClientRecord& client, std::string_view email,
    Timestamp now, const audit::Context& audit);

}  // namespace latchkey::grants
