#pragma once

// Why the shop could not do what was asked, in the few ways that matter to the person.

#include <latchkey/client/error.hpp>

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace storefront {

enum class FailureKind : std::uint8_t {
    access_withdrawn,  // the person ended the connection: they can sign in again
    sign_in_refused,   // the consent token is not good (any more)
    unreachable,       // Latchkey does not answer, or not now
    shop_error,        // the shop's own fault: its credentials, its disk, a bug
};

/// Its name, as in the log and in {"state":…}.
[[nodiscard]] std::string_view to_string(FailureKind kind) noexcept;

struct Failure {
    FailureKind kind;
    std::string detail;  // for the log; no token, nothing about the person
};

template <class T>
using Attempt = std::expected<T, Failure>;

[[nodiscard]] Failure failure_of(const latchkey::client::Error& error);

}  // namespace storefront
