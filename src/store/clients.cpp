#include "store/clients.hpp"

#include "store/columns.hpp"
#include "store/damage.hpp"
#include "store/packed_list.hpp"
#include "store/sharing.hpp"
#include "store/webhooks.hpp"

namespace latchkey::store {
namespace {

// A client and its secrets in one statement: a row per secret, or one with a NULL hash.
constexpr database::Sql find_sql =
    R"(SELECT c.id, c.name, c.origins, c.redirect_uris, c.scopes, c.created_at,
              s.hash, s.created_at, s.expires_at, s.last_used_at
       FROM clients c LEFT JOIN client_secrets s ON s.client_id = c.id
       WHERE c.id = ?1 ORDER BY s.ordinal)";
constexpr database::Sql find_from_sql =
    R"(SELECT c.id, c.name, c.origins, c.redirect_uris, c.scopes, c.created_at,
              s.hash, s.created_at, s.expires_at, s.last_used_at
       FROM clients c LEFT JOIN client_secrets s ON s.client_id = c.id
       WHERE c.id = (SELECT min(id) FROM clients WHERE id >= ?1) ORDER BY s.ordinal)";
constexpr database::Sql list_sql =
    R"(SELECT c.id, c.name, c.origins, c.redirect_uris, c.scopes, c.created_at,
              s.hash, s.created_at, s.expires_at, s.last_used_at
       FROM (SELECT * FROM clients WHERE id > ?1 ORDER BY id LIMIT ?2) c
       LEFT JOIN client_secrets s ON s.client_id = c.id
       ORDER BY c.id, s.ordinal)";
constexpr database::Sql insert_sql =
    R"(INSERT INTO clients (id, name, origins, redirect_uris, scopes, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql insert_secret_sql =
    R"(INSERT INTO client_secrets (client_id, ordinal, hash, created_at, expires_at, last_used_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql note_use_sql =
    R"(UPDATE client_secrets SET last_used_at = ?3
       WHERE client_id = ?1 AND hash = ?2 AND (last_used_at IS NULL OR last_used_at < ?3))";
constexpr database::Sql update_sql =
    R"(UPDATE clients SET name = ?2, origins = ?3, redirect_uris = ?4, scopes = ?5
       WHERE id = ?1)";
constexpr database::Sql delete_sql = "DELETE FROM clients WHERE id = ?1";
constexpr database::Sql delete_logo_sql = "DELETE FROM client_logos WHERE client_id = ?1";
constexpr database::Sql delete_secrets_sql = "DELETE FROM client_secrets WHERE client_id = ?1";
// The values go with the definitions: out of sight now, removed a few at a time.
constexpr database::Sql remove_definitions_sql =
    R"(INSERT INTO metafield_removals (definition_id, client_id)
       SELECT id, client_id FROM metafield_definitions WHERE client_id = ?1)";
constexpr database::Sql delete_definitions_sql =
    "DELETE FROM metafield_definitions WHERE client_id = ?1";
// A family exists only under a connection: through it, this touches the app's users and no others.
constexpr database::Sql delete_families_sql =
    R"(DELETE FROM refresh_families WHERE client_id = ?1 AND user_id IN
       (SELECT user_id FROM connections WHERE client_id = ?1))";
constexpr database::Sql delete_connections_sql = "DELETE FROM connections WHERE client_id = ?1";

/// Puts the rows of the join together again.
class ClientRows {
public:
    void add(const Row& row) {
        const auto id = row.id<ClientId>(0);
        if (clients_.empty() || clients_.back().id != id) {
            clients_.push_back({.id = id,
                                .name = text_column(row, 1),
                                .origins = damage_.list_column(row, 2),
                                .redirect_uris = damage_.list_column(row, 3),
                                .scopes = scopes_column(row, 4),
                                .secrets = {},
                                .created_at = time_column(row, 5)});
        }
        if (row.is_null(6)) return;
        clients_.back().secrets.push_back({.hash = bytes_column(row, 6),
                                           .created_at = time_column(row, 7),
                                           .expires_at = optional_time_column(row, 8),
                                           .last_used_at = optional_time_column(row, 9)});
    }

    Result<std::vector<ClientRecord>> take() {
        TRY(damage_.check());
        return std::move(clients_);
    }

private:
    std::vector<ClientRecord> clients_;
    Damage damage_;
};

Result<void> insert_secrets(database::WriteTransaction& tx, const ClientRecord& client) {
    std::int64_t ordinal = 0;
    for (const ClientSecretRecord& secret : client.secrets) {
        TRY(tx.execute(insert_secret_sql,
                       {client.id, ++ordinal, secret.hash, to_unix(secret.created_at),
                        to_column(secret.expires_at), to_column(secret.last_used_at)}));
    }
    return {};
}

}  // namespace

Result<void> insert_client(database::WriteTransaction& tx, const ClientRecord& client) {
    TRY(tx.execute(insert_sql, {client.id, client.name, pack_list(client.origins),
                                pack_list(client.redirect_uris), to_column(client.scopes),
                                to_unix(client.created_at)}));
    return insert_secrets(tx, client);
}

namespace {

Result<std::optional<ClientRecord>> read_one(database::ReadTransaction& tx, database::Sql sql,
                                             ClientId id) {
    ClientRows rows;
    TRY(tx.each(sql, {id}, [&rows](const Row& row) { rows.add(row); }));
    auto found = TRY(rows.take());
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace

Result<std::optional<ClientRecord>> find_client(database::ReadTransaction& tx, ClientId id) {
    return read_one(tx, find_sql, id);
}

Result<std::optional<ClientRecord>> find_client_from(database::ReadTransaction& tx, ClientId id) {
    return read_one(tx, find_from_sql, id);
}

Result<std::vector<ClientRecord>> list_clients(database::ReadTransaction& tx,
                                               std::optional<ClientId> after, int limit) {
    ClientRows rows;
    TRY(tx.each(list_sql, {page_start(after), limit}, [&rows](const Row& row) { rows.add(row); }));
    return rows.take();
}

Result<void> update_client(database::WriteTransaction& tx, const ClientRecord& client) {
    const std::int64_t changed =
        TRY(tx.execute(update_sql, {client.id, client.name, pack_list(client.origins),
                                    pack_list(client.redirect_uris), to_column(client.scopes)}));
    if (changed == 0) return fail(ErrorCode::not_found, "There is no such app.");
    TRY(tx.execute(delete_secrets_sql, {client.id}));
    return insert_secrets(tx, client);
}

Result<void> note_secret_use(database::WriteTransaction& tx, const SecretUse& use) {
    TRY(tx.execute(note_use_sql, {use.client_id, use.secret_hash, to_unix(use.at)}));
    return {};
}

Result<bool> delete_client(database::WriteTransaction& tx, ClientId id) {
    const std::int64_t deleted = TRY(tx.execute(delete_sql, {id}));
    if (deleted == 0) return false;
    TRY(tx.execute(delete_secrets_sql, {id}));
    TRY(tx.execute(delete_logo_sql, {id}));
    TRY(delete_sharing_of(tx, id));
    TRY(delete_webhooks_of(tx, id));
    TRY(tx.execute(remove_definitions_sql, {id}));
    TRY(tx.execute(delete_definitions_sql, {id}));
    TRY(tx.execute(delete_families_sql, {id}));
    TRY(tx.execute(delete_connections_sql, {id}));
    return true;
}

}  // namespace latchkey::store
