#pragma once

// Query texts by their SHA-256, as clients name them that send a text once and its hash from then
// on (Apollo's automatic persisted queries). Bounded, and safe across threads. Whoever inserts has
// hashed the text himself: this only remembers.

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "graphql/request_error.hpp"

namespace latchkey::graphql {

using QueryHash = std::array<std::uint8_t, 32>;

/// The error that makes a client send the text along with the hash.
[[nodiscard]] RequestError persisted_query_not_found();

class PersistedQueries {
public:
    /// The texts take at most `max_bytes`. The least recently used goes first.
    explicit PersistedQueries(std::size_t max_bytes = 4UL * 1024 * 1024) : max_bytes_(max_bytes) {}

    /// Null when it is not there.
    [[nodiscard]] std::shared_ptr<const std::string> find(const QueryHash& hash);
    void insert(const QueryHash& hash, std::string query);

private:
    struct Entry {
        QueryHash hash;
        std::shared_ptr<const std::string> query;
    };
    using Entries = std::list<Entry>;

    struct HashOfHash {
        std::size_t operator()(const QueryHash& hash) const noexcept;
    };

    std::size_t max_bytes_;
    std::mutex mutex_;
    Entries entries_;  // the most recently used first
    std::unordered_map<QueryHash, Entries::iterator, HashOfHash> index_;
    std::size_t bytes_ = 0;
};

}  // namespace latchkey::graphql
