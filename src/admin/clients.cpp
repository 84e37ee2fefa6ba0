#include "admin/clients.hpp"

#include <utility>

#include "store/client_logos.hpp"
#include "store/clients.hpp"

namespace latchkey::admin {

Result<ClientDetails> get_client(const realm::Realm& realm, database::ReadTransaction& tx,
                                 ClientId client_id) {
    auto client = TRY(store::find_client(tx, realm.id(), client_id));
    if (!client) return store::no_such_app();
    const auto logo = TRY(store::find_client_logo_label(tx, client_id));
    return ClientDetails{std::move(*client), logo};
}

Result<Page<ClientRecord, ClientId>> list_clients(const realm::Realm& realm,
                                                  database::ReadTransaction& tx,
                                                  const PageRequest<ClientId>& request) {
    TRY(check_page(request.limit));
    auto rows = TRY(store::list_clients(tx, realm.id(), request.after, request.limit));
    return make_page<ClientId>(std::move(rows), request.limit,
                               [](const ClientRecord& client) { return client.id; });
}

Result<ClientDetails> update_client(const realm::Act& act, database::WriteTransaction& tx,
                                    ClientId client_id, clients::ClientChange change) {
    TRY(clients::update_client(act, tx, client_id, std::move(change)));
    return get_client(act.realm, tx, client_id);
}

}  // namespace latchkey::admin
