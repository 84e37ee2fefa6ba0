#pragma once

// What the benches share: ending on an error that nothing can be done about, and ids that look
// random and are the same in every run.

#include <fmt/core.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <type_traits>
#include <utility>

#include "base/result.hpp"

namespace latchkey::bench {

/// The value; prints the error and ends the program where there is none.
template <class T>
T must(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "bench: {} {}\n", result.error().public_text.view(),
                   result.error().detail);
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The nth id of a kind (splitmix64).
template <class IdType>
IdType nth_id(std::uint64_t n) {
    IdType id;
    for (std::size_t i = 0; i < id.bytes.size(); i += 8) {
        std::uint64_t word = (n * 2 + i + 1) * 0x9E3779B97F4A7C15ULL;
        word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        word = (word ^ (word >> 27U)) * 0x94D049BB133111EBULL;
        word ^= word >> 31U;
        std::memcpy(id.bytes.data() + i, &word, sizeof word);
    }
    return id;
}

}  // namespace latchkey::bench
