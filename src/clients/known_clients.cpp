#include "clients/known_clients.hpp"

#include <utility>

#include "store/clients.hpp"

namespace latchkey::clients {

Result<ClientPtr> find_client_from(database::ReadTransaction& tx, ClientId id) {
    auto client = TRY(store::find_client_from(tx, id));
    return client ? std::make_shared<const ClientRecord>(std::move(*client)) : nullptr;
}

Result<ClientPtr> KnownClients::find_from(database::ReadTransaction& tx, ClientId id) {
    const std::uint64_t group = database_.group();
    if (group == 0 || group == changed_) return find_client_from(tx, id);
    if (group_ != group) {
        known_.clear();
        group_ = group;
    }
    if (const auto found = known_.find(id); found != known_.end()) return found->second;
    auto client = TRY(find_client_from(tx, id));
    if (client && client->id == id) known_.emplace(id, client);
    return client;
}

void KnownClients::forget() {
    const std::uint64_t group = database_.group();
    if (group == 0) return;
    known_.clear();
    changed_ = group;
}

}  // namespace latchkey::clients
