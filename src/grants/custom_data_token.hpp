#pragma once

// fetchCustomDataTokenForUser: tokens for an app's own metafields on a person whose e-mail address
// it knows, after the person's session has ended. The person must be connected to the app.

#include <string_view>

#include "database/transaction.hpp"
#include "grants/tokens.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::grants {

enum class CustomDataRefusal : std::uint8_t {
    // Nobody who is connected to this app has the address: one that is not known, one that is not
    // connected, one that has withdrawn and one that is no address are answered alike, after the
    // same reads.
    not_connected,
};

/// `client` is authenticated. The tokens have no scope: they read no profile. Errors: storage
/// errors.
[[nodiscard]] Answer<CustomDataRefusal> fetch_custom_data_tokens(const realm::Act& act,
                                                                 database::WriteTransaction& tx,
                                                                 const ClientRecord& client,
                                                                 std::string_view email);

}  // namespace latchkey::grants
