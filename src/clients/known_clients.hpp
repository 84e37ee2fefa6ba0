#pragma once

// The apps that the writes of one group have looked up. A group has the store to itself: an app
// that one of its writes has read is the same for the next, unless the group itself changes an app.

#include <cstdint>
#include <map>
#include <memory>

#include "base/result.hpp"
#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::clients {

/// An app as it was looked up, for all that ask in the meantime.
using ClientPtr = std::shared_ptr<const ClientRecord>;

/// store::find_client_from, shared. Null: there is none.
[[nodiscard]] Result<ClientPtr> find_client_from(database::ReadTransaction& tx, ClientId id);

class KnownClients {
public:
    explicit KnownClients(const database::Database& database) noexcept : database_(database) {}
    KnownClients(const KnownClients&) = delete;
    KnownClients& operator=(const KnownClients&) = delete;

    /// As store::find_client_from(tx, id), which is asked outside a group, and once inside one.
    /// Null: there is none.
    [[nodiscard]] Result<ClientPtr> find_from(database::ReadTransaction& tx, ClientId id);
    /// An app is about to change: what the group knows is void, and it learns no more.
    void forget();

private:
    const database::Database& database_;
    // Of the thread that is in the group. Groups follow each other, so no lock is needed.
    std::uint64_t group_ = 0;    // that known_ belongs to
    std::uint64_t changed_ = 0;  // that changes apps itself
    std::map<ClientId, ClientPtr> known_;
};

}  // namespace latchkey::clients
