#include "clients/group_clients.hpp"

#include <utility>

#include "store/clients.hpp"

namespace latchkey::clients {

Result<ClientPtr> find_client_from(database::ReadTransaction& tx, ClientId id) {
    GroupClients* group = tx.find_group_local<GroupClients>();
    if (group != nullptr) {
        if (auto known = group->find(id)) return known;
    }
    auto record = TRY(store::find_client_from(tx, id));
    if (!record) return nullptr;
    auto client = std::make_shared<const ClientRecord>(std::move(*record));
    if (group != nullptr && client->id == id) group->keep(client);
    return client;
}

void forget_clients(database::WriteTransaction& tx) { tx.group_local<GroupClients>().forget(); }

ClientPtr GroupClients::find(ClientId id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : found->second;
}

void GroupClients::keep(const ClientPtr& client) {
    if (!is_changing_) known_.emplace(client->id, client);
}

void GroupClients::forget() noexcept {
    known_.clear();
    is_changing_ = true;
}

}  // namespace latchkey::clients
