#include "store/clients.hpp"

#include <utility>

#include "store/client_logos.hpp"
#include "store/client_roles.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_namespaces.hpp"
#include "store/removals.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"
#include "store/webhooks.hpp"

namespace latchkey::store {
namespace {

// A client and its secrets in one statement: a row per secret, or one with a NULL hash.
constexpr Part client_columns =
    "c.id, c.realm_id, c.name, c.origins, c.redirect_uris, c.scopes, c.created_at, "
    "s.hash, s.created_at, s.expires_at, s.last_used_at";

/// Puts the rows of the join together again.
class ClientRows {
public:
    void add(const Row& row) {
        RowReader in(row);
        const auto id = in.id<ClientId>();
        if (clients_.empty() || clients_.back().id != id) {
            clients_.push_back({.id = id,
                                .realm_id = in.id<RealmId>(),
                                .name = in.text(),
                                .origins = in.list(corrupt_),
                                .redirect_uris = in.list(corrupt_),
                                .scopes = in.scopes(),
                                .secrets = {},
                                .created_at = in.time()});
        } else {
            in.skip(client_fields - 1);
        }
        if (in.at_null()) return;
        clients_.back().secrets.push_back({.hash = in.bytes(),
                                           .created_at = in.time(),
                                           .expires_at = in.optional_time(),
                                           .last_used_at = in.optional_time()});
    }

    Result<std::vector<ClientRecord>> take() {
        TRY(corrupt_.check());
        return std::move(clients_);
    }

private:
    static constexpr int client_fields = 7;  // before the secret's

    std::vector<ClientRecord> clients_;
    CorruptRows corrupt_;
};

constexpr database::Sql insert_client_sql =
    R"(INSERT INTO clients (id, realm_id, name, origins, redirect_uris, scopes, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr database::Sql insert_secret_sql =
    R"(INSERT INTO client_secrets (client_id, ordinal, hash, created_at, expires_at, last_used_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql find_client_sql = sql<"SELECT ", client_columns, R"(
         FROM clients c LEFT JOIN client_secrets s ON s.client_id = c.id
         WHERE c.id = ?1 AND c.realm_id = ?2 ORDER BY s.ordinal)">;
constexpr database::Sql find_client_from_sql = sql<"SELECT ", client_columns, R"(
         FROM clients c LEFT JOIN client_secrets s ON s.client_id = c.id
         WHERE c.id = (SELECT min(id) FROM clients WHERE id >= ?1) ORDER BY s.ordinal)">;
constexpr database::Sql find_realm_of_client_sql = "SELECT realm_id FROM clients WHERE id = ?1";
constexpr database::Sql list_clients_sql = sql<"SELECT ", client_columns, R"(
         FROM (SELECT * FROM clients WHERE realm_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3) c
         LEFT JOIN client_secrets s ON s.client_id = c.id
         ORDER BY c.id, s.ordinal)">;
constexpr database::Sql note_secret_use_sql =
    R"(UPDATE client_secrets SET last_used_at = ?3
       WHERE client_id = ?1 AND hash = ?2 AND (last_used_at IS NULL OR last_used_at < ?3))";
constexpr database::Sql update_client_sql =
    R"(UPDATE clients SET name = ?2, origins = ?3, redirect_uris = ?4, scopes = ?5
       WHERE id = ?1)";
constexpr database::Sql delete_client_sql = "DELETE FROM clients WHERE id = ?1 AND realm_id = ?2";
constexpr database::Sql delete_secrets_sql = "DELETE FROM client_secrets WHERE client_id = ?1";

Result<void> insert_secrets(database::WriteTransaction& tx, const ClientRecord& client) {
    std::int64_t ordinal = 0;
    for (const ClientSecretRecord& secret : client.secrets) {
        TRY(tx.execute(insert_secret_sql,
                       {client.id, ++ordinal, secret.hash, to_unix(secret.created_at),
                        to_column(secret.expires_at), to_column(secret.last_used_at)}));
    }
    return {};
}

Result<std::optional<ClientRecord>> read_one_client(database::ReadTransaction& tx,
                                                    database::Sql statement,
                                                    database::Params params) {
    ClientRows rows;
    TRY(tx.each(statement, params, [&rows](const Row& row) { rows.add(row); }));
    auto found = TRY(rows.take());
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

}  // namespace

Result<void> insert_client(database::WriteTransaction& tx, const ClientRecord& client) {
    TRY(tx.execute(insert_client_sql, {client.id, client.realm_id, client.name,
                                       pack_list(client.origins), pack_list(client.redirect_uris),
                                       client.scopes.text, to_unix(client.created_at)}));
    return insert_secrets(tx, client);
}

Result<std::optional<ClientRecord>> find_client(database::ReadTransaction& tx, RealmId realm,
                                                ClientId id) {
    return read_one_client(tx, find_client_sql, {id, realm});
}

Result<std::optional<ClientRecord>> find_client_from(database::ReadTransaction& tx, ClientId id) {
    return read_one_client(tx, find_client_from_sql, {id});
}

Result<std::optional<RealmId>> find_realm_of_client(database::ReadTransaction& tx, ClientId id) {
    return tx.find(find_realm_of_client_sql, {id},
                   [](const Row& row) { return row.id<RealmId>(0); });
}

Result<std::vector<ClientRecord>> list_clients(database::ReadTransaction& tx, RealmId realm,
                                               std::optional<ClientId> after, int limit) {
    ClientRows rows;
    TRY(tx.each(list_clients_sql, {realm, page_start(after), limit},
                [&rows](const Row& row) { rows.add(row); }));
    return rows.take();
}

Result<void> update_client(database::WriteTransaction& tx, const ClientRecord& client) {
    const bool changed = TRY(changes_one(tx, update_client_sql,
                                         {client.id, client.name, pack_list(client.origins),
                                          pack_list(client.redirect_uris), client.scopes.text}));
    if (!changed) return no_such_app();
    TRY(tx.execute(delete_secrets_sql, {client.id}));
    return insert_secrets(tx, client);
}

Result<void> note_secret_use(database::WriteTransaction& tx, const SecretUse& use) {
    TRY(tx.execute(note_secret_use_sql, {use.client_id, use.secret_hash, to_unix(use.at)}));
    return {};
}

Result<bool> delete_client(database::WriteTransaction& tx, RealmId realm, ClientId id) {
    const bool deleted = TRY(changes_one(tx, delete_client_sql, {id, realm}));
    if (!deleted) return false;
    TRY(note_removal(tx, Removed::client, id));
    TRY(tx.execute(delete_secrets_sql, {id}));
    TRY(delete_client_logo(tx, id));
    TRY(delete_roles_of(tx, id));
    TRY(delete_webhooks_of(tx, id));
    TRY(delete_definitions_of(tx, id));
    TRY(delete_namespaces_of(tx, id));
    return true;
}

}  // namespace latchkey::store
