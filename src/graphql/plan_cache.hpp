#pragma once

// Plans by the bytes of their query and the operation's name: bounded, and safe across threads.
// Plans that a thread has found before it finds again without a word to the others.

#include <array>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "graphql/engine.hpp"

namespace latchkey::graphql {

/// Least recently used out first. Only documents that are good get in, so that a stream of bad ones
/// pushes nothing out.
class PlanCache {
public:
    PlanCache(std::size_t max_plans, std::size_t max_bytes)
        : max_plans_(max_plans), max_bytes_(max_bytes) {}

    using Name = std::optional<std::string_view>;

    /// Null when it is not there.
    [[nodiscard]] std::shared_ptr<const Plan> find(std::string_view query, Name operation_name);
    void insert(std::string_view query, Name operation_name, std::shared_ptr<const Plan> plan,
                std::size_t plan_bytes);

private:
    struct Entry {
        std::string key;
        std::shared_ptr<const Plan> plan;
        std::size_t bytes;
    };
    using Entries = std::list<Entry>;

    /// The plans that some of the threads found last: what is asked all the time. A plan stays good
    /// for its bytes, so nothing here is ever out of date.
    struct alignas(64) Front {
        struct Place {
            std::string key;
            std::shared_ptr<const Plan> plan;
        };
        static constexpr std::size_t places = 32;              // five bits of a hash
        static constexpr std::size_t max_bytes = 64UL * 1024;  // a larger plan gets no place

        std::mutex mutex;
        std::array<Place, places> found;  // guarded by mutex
    };
    static constexpr std::size_t fronts = 16;

    [[nodiscard]] std::shared_ptr<const Plan> find_for_all(std::string_view key,
                                                           Front::Place& place);
    /// Filled again for each look-up: no allocation once it has grown.
    [[nodiscard]] static std::string_view make_key(std::string_view query, Name operation_name);

    std::size_t max_plans_;
    std::size_t max_bytes_;
    std::array<Front, fronts> fronts_;  // a thread has one of them
    std::mutex mutex_;                  // of what follows
    Entries entries_;                   // the most recently used first
    std::unordered_map<std::string_view, Entries::iterator> index_;
    std::size_t bytes_ = 0;
};

}  // namespace latchkey::graphql
