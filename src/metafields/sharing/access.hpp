#pragma once

// What one app may do with definitions and namespaces: its own, and what others granted.
//
// - The owner has ADMIN.
// - A grant counts when it is to everyone, to the app, or to a role group that the app is in.
// - A definition granted to a namespace can be used by whoever has a level on that namespace, at
//   the lower of the two levels.
// - A level on a namespace holds in the namespaces nested in it.

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "database/database.hpp"
#include "model/custom_data.hpp"
#include "model/records.hpp"

namespace latchkey::metafields {

/// One app's view in one transaction. Keeps what it has looked up.
class Viewer {
public:
    Viewer(database::ReadTransaction& tx, ClientId client_id) : tx_(tx), client_id_(client_id) {}

    [[nodiscard]] database::ReadTransaction& tx() const noexcept { return tx_; }
    [[nodiscard]] ClientId client_id() const noexcept { return client_id_; }

    [[nodiscard]] Result<AccessLevel> level_on(const MetafieldDefinitionRecord& definition);
    [[nodiscard]] Result<AccessLevel> level_on(const NamespaceRecord& name_space);

    /// The app's. All zero for an app that is gone, which nobody granted anything.
    [[nodiscard]] Result<RealmId> realm();
    /// The grantees that stand for this app: everyone, itself and its role groups.
    [[nodiscard]] Result<std::vector<Grantee>> identities();

private:
    [[nodiscard]] Result<AccessLevel> granted(const std::vector<MetafieldGrantRecord>& grants);

    database::ReadTransaction& tx_;
    ClientId client_id_;
    std::optional<RealmId> realm_;
    std::optional<std::vector<Grantee>> identities_;
};

}  // namespace latchkey::metafields
