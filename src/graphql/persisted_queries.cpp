#include "graphql/persisted_queries.hpp"

#include <cstring>

namespace latchkey::graphql {
namespace {

// What an entry takes besides its text, roughly.
constexpr std::size_t entry_bytes = 200;

std::size_t cost_of(const std::string& query) { return query.size() + entry_bytes; }

}  // namespace

RequestError persisted_query_not_found() {
    return {.message = "PersistedQueryNotFound",
            .locations = {},
            .rule = "PersistedQuery",
            .code = "PERSISTED_QUERY_NOT_FOUND"};
}

// Its bytes are evenly spread already.
std::size_t PersistedQueries::HashOfHash::operator()(const QueryHash& hash) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, hash.data(), sizeof(value));
    return value;
}

std::shared_ptr<const std::string> PersistedQueries::find(const QueryHash& hash) {
    const std::lock_guard lock(mutex_);
    const auto found = index_.find(hash);
    if (found == index_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->query;
}

void PersistedQueries::insert(const QueryHash& hash, std::string query) {
    const std::size_t bytes = cost_of(query);
    if (bytes > max_bytes_) return;
    auto shared = std::make_shared<const std::string>(std::move(query));
    const std::lock_guard lock(mutex_);
    if (index_.contains(hash)) return;
    while (bytes_ + bytes > max_bytes_) {
        bytes_ -= cost_of(*entries_.back().query);
        index_.erase(entries_.back().hash);
        entries_.pop_back();
    }
    entries_.push_front({hash, std::move(shared)});
    index_.emplace(hash, entries_.begin());
    bytes_ += bytes;
}

}  // namespace latchkey::graphql
