#pragma once

// The types of custom data that both APIs share: definitions, identifiers, userErrors.

#include <string>
#include <string_view>
#include <vector>

#include "api/transactions.hpp"
#include "graphql/call.hpp"
#include "graphql/input.hpp"
#include "graphql/resolvers.hpp"
#include "metafields/names.hpp"
#include "metafields/problem.hpp"

namespace latchkey::api {

/// A CustomDataKeyPairInput. Views live as long as `input`.
[[nodiscard]] metafields::Identifier read_identifier(const graphql::Input& input);
/// A list of them; empty for null.
[[nodiscard]] std::vector<metafields::Identifier> read_identifiers(const graphql::Input& input);

/// The problems with `argument` put in front of their paths.
[[nodiscard]] metafields::Problems under_argument(std::string_view argument,
                                                  metafields::Problems problems);

/// Who is looking at custom data, and where it lies. Each API has it in its own request.
struct CustomDataView {
    Transactions store;
    ClientId client_id;
};
using FindView = CustomDataView (*)(const graphql::Call& call);

/// RFC 9562 4: 8-4-4-4-12 hex digits.
[[nodiscard]] std::string uuid_text(std::string_view hex_digits);

/// MetafieldDefinition and what hangs on it, UserError, PageInfo.
void add_custom_data(graphql::Resolvers& resolvers, FindView find_view);

}  // namespace latchkey::api
