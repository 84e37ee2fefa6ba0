#pragma once

// The bridge for code that opens its own write transaction (`database.write()`) in place of taking
// one as a parameter: while an AmbientGroup lives, write() and read() of its Database on this
// thread go through its group, and group() has its number. run_group makes one around the work it
// runs. When nobody calls Database::write() and Database::group() any more, this goes, and with it
// these two, WriteGroup::peek() and what read() does about it.

#include <cstdint>

#include "database/database.hpp"

namespace latchkey::database {

class AmbientGroup {
public:
    AmbientGroup(const Database& database, WriteGroup& group) noexcept;
    ~AmbientGroup();
    AmbientGroup(const AmbientGroup&) = delete;
    AmbientGroup& operator=(const AmbientGroup&) = delete;

    /// The group that the calling thread runs on `database`; null: none.
    [[nodiscard]] static WriteGroup* of(const Database& database) noexcept;
    [[nodiscard]] static std::uint64_t number(const Database& database) noexcept;

private:
    const Database& database_;
    WriteGroup& group_;
    std::uint64_t number_;
    AmbientGroup* outer_;
};

}  // namespace latchkey::database
