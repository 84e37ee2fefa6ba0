#include "testing/store_dump.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "testing/databases.hpp"

namespace latchkey::testing {
namespace {

using database::Row;
using database::Sql;
using testing::must;

struct Table {
    std::string_view name;
    Sql all;
};

// Without what is another each time: the ids of events, and of the realm that is there from the
// start.
constexpr std::array tables = {
    Table{"users", "SELECT * FROM users"},
    Table{"clients", "SELECT * FROM clients"},
    Table{"client_logos", "SELECT * FROM client_logos"},
    Table{"client_roles", "SELECT * FROM client_roles"},
    Table{"client_secrets", "SELECT * FROM client_secrets"},
    Table{"connections", "SELECT * FROM connections"},
    Table{"consumed_consent_ids", "SELECT * FROM consumed_consent_ids"},
    Table{"refresh_families", "SELECT * FROM refresh_families"},
    Table{"idempotent_answers", "SELECT * FROM idempotent_answers"},
    Table{"metafield_definitions", "SELECT * FROM metafield_definitions"},
    Table{"metafield_values", "SELECT * FROM metafield_values"},
    Table{"metafield_namespaces", "SELECT * FROM metafield_namespaces"},
    Table{"metafield_grants", "SELECT * FROM metafield_grants"},
    Table{"metafield_aliases", "SELECT * FROM metafield_aliases"},
    Table{"removals", "SELECT * FROM removals"},
    Table{"webhooks", "SELECT * FROM webhooks"},
    Table{"webhook_deliveries",
          "SELECT webhook_id, 0, created_at, user_id, topic, keys, state, attempts, "
          "next_attempt_at, last_status, last_error FROM webhook_deliveries"},
    Table{"email_challenges", "SELECT * FROM email_challenges"},
    Table{"rate_counters", "SELECT * FROM rate_counters"},
    Table{"passkeys", "SELECT * FROM passkeys"},
    Table{"consumed_passkey_challenges", "SELECT * FROM consumed_passkey_challenges"},
    Table{"browser_sessions", "SELECT * FROM browser_sessions"},
    Table{"outgoing_mail",
          "SELECT 0, realm_id, sealed_message, attempts, created_at, next_attempt_at "
          "FROM outgoing_mail"},
    Table{
        "audit",
        "SELECT realm_id, 0, at, request_id, actor, identity, action, user_id, client_id, origin, "
        "detail, reason FROM audit"},
    Table{"realms", "SELECT 0, name, public_url, 0 FROM realms"},
    Table{"keys", "SELECT * FROM keys"},
    Table{"schema_steps", "SELECT * FROM schema_steps"},
};
constexpr Sql table_names =
    "SELECT name, (SELECT count(*) FROM pragma_table_info(t.name)) FROM sqlite_schema t "
    "WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

const Table& find_table(std::string_view name) {
    const auto* const known = std::find_if(
        tables.begin(), tables.end(), [name](const Table& table) { return table.name == name; });
    if (known != tables.end()) return *known;
    throw std::runtime_error("testing/store_dump.cpp has to learn the table " + std::string(name));
}

std::string line_of(const Row& row, std::int64_t columns) {
    std::string out;
    for (int i = 0; i < columns; ++i) {
        out += row.is_null(i) ? "NULL " : to_hex(row.blob(i)) + " ";
    }
    return out + "\n";
}

}  // namespace

std::map<std::string, std::string> dump_tables(database::ReadTransaction& tx) {
    std::map<std::string, std::int64_t> columns;
    must(tx.each(table_names, {}, [&columns](const Row& row) {
        columns[std::string(row.text(0))] = row.integer(1);
    }));
    std::map<std::string, std::string> tables_there;
    for (const auto& [name, count] : columns) {
        std::string& out = tables_there[name];
        must(tx.each(find_table(name).all, {},
                     [&, width = count](const Row& row) { out += line_of(row, width); }));
    }
    return tables_there;
}

std::string dump_store(database::Database& database) {
    const auto tx = must(database.read());
    std::string out;
    for (const auto& [name, rows] : dump_tables(*tx)) out.append(name).append("\n").append(rows);
    return out;
}

}  // namespace latchkey::testing
