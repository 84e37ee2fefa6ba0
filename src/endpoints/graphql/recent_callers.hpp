#pragma once

// Credentials that were good a moment ago, so that a mutation's caller is looked up once, on the
// write lane, where it counts: before that it is enough to know that strangers are kept out. What
// is here decides nothing else; what was withdrawn meanwhile is refused on the lane, and goes.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/short_hash.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// Safe to use from any thread.
class RecentCallers {
public:
    explicit RecentCallers(Random& random) : hash_(random) {}

    [[nodiscard]] bool holds(const http::Request& request) const noexcept {
        const std::uint64_t hash = hash_of(request);
        return hash != 0 && slot(hash).load(std::memory_order_relaxed) == hash;
    }
    void add(const http::Request& request) noexcept {
        const std::uint64_t hash = hash_of(request);
        if (hash != 0) slot(hash).store(hash, std::memory_order_relaxed);
    }
    void remove(const http::Request& request) noexcept {
        std::uint64_t hash = hash_of(request);
        if (hash != 0) slot(hash).compare_exchange_strong(hash, 0, std::memory_order_relaxed);
    }

private:
    /// A new one takes the place of the one that was in its slot.
    static constexpr std::size_t slots = 1024;
    using Slot = std::atomic<std::uint64_t>;

    /// 0: none that could be remembered.
    [[nodiscard]] std::uint64_t hash_of(const http::Request& request) const noexcept {
        const auto credentials = request.header("Authorization");
        return credentials ? hash_(*credentials) : 0;
    }
    [[nodiscard]] Slot& slot(std::uint64_t hash) noexcept { return hashes_[hash % slots]; }
    [[nodiscard]] const Slot& slot(std::uint64_t hash) const noexcept {
        return hashes_[hash % slots];
    }

    crypto::ShortHash hash_;
    std::array<Slot, slots> hashes_{};
};

}  // namespace latchkey::endpoints
