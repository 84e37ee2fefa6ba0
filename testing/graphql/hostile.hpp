#pragma once

// Documents that were made to hurt. For tests and benches, on the zoo.

#include <string>
#include <string_view>
#include <vector>

namespace latchkey::graphql {

struct HostileDocument {
    std::string_view name;
    std::string text;
    /// Which rule or limit refuses it when max_query_bytes does not.
    std::string_view refused_by;
};

[[nodiscard]] std::vector<HostileDocument> hostile_documents();

}  // namespace latchkey::graphql
