#pragma once

// The statements of a schema's file, one after the other.

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "database/database.hpp"

namespace latchkey::store::schema {

class Script {
public:
    /// The statements stay where the text is, which must live as long as the program: a file that
    /// is embedded in it. Errors: internal, for a text that ends within a quote or a statement, or
    /// that defines a trigger, whose body this does not read.
    [[nodiscard]] static Result<Script> parse(std::string_view text);

    [[nodiscard]] const std::vector<database::Sql>& statements() const noexcept {
        return statements_;
    }

private:
    std::vector<database::Sql> statements_;
};

}  // namespace latchkey::store::schema
