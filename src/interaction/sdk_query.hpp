#pragma once

// A sign-in that the SDK asks for: the query of its pop-up, frame or redirect. None of it is
// secret, and all of it is checked against what the app has registered.
//
//     client_id=…&origin=…&scope=…&locale=…&flow=…[&mode=iframe]
//     … &mode=redirect&return_to=…&code_challenge=…
//     for=account&locale=…[&prompt=login]                     from our own account page

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "interaction/request.hpp"
#include "model/records.hpp"

namespace latchkey::interaction {

inline constexpr std::size_t max_flow_characters = 128;
inline constexpr std::size_t max_scope_bytes = 1024;
inline constexpr std::size_t max_locale_bytes = 35;           // RFC 5646 4.4.1
inline constexpr std::size_t code_challenge_characters = 43;  // SHA-256 in base64url

/// Asked for when the SDK names no scope: who the person is, and no more.
inline constexpr std::string_view default_scope = "openid email";

/// The parameters as they came; empty: not given.
struct SdkQuery {
    std::string_view wanted_for = {};  // `for`
    std::string_view prompt = {};
    std::string_view client_id = {};
    std::string_view origin = {};
    std::string_view scope = {};
    std::string_view locale = {};
    std::string_view flow = {};
    std::string_view mode = {};
    std::string_view return_to = {};
    std::string_view code_challenge = {};
};

/// Which app to look up; absent for the account page, and where the text is no client ID.
[[nodiscard]] std::optional<ClientId> find_app(const SdkQuery& query);

/// `client`: what find_app's look-up found. Errors: invalid_client (no such app), forbidden (an
/// origin or a return address that it has not registered), invalid_argument (scope, flow, locale
/// or code challenge).
[[nodiscard]] Result<Request> make_request(const SdkQuery& query,
                                           const std::optional<ClientRecord>& client,
                                           const ScopeRegistry& scopes);

}  // namespace latchkey::interaction
