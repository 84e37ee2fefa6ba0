#pragma once

// One transaction around what a test does to a store.

#include <type_traits>

#include "database/database.hpp"
#include "testing/must.hpp"

namespace latchkey::testing {

/// Runs `work` in a write transaction of its own, commits, and answers what `work` did.
template <class Work>
auto write_once(database::Database& database, Work work) {
    const auto tx = must(database.write());
    if constexpr (std::is_void_v<decltype(must(work(*tx)))>) {
        must(work(*tx));
        must(tx->commit());
    } else {
        auto value = must(work(*tx));
        must(tx->commit());
        return value;
    }
}

template <class Work>
auto read_once(database::Database& database, Work work) {
    const auto tx = must(database.read());
    return must(work(*tx));
}

}  // namespace latchkey::testing
