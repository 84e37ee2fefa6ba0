#include "graphql/plan_cache.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/thread_number.hpp"

namespace latchkey::graphql {

namespace {

/// By the size of a key and the eight bytes in its middle. Two of one place cost each other a
/// look-up for all threads, no more, so a hash of every byte would not pay.
std::size_t place_of(std::string_view key) noexcept {
    std::uint64_t middle = 0;
    const std::size_t size = std::min(key.size(), sizeof middle);
    std::memcpy(&middle, key.data() + (key.size() - size) / 2, size);
    return ((middle ^ key.size()) * 0x9E3779B97F4A7C15ULL) >> 59U;
}

}  // namespace

std::string_view PlanCache::make_key(std::string_view query, Name operation_name) {
    // Both end in bytes that no valid UTF-8 text has, so that no query can pose as a named one.
    thread_local std::string key;
    key.assign(query);
    key.push_back(operation_name ? '\xFF' : '\xFE');
    if (operation_name) key.append(*operation_name);
    return key;
}

std::shared_ptr<const Plan> PlanCache::find(std::string_view query, Name operation_name) {
    const std::string_view key = make_key(query, operation_name);
    Front& front = fronts_[thread_number() % fronts];
    const std::lock_guard lock(front.mutex);
    Front::Place& place = front.found[place_of(key)];
    return place.key == key ? place.plan : find_for_all(key, place);
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
