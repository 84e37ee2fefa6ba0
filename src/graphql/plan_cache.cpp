#include "graphql/plan_cache.hpp"

#include "base/text/words.hpp"
#include "base/thread_number.hpp"

namespace latchkey::graphql {

namespace {

using OperationName = std::optional<std::string_view>;

// A key is the query, one of these, and the name. No valid UTF-8 text has such a byte, so that no
// query can pose as a named one.
constexpr char end_of_unnamed = '\xFE';
constexpr char end_of_named = '\xFF';

/// By the size of a query and the eight bytes in its middle. Two of one place cost each other a
/// look-up for all threads, no more, so a hash of every byte would not pay.
std::size_t place_of(std::string_view query) noexcept {
    words::Word middle = 0;
    if (query.size() >= sizeof middle) {
        middle = words::load(query.data() + (query.size() - sizeof middle) / 2);
    } else if (!query.empty()) {
        middle = words::load_short(query);
    }
    return ((middle ^ query.size()) * 0x9E3779B97F4A7C15ULL) >> 59U;
}

/// Without making the key of the two.
bool is_key_of(std::string_view key, std::string_view query, const OperationName& name) noexcept {
    const std::size_t name_size = name ? name->size() : 0;
    if (key.size() != query.size() + 1 + name_size || !key.starts_with(query)) return false;
    if (!name) return key.back() == end_of_unnamed;
    return key[query.size()] == end_of_named && key.ends_with(*name);
}

}  // namespace

std::string_view PlanCache::make_key(std::string_view query, Name operation_name) {
    thread_local std::string key;
    key.assign(query);
    key.push_back(operation_name ? end_of_named : end_of_unnamed);
    if (operation_name) key.append(*operation_name);
    return key;
}

std::shared_ptr<const Plan> PlanCache::find(std::string_view query, Name operation_name) {
    Front& front = fronts_[thread_number() % fronts];
    const std::lock_guard lock(front.mutex);
    Front::Place& place = front.found[place_of(query)];
    if (is_key_of(place.key, query, operation_name)) return place.plan;
    return find_for_all(make_key(query, operation_name), place);
}

std::shared_ptr<const Plan> PlanCache::find_for_all(std::string_view key, Front::Place& place) {
    const std::lock_guard lock(mutex_);
    const auto found = index_.find(key);
    if (found == index_.end()) return nullptr;
    const Entry& entry = *found->second;
    entries_.splice(entries_.begin(), entries_, found->second);
    if (entry.bytes <= Front::max_bytes) place = {entry.key, entry.plan};
    return entry.plan;
}

void PlanCache::insert(std::string_view query, Name operation_name,
                       std::shared_ptr<const Plan> plan, std::size_t plan_bytes) {
    const std::string_view key = make_key(query, operation_name);
    const std::size_t bytes = key.size() + plan_bytes;
    if (bytes > max_bytes_ || max_plans_ == 0) return;
    const std::lock_guard lock(mutex_);
    if (index_.contains(key)) return;
    while (entries_.size() >= max_plans_ || bytes_ + bytes > max_bytes_) {
        bytes_ -= entries_.back().bytes;
        index_.erase(entries_.back().key);
        entries_.pop_back();
    }
    entries_.push_front({std::string(key), std::move(plan), bytes});
    index_.emplace(entries_.front().key, entries_.begin());
    bytes_ += bytes;
}

}  // namespace latchkey::graphql
