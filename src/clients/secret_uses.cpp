#include "clients/secret_uses.hpp"

#include <algorithm>

#include "store/clients.hpp"

namespace latchkey::clients {
namespace {

using SecretName = std::pair<ClientId, Bytes>;  // the app, and the secret's hash

void fold_use(Timestamp& noted, const Timestamp& next) { noted = std::max(noted, next); }

Result<void> write_use(database::WriteTransaction& tx, const SecretName& secret,
                       const Timestamp& at) {
    return store::note_secret_use(tx, {secret.first, secret.second, at});
}

}  // namespace

SecretUses::SecretUses()
    : notes_({.max_waiting = max_waiting_secret_uses, .fold = fold_use, .write = write_use}) {}

void SecretUses::note(ClientId client_id, const ClientSecretRecord& secret, Timestamp now) {
    notes_.note({client_id, secret.hash}, now);
}

}  // namespace latchkey::clients
