#pragma once

// Which rows are sealed under which version of a ring key: their first byte says so. For sealing
// rows again under a newer key, and for not throwing away a key that something still needs.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"
#include "model/webhooks.hpp"

namespace latchkey::store {

/// How many rows are sealed under `version` of the purpose of this name (keys/purposes.hpp). Zero
/// for purposes that seal no rows. Reads whole tables: for commands, not for requests.
[[nodiscard]] Result<std::int64_t> count_sealed_rows(database::ReadTransaction& tx,
                                                     std::string_view purpose,
                                                     std::int64_t version);

struct WrappedUserKey {
    UserId user_id;
    Bytes wrapped_key;
};
/// A keyset page of users' keys, in the order of ids, whatever wraps them.
[[nodiscard]] Result<std::vector<WrappedUserKey>> list_wrapped_user_keys(
    database::ReadTransaction& tx, std::optional<UserId> after, int limit);
/// Compare-and-set. False: it changed meanwhile, or the person is gone.
[[nodiscard]] Result<bool> replace_wrapped_user_key(database::WriteTransaction& tx,
                                                    const WrappedUserKey& read, ByteView next);

struct SealedPasskeyName {
    UserId user_id;
    Bytes credential_id;
    Bytes sealed_name;
};
struct PasskeyPage {
    UserId user_id;  // behind this person's passkey …
    ByteView credential_id;
    int limit = 0;
};
/// A keyset page of passkeys' names, in the order of users and credentials; all zero: the first.
[[nodiscard]] Result<std::vector<SealedPasskeyName>> list_sealed_passkey_names(
    database::ReadTransaction& tx, const PasskeyPage& page);
/// Compare-and-set, as above.
[[nodiscard]] Result<bool> replace_sealed_passkey_name(database::WriteTransaction& tx,
                                                       const SealedPasskeyName& read,
                                                       ByteView next);

struct SealedWebhookSecret {
    WebhookId webhook_id;
    Bytes sealed_secret;
};
/// A keyset page of webhooks' secrets, in the order of ids.
[[nodiscard]] Result<std::vector<SealedWebhookSecret>> list_sealed_webhook_secrets(
    database::ReadTransaction& tx, std::optional<WebhookId> after, int limit);
/// Compare-and-set, as above.
[[nodiscard]] Result<bool> replace_sealed_webhook_secret(database::WriteTransaction& tx,
                                                         const SealedWebhookSecret& read,
                                                         ByteView next);

}  // namespace latchkey::store
