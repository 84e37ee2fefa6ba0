#include "grants/connect.hpp"

#include <utility>

#include "store/connections.hpp"
#include "store/users.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"

namespace latchkey::grants {

Result<std::optional<KnownUser>> find_known_user(const TokenCall& call, UserId user_id) {
    auto connected = TRY(store::find_connected_user(call.tx, user_id, call.client.id));
    if (connected) {
        return std::optional<KnownUser>(
            {std::move(connected->user), std::move(connected->connection)});
    }
    auto user = TRY(store::find_user(call.tx, call.act.realm.id(), user_id));
    if (!user) return std::optional<KnownUser>();
    return std::optional<KnownUser>({std::move(*user), std::nullopt});
}

Result<Connected> connect(const TokenCall& call, KnownUser& before, ScopeSet scopes) {
    const ScopeRegistry& registry = call.act.realm.scopes;
    const bool was_live = before.connection && before.connection->state == ConnectionState::live;
    if (was_live && registry.known(before.connection->scopes) == scopes) {
        return Connected{std::move(*before.connection), audit::Event::tokens_issued};
    }
    const UserId user_id = before.user.id;
    const Timestamp now = call.act.now;
    auto connection = TRY(
        store::upsert_connection(call.tx, user_id, call.client.id, registry.names(scopes), now));
    if (!was_live) {
        const Change established{.client_id = call.client.id,
                                 .user_id = user_id,
                                 .topic = ChangeTopic::connection_established,
                                 .keys = {}};
        TRY(store::record_change(call.tx, established, now));
    }
    return Connected{std::move(connection), audit::Event::connection_established};
}

}  // namespace latchkey::grants
