#pragma once

// What the functions of clients, tokens and grants work with, passed by reference from the
// composition root.

#include "base/ports.hpp"
#include "database/database.hpp"
#include "realm/realm.hpp"

namespace latchkey::clients {
class SecretUses;
}  // namespace latchkey::clients

namespace latchkey::realm {

struct Services {
    database::Database& database;
    const Realm& realm;
    Ports ports;
    clients::SecretUses& secret_uses;
};

}  // namespace latchkey::realm
