#pragma once

// Every limit of the engine, with its default. A document over one is refused with an error that
// names it, before the work it guards is done (OWASP GraphQL Cheat Sheet; ASVS 4.3.1).

#include <cstddef>
#include <cstdint>

namespace latchkey::graphql {

/// Whether validation errors say "Did you mean …". That tells names of the schema to whoever asks,
/// also where introspection is refused.
enum class Suggestions : std::uint8_t { off, on };

struct Limits {
    std::size_t max_query_bytes = 64UL * 1024;
    std::size_t max_tokens = 4'000;
    std::size_t max_nesting = 64;      // brackets of any kind inside each other, as written
    std::size_t max_depth = 32;        // fields inside each other, fragments expanded
    std::size_t max_fields = 2'000;    // field selections, fragments expanded
    std::size_t max_aliases = 100;     // as written
    std::size_t max_directives = 100;  // as written
    std::size_t max_fragments = 100;   // definitions
    // Fragments can spell out more sets of fields than there is time for: within all other limits a
    // quarter of a thousand operations that share two thousand fields. This many selections, looked
    // at to see whether fields merge, take under 6 ms.
    std::size_t max_visits = 500'000;
    // Fields that do not merge are told pair by pair, up to so many pairs and levels. A client's
    // mistake shows long before.
    std::size_t max_conflict_pairs = 20'000;
    std::size_t max_conflict_levels = 200;
    std::size_t max_errors = 20;          // reported in one answer; checking stops there
    std::size_t max_locations = 100;      // shown with one error
    std::int64_t max_cost = 10'000;       // computed before execution, see execution/cost.hpp
    std::int64_t assumed_list_size = 10;  // of a list that no `first` or `last` bounds
    std::int64_t max_introspection_cost = 100'000;  // objects of introspection, likewise
    std::size_t max_plan_fields = 20'000;  // fields of a plan: once for each possible object type
};

}  // namespace latchkey::graphql
