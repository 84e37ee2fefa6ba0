#pragma once

// What went wrong, as a value. Every fallible function returns Result<T>; exceptions mean bugs.
// The edges (GraphQL, OAuth, pages, CLI) turn an ErrorCode into their wire form in one
// exhaustive switch each.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace latchkey {

enum class ErrorCode : std::uint8_t {
    // The caller sent something unusable.
    malformed,         // does not parse
    invalid_argument,  // parses, but the value is not allowed
    too_large,         // over a named limit
    unsupported,       // a method, type or version that is not served

    // Who is asking, and may they.
    unauthenticated,  // no credentials, or wrong ones
    forbidden,        // known, but not allowed
    invalid_token,    // consent, access or refresh token: forged, foreign, expired, replayed
    rate_limited,     // too many tries

    // The state of things.
    not_found,
    conflict,  // already there, or changed meanwhile
    expired,   // good until a time that has passed

    // The machine.
    unavailable,            // for now: busy, shutting down
    serialization_failure,  // another writer was first; the same work may succeed when run again
    storage_full,           // no space left on the device
    storage_failed,         // I/O error or damaged file
    storage_version,        // written by a newer version
    no_permission,          // the operating system refuses
    address_in_use,
    internal,  // a bug
};

/// The code's name, as in logs and in the CLI's JSON: "invalid_token".
[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;

/// Whose turn it is after an error.
enum class ErrorClass : std::uint8_t {
    caller,    // the same request will be refused again
    conflict,  // what it was about has changed: look again, then decide
    busy,      // the same request may succeed in a moment
    broken,    // the operator's: the machine, its settings, or a bug
};

[[nodiscard]] ErrorClass class_of(ErrorCode code) noexcept;

/// Text that was written in the source. Nothing a request carries can become one.
class Literal {
public:
    consteval Literal(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] constexpr std::string_view view() const noexcept { return text_; }

private:
    std::string_view text_;
};

struct Error {
    ErrorCode code;
    Literal public_text;  // the only text that a client may see
    std::string detail;   // for the log and the operator's terminal; never a secret or a claim

    Error(ErrorCode error_code, Literal text, std::string log_detail = {})
        : code(error_code), public_text(text), detail(std::move(log_detail)) {}
};

}  // namespace latchkey
