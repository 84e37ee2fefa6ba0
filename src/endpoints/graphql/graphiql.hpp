#pragma once

// GraphiQL for one of the APIs: a page to explore and try it, from the binary, offline.

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace latchkey::endpoints {

struct GraphiqlPage {
    std::string_view api;       // "Partners", "Users"
    std::string_view endpoint;  // "/api/latest/partners/graphql.json"
};

/// GET …/graphiql. The page asks for credentials itself and keeps them in memory.
[[nodiscard]] http::Handler graphiql_page(const GraphiqlPage& page);

/// GET /graphiql/{file}: its script and stylesheet.
[[nodiscard]] http::Handler graphiql_files();

}  // namespace latchkey::endpoints
