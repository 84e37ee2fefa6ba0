#include "apps/latchkey/sealed_columns.hpp"

#include "webauthn/passkey_names.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::app {

std::vector<keys::SealedColumn> sealed_columns() {
    return {keys::user_keys(), webauthn::passkey_names(), webhooks::sealed_secrets()};
}

}  // namespace latchkey::app
