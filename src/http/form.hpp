#pragma once

// application/x-www-form-urlencoded bodies and query strings (WHATWG URL 5.1), read strictly: a
// name that comes twice is an error and not a choice (RFC 6749 3.1, 3.2).

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"

namespace latchkey::http {

struct FormLimits {
    std::size_t max_bytes = 64U * 1024U;
    std::size_t max_fields = 64;
};

class Form {
public:
    /// Parses `text`. Errors: malformed (a broken escape, a duplicate name, NUL, not UTF-8),
    /// too_large (a limit is passed).
    [[nodiscard]] static Result<Form> parse(std::string_view text, FormLimits limits = {});

    /// The value as sent, perhaps empty; absent if the name was not there.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// As find, but an empty value counts as not sent (RFC 6749 3.1).
    [[nodiscard]] std::optional<std::string_view> find_given(std::string_view name) const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }

private:
    std::vector<std::pair<std::string, std::string>> fields_;  // decoded, in order
};

/// The request's body as a form. Errors: unsupported (another Content-Type), or Form::parse's.
[[nodiscard]] Result<Form> parse_form_body(const Request& request, FormLimits limits = {});
/// The request's query string as a form. Errors: Form::parse's.
[[nodiscard]] Result<Form> parse_query(const Request& request, FormLimits limits = {});

/// True when the one Content-Type header names `media_type`; parameters (charset) are ignored.
[[nodiscard]] bool has_content_type(const Request& request, std::string_view media_type) noexcept;

}  // namespace latchkey::http
