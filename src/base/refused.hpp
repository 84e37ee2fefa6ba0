#pragma once

// Why something was not done, where its owner has words of its own for a refusal: one of those, or
// an error of the machinery underneath. TRY carries an Error into it.

#include <expected>
#include <utility>
#include <variant>

#include "base/error.hpp"

namespace latchkey {

/// `Reason` is the owner's: oauth::Refusal, grants::ExchangeRefusal, …
template <class Reason>
class Refused {
public:
    Refused(Reason reason) : why_(std::move(reason)) {}  // NOLINT(google-explicit-constructor)
    Refused(Error error) : why_(std::move(error)) {}     // NOLINT(google-explicit-constructor)

    /// Null: it is an error.
    [[nodiscard]] const Reason* refusal() const noexcept { return std::get_if<Reason>(&why_); }
    /// Null: it is a refusal.
    [[nodiscard]] const Error* error() const noexcept { return std::get_if<Error>(&why_); }

private:
    std::variant<Reason, Error> why_;
};

}  // namespace latchkey
