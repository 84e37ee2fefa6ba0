#pragma once

// An app as it is looked up; and, in a group of writes, the apps that were looked up already. A
// group has the store to itself: an app that one of its writes has read is the same for the next,
// unless the group itself changes an app.

#include <map>
#include <memory>

#include "base/result.hpp"
#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::clients {

/// An app as it was looked up, for all that ask in the meantime.
using ClientPtr = std::shared_ptr<const ClientRecord>;

/// store::find_client_from, shared, and once in a group of writes. Null: there is none.
[[nodiscard]] Result<ClientPtr> find_client_from(database::ReadTransaction& tx, ClientId id);

/// An app is about to change: what the group knows is void, and it learns no more.
void forget_clients(database::WriteTransaction& tx);

/// WriteGroup::local: it lives and dies with its group, and nobody else sees it.
class GroupClients {
public:
    /// Null: not known.
    [[nodiscard]] ClientPtr find(ClientId id) const;
    void keep(const ClientPtr& client);
    void forget() noexcept;

private:
    bool is_changing_ = false;
    std::map<ClientId, ClientPtr> known_;
};

}  // namespace latchkey::clients
