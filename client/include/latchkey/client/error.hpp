#pragma once

// How whatever can fail here ends: with its value, or with an Error whose kind says what to do
// next. Nothing in this library throws on purpose, except std::bad_alloc and, where the operating
// system has no randomness to give, std::system_error.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::client {

/// Closed: a switch over it needs no default.
enum class ErrorKind : std::uint8_t {
    // How calls to Latchkey fail.
    transport,         // no answer: refused, too slow, certificate not trusted. Try again later
    http,              // an answer whose status says no, such as 503. Try again later
    malformed_answer,  // not what the API promises, or longer than the limit
    graphql,           // the answer's `errors`: the query or its variables are not right
    user_error,        // the answer's `userErrors`: the input was refused, `field` says where
    unauthorized,      // 401: wrong client credentials, or an access token that is good no longer
    invalid_token,     // a consent or refresh token that is wrong, used up or expired
    access_withdrawn,  // NO_CONSENT, NO_USER: only a new sign-in of the person helps

    // How Client::make fails.
    invalid_argument,  // an option is not allowed: `message` names it

    // How the vault fails.
    malformed,       // the key file holds no key, or a folder or file is something else
    no_permission,   // others can read the key file, or the operating system refuses
    in_use,          // another vault, perhaps of another process, has the folder open
    damaged,         // a file was changed, or sealed for another owner or with another key
    unsupported,     // a file that a newer version wrote
    too_large,       // a token of more than 4096 bytes, or a file that is too long
    storage_full,    // no space left. What was kept before is still there
    storage_failed,  // the operating system reports another failure: `message` has its words
};

/// Its name: "access_withdrawn".
[[nodiscard]] std::string_view to_string(ErrorKind kind) noexcept;

/// Fit for a log: holds no token, no secret and nothing about the person.
struct Error {
    ErrorKind kind;
    std::string message;  // for developers, in English; of the vault, with the path

    // Of a call's answer; all empty for every other failure.
    std::string code = {};                // as on the wire: "INVALID_TOKEN", "invalid_grant"
    std::vector<std::string> field = {};  // userErrors: path of the input, {"metafields", "0"}
    int status = 0;                       // of HTTP (RFC 9110 15); 0 when there was no answer
    std::string request_id = {};          // X-Request-Id: names the line in Latchkey's log
};

template <class T>
using Result = std::expected<T, Error>;

}  // namespace latchkey::client
