#pragma once

// A data set with this program's schema, and the realm that exists in it from the start.

#include "database/database.hpp"
#include "store/migrations.hpp"
#include "store/realms.hpp"
#include "testing/must.hpp"

namespace latchkey::testing {

inline void migrate_sqlite(database::Database& database, Timestamp now) {
    must(store::migrate(database, must(store::schema::sqlite()), now));
}

[[nodiscard]] inline RealmId default_realm(database::Database& database) {
    const auto tx = must(database.read());
    return must(store::get_default_realm(*tx)).id;
}

}  // namespace latchkey::testing
