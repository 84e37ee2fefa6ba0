#pragma once

// Rows by keys that are made of literals: a key is found by its addresses, without reading its
// text. One thread writes, any thread reads meanwhile. Rows never go and never move; when there is
// no place for another, what it counts goes to the one that stands for all the others.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace latchkey::observation {

/// Two texts and a small number. Equal when they are the same literals.
struct LiteralKey {
    std::string_view first;
    std::string_view second{};
    std::uint8_t number = 0;

    [[nodiscard]] bool is(const LiteralKey& other) const noexcept {
        return first.data() == other.first.data() && second.data() == other.second.data() &&
               number == other.number;
    }
    [[nodiscard]] std::size_t hash() const noexcept {
        const auto a = reinterpret_cast<std::uintptr_t>(first.data());
        const auto b = reinterpret_cast<std::uintptr_t>(second.data());
        return ((a ^ (b << 1U) ^ number) * 0x9E3779B97F4A7C15U) >> 32U;
    }
};

template <class Row, std::size_t places>
class Table {
    static_assert((places & (places - 1)) == 0, "a power of two");

public:
    /// The writer's.
    [[nodiscard]] Row& at(const LiteralKey& key) noexcept {
        std::size_t place = key.hash() % places;
        for (std::size_t looked_at = 0; looked_at < places; ++looked_at) {
            Place& found = rows_[place];
            if (!found.is_taken.load(std::memory_order_relaxed)) {
                if (taken_ == places - places / 4) return others_;
                ++taken_;
                found.key = key;
                found.is_taken.store(true, std::memory_order_release);
                return found.row;
            }
            if (found.key.is(key)) return found.row;
            place = (place + 1) % places;
        }
        return others_;
    }

    /// Any thread's. `visit(key, row)`; the row that stands for all others has the key "(others)".
    template <class Visit>
    void each(Visit visit) const {
        for (const Place& place : rows_) {
            if (place.is_taken.load(std::memory_order_acquire)) visit(place.key, place.row);
        }
        visit(LiteralKey{"(others)"}, others_);
    }

private:
    struct Place {
        std::atomic<bool> is_taken{false};
        LiteralKey key;
        Row row;
    };
    std::array<Place, places> rows_;
    Row others_;
    std::size_t taken_ = 0;
};

}  // namespace latchkey::observation
