#pragma once

// The grants of the token endpoint, a row each. Another one is a file with its hooks and a row.

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "grants/phases.hpp"
#include "grants/refresh.hpp"
#include "oauth/parameters.hpp"

namespace latchkey::grants {

/// A request for tokens that was read, and is run in the transaction.
using TokenRequest = std::move_only_function<oauth::Result<Tokens>(const TokenCall& call) const>;

struct GrantRow {
    std::string_view grant_type;
    /// Without the store. What it returns holds views of the parameters. Refusals: invalid_request.
    oauth::Result<TokenRequest> (*read)(const oauth::Parameters& parameters);
};

template <TokenEndpointGrant G>
[[nodiscard]] oauth::Result<TokenRequest> read_request(const oauth::Parameters& parameters) {
    auto request = TRY(G::read(parameters));
    return TokenRequest(
        [request = std::move(request)](const TokenCall& call) { return run<G>(call, request); });
}

template <TokenEndpointGrant G>
[[nodiscard]] consteval GrantRow row() {
    return {G::grant_type, &read_request<G>};
}

using GrantTable = std::span<const GrantRow>;

inline constexpr std::array grant_table{
    row<RefreshGrant>(),  // RFC 6749 6
};

/// Null: this grant_type is not served.
[[nodiscard]] constexpr const GrantRow* find_grant(GrantTable table,
                                                   std::string_view grant_type) noexcept {
    for (const GrantRow& row : table) {
        if (row.grant_type == grant_type) return &row;
    }
    return nullptr;
}

}  // namespace latchkey::grants
