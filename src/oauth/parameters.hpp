#pragma once

// The parameters of an OAuth request, however they came.

#include <optional>
#include <string_view>

#include "oauth/result.hpp"

namespace latchkey::oauth {

class Parameters {
public:
    Parameters() = default;
    Parameters(const Parameters&) = delete;
    Parameters& operator=(const Parameters&) = delete;
    virtual ~Parameters() = default;

    /// RFC 6749 3.1: a parameter without a value counts as not sent. The view lives as long as the
    /// request.
    [[nodiscard]] virtual std::optional<std::string_view> find(std::string_view name) const = 0;

    /// Refusals: invalid_request, described by `missing`.
    [[nodiscard]] Result<std::string_view> require(std::string_view name, Literal missing) const {
        const auto value = find(name);
        if (!value) return refuse(Error::invalid_request, missing);
        return *value;
    }
};

}  // namespace latchkey::oauth
