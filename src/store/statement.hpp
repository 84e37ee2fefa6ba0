#pragma once

// SQL put together from literals while compiling, so that the list of a record's columns is written
// once, beside what reads it:
//
//     constexpr Part user_columns = "id, realm_id, …";
//     constexpr database::Sql find_user_sql = sql<"SELECT ", user_columns, " FROM users …">;

#include <array>
#include <cstddef>

#include "database/database.hpp"

namespace latchkey::store {

/// A piece of a statement.
template <std::size_t size>
struct Part {
    char text[size]{};

    consteval Part(const char (&literal)[size]) {  // NOLINT(google-explicit-constructor)
        for (std::size_t i = 0; i < size; ++i) text[i] = literal[i];
    }
};

template <Part... parts>
struct Joined {
    static constexpr auto text = [] {
        std::array<char, ((sizeof(parts.text) - 1) + ...) + 1> joined{};
        std::size_t at = 0;
        const auto append = [&joined, &at](const auto& part) {
            for (std::size_t i = 0; part.text[i] != '\0'; ++i) joined[at++] = part.text[i];
        };
        (append(parts), ...);
        return joined;
    }();
};

template <Part... parts>
inline constexpr database::Sql sql = database::Sql(Joined<parts...>::text.data());

}  // namespace latchkey::store
