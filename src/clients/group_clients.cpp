#include "clients/group_clients.hpp"

#include <utility>

#include "store/clients.hpp"

namespace latchkey::clients {
namespace {

Result<ClientPtr> read_client_from(database::ReadTransaction& tx, ClientId id) {
    auto client = TRY(store::find_client_from(tx, id));
    return client ? std::make_shared<const ClientRecord>(std::move(*client)) : nullptr;
}

}  // namespace

Result<ClientPtr> find_client_from(database::ReadTransaction& tx, ClientId id) {
    GroupClients* group = tx.find_group_local<GroupClients>();
    return group == nullptr ? read_client_from(tx, id) : group->find_from(tx, id);
}

void forget_clients(database::WriteTransaction& tx) { tx.group_local<GroupClients>().forget(); }

Result<ClientPtr> GroupClients::find_from(database::ReadTransaction& tx, ClientId id) {
    if (is_changing_) return read_client_from(tx, id);
    if (const auto found = known_.find(id); found != known_.end()) return found->second;
    auto client = TRY(read_client_from(tx, id));
    if (client && client->id == id) known_.emplace(id, client);
    return client;
}

void GroupClients::forget() noexcept {
    known_.clear();
    is_changing_ = true;
}

}  // namespace latchkey::clients
