#pragma once

// What a page needs of a logo, for every statement that reads it as `l`.

#include "model/records.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {

inline constexpr Part logo_label_columns = "l.version, l.width, l.height";

[[nodiscard]] inline LogoLabel read_logo_label(RowReader& in) {
    return {.version = in.text(),
            .width = static_cast<std::uint32_t>(in.integer()),
            .height = static_cast<std::uint32_t>(in.integer())};
}

}  // namespace latchkey::store
