#pragma once

// How a call to Latchkey ends: with its value, or with a CallError that says what to do next.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::client {

enum class FailureKind : std::uint8_t {
    transport,         // no answer: refused, too slow, certificate not trusted. Try again later
    http,              // an answer whose status says no, such as 503. Try again later
    malformed_answer,  // not what the API promises, or longer than the limit
    graphql,           // the answer's `errors`: the query or its variables are not right
    user_error,        // the answer's `userErrors`: the input was refused, `field` says where
    unauthorized,      // 401: wrong client credentials, or an access token that is good no longer
    invalid_token,     // a consent or refresh token that is wrong, used up or expired
    access_withdrawn,  // NO_CONSENT, NO_USER: only a new sign-in of the person helps
};

[[nodiscard]] std::string_view to_string(FailureKind kind) noexcept;

/// Fit for a log: holds no token, no secret and nothing about the person.
struct CallError {
    FailureKind kind;
    std::string message;             // for developers, in English
    std::string code = {};           // as on the wire: "INVALID_TOKEN", "invalid_grant"; or empty
    std::vector<std::string> field;  // userErrors: path of the input that is at fault
    int status = 0;                  // of the HTTP answer; 0 when there was none
    std::string request_id = {};     // names the line in Latchkey's log
};

template <class T>
using Outcome = std::expected<T, CallError>;

}  // namespace latchkey::client
