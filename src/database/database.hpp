#pragma once

// The one storage seam. Everything above writes SQL once, against these types; everything below
// (src/sqlite, later src/postgres) knows one engine and nothing of the domain.
//
// What a driver must guarantee:
// - A read transaction sees one state: what was durable when it first read, and all of what was
//   acknowledged to anybody before it began.
// - What of a group is kept appears to others at once or not at all, and is durable when its
//   commit() returns.
// - Groups behave as if they ran one after the other. Where two run at once and that would be
//   broken, one of them gets serialization_failure, from any of its calls; nothing of it is kept,
//   its state is `overtaken`, and whoever runs it (run_group) runs it again.
// - A statement that would break a UNIQUE or PRIMARY KEY constraint, with a row of anybody, fails
//   at once (conflict, not at the commit), and nothing of it is done, whatever the number of its
//   rows. The transaction goes on as if it had not been run: what was written before stays, more
//   may be written, and commit() keeps it. It spoils no group. The caller says how the request
//   ends: who returns the error without commit() has written nothing.
// - A statement is found by its literal's address and prepared once for each connection.

#include <memory>

#include "base/result.hpp"
#include "database/statement.hpp"
#include "database/transaction.hpp"
#include "database/write_group.hpp"

namespace latchkey::database {

/// One engine, one data set. Thread-safe: each thread uses connections of its own underneath.
class Database {
public:
    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database() = default;

    /// A transaction on the calling thread. Requests read through Readers instead, as this call
    /// may wait for a network.
    [[nodiscard]] virtual Result<std::unique_ptr<ReadTransaction>> read() = 0;

    /// Errors: unavailable when another writer holds the store for longer than the busy limit.
    /// Use run_write or the write lane, which run it again where that is needed.
    [[nodiscard]] virtual Result<std::unique_ptr<WriteGroup>> begin_group(Isolation isolation) = 0;
};

}  // namespace latchkey::database
