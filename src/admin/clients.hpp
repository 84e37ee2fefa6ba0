#pragma once

// Apps, for the operator. Making one, a new secret and deletion are clients/clients.hpp's, which
// checks and records them for whoever asks.

#include <optional>

#include "admin/page.hpp"
#include "clients/clients.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::admin {

/// An app as the operator sees it.
struct ClientDetails {
    ClientRecord record;
    std::optional<LogoLabel> logo;
};

/// Errors: not_found; invalid_argument (the page).
[[nodiscard]] Result<ClientDetails> get_client(const realm::Realm& realm,
                                               database::ReadTransaction& tx, ClientId client_id);
/// By client id.
[[nodiscard]] Result<Page<ClientRecord, ClientId>> list_clients(
    const realm::Realm& realm, database::ReadTransaction& tx, const PageRequest<ClientId>& request);

/// What the app is after the change. Errors: clients::update_client's.
[[nodiscard]] Result<ClientDetails> update_client(const realm::Act& act,
                                                  database::WriteTransaction& tx,
                                                  ClientId client_id, clients::ClientChange change);

}  // namespace latchkey::admin
