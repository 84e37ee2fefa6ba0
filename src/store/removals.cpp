#include "store/removals.hpp"

#include <algorithm>
#include <array>

#include "model/custom_data.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql note_removal_sql =
    R"(INSERT INTO removals (kind, id) VALUES (?1, ?2) ON CONFLICT (kind, id) DO NOTHING)";
constexpr database::Sql next_removal_sql =
    "SELECT kind, id FROM removals ORDER BY kind, id LIMIT 1";
constexpr database::Sql delete_removal_sql = "DELETE FROM removals WHERE kind = ?1 AND id = ?2";

using RemovedId = Id<struct RemovedTag>;

struct Removal {
    std::int64_t kind = 0;
    RemovedId id;
};

/// How a statement names what was deleted.
enum class By : std::uint8_t { id, text_of_id };

/// Some of the rows that hang off one kind of thing: ?1 names it, ?2 bounds how many go.
struct Rest {
    Removed kind;
    By by;
    database::Sql remove;
};

// Keys of the grants and aliases are found by indexes over the other end; values by definition come
// in the order of user ids, so that a step touches neighbouring pages.
constexpr std::array rests = {
    Rest{Removed::client, By::text_of_id,
         R"(DELETE FROM metafield_grants WHERE (resource_id, grantee_kind, grantee) IN
                (SELECT resource_id, grantee_kind, grantee FROM metafield_grants
                 WHERE grantee_kind = 2 AND grantee = ?1 LIMIT ?2))"},
    Rest{Removed::client, By::id,
         R"(DELETE FROM metafield_aliases WHERE (client_id, key) IN
                (SELECT client_id, key FROM metafield_aliases WHERE client_id = ?1 LIMIT ?2))"},
    Rest{Removed::user, By::id,
         R"(DELETE FROM metafield_values WHERE (user_id, client_id, definition_id) IN
                (SELECT user_id, client_id, definition_id FROM metafield_values
                 WHERE user_id = ?1 LIMIT ?2))"},
    Rest{Removed::definition, By::id,
         R"(DELETE FROM metafield_grants WHERE (resource_id, grantee_kind, grantee) IN
                (SELECT resource_id, grantee_kind, grantee FROM metafield_grants
                 WHERE resource_id = ?1 LIMIT ?2))"},
    Rest{Removed::definition, By::id,
         R"(DELETE FROM metafield_aliases WHERE (client_id, key) IN
                (SELECT client_id, key FROM metafield_aliases WHERE definition_id = ?1 LIMIT ?2))"},
    Rest{Removed::definition, By::id,
         R"(DELETE FROM metafield_values WHERE (user_id, client_id, definition_id) IN
                (SELECT user_id, client_id, definition_id FROM metafield_values
                 WHERE definition_id = ?1 LIMIT ?2))"},
    Rest{Removed::name_space, By::id,
         R"(DELETE FROM metafield_grants WHERE (resource_id, grantee_kind, grantee) IN
                (SELECT resource_id, grantee_kind, grantee FROM metafield_grants
                 WHERE resource_id = ?1 LIMIT ?2))"},
    Rest{Removed::name_space, By::text_of_id,
         R"(DELETE FROM metafield_grants WHERE (resource_id, grantee_kind, grantee) IN
                (SELECT resource_id, grantee_kind, grantee FROM metafield_grants
                 WHERE grantee_kind = 3 AND grantee = ?1 LIMIT ?2))"},
    Rest{Removed::webhook, By::id,
         R"(DELETE FROM webhook_deliveries WHERE (webhook_id, id) IN
                (SELECT webhook_id, id FROM webhook_deliveries WHERE webhook_id = ?1 LIMIT ?2))"},
};
static_assert(static_cast<int>(GranteeKind::app) == 2);
static_assert(static_cast<int>(GranteeKind::name_space) == 3);

// An app's connections, each with its families: a family exists only under a connection, and no
// index leads from an app to its families.
constexpr database::Sql delete_connected_families_sql =
    R"(DELETE FROM refresh_families WHERE client_id = ?1 AND user_id IN
           (SELECT user_id FROM connections WHERE client_id = ?1 ORDER BY user_id LIMIT ?2))";
constexpr database::Sql delete_connections_sql =
    R"(DELETE FROM connections WHERE client_id = ?1 AND user_id IN
           (SELECT user_id FROM connections WHERE client_id = ?1 ORDER BY user_id LIMIT ?2))";
constexpr std::int64_t connections_a_step = 25;  // at most 20 families hang off each

Removal read_removal(const Row& row) {
    RowReader in(row);
    return {.kind = in.integer(), .id = in.id<RemovedId>()};
}

/// How many rows went; at least `limit` unless nothing is left.
Result<std::int64_t> remove_connections(database::WriteTransaction& tx, const RemovedId& client,
                                        std::int64_t limit) {
    std::int64_t total = 0;
    while (total < limit) {
        const std::int64_t families =
            TRY(tx.execute(delete_connected_families_sql, {client, connections_a_step}));
        const std::int64_t connections =
            TRY(tx.execute(delete_connections_sql, {client, connections_a_step}));
        total += families + connections;
        if (connections < connections_a_step) break;
    }
    return total;
}

/// The same for all that hangs off one removal.
Result<std::int64_t> remove_rest(database::WriteTransaction& tx, const Removal& removal,
                                 std::int64_t limit) {
    std::int64_t total = 0;
    if (removal.kind == static_cast<std::int64_t>(Removed::client)) {
        total = TRY(remove_connections(tx, removal.id, limit));
    }
    for (const Rest& rest : rests) {
        if (total >= limit) break;
        if (static_cast<std::int64_t>(rest.kind) != removal.kind) continue;
        const std::int64_t room = limit - total;
        const std::int64_t removed = rest.by == By::id
                                         ? TRY(tx.execute(rest.remove, {removal.id, room}))
                                         : TRY(tx.execute(rest.remove, {removal.id.text(), room}));
        total += removed;
    }
    return total;
}

}  // namespace

namespace detail {

Result<void> note_removal(database::WriteTransaction& tx, Removed kind, ByteView id) {
    TRY(tx.execute(note_removal_sql, {static_cast<std::int64_t>(kind), id}));
    return {};
}

}  // namespace detail

Result<std::int64_t> sweep_removals(database::WriteTransaction& tx, int limit) {
    std::int64_t total = 0;
    while (total < limit) {
        const auto removal = TRY(tx.find(next_removal_sql, {}, read_removal));
        if (!removal) break;
        const std::int64_t room = limit - total;
        const std::int64_t removed = TRY(remove_rest(tx, *removal, room));
        total += removed;
        if (removed < room) TRY(tx.execute(delete_removal_sql, {removal->kind, removal->id}));
    }
    return total;
}

}  // namespace latchkey::store
