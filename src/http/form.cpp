#include "http/form.hpp"

#include <algorithm>

#include "base/text/text.hpp"

namespace latchkey::http {
namespace {

Failure malformed_form() {
    return fail(ErrorCode::malformed, "The form is malformed or has a field twice");
}

Result<std::string> decode(std::string_view text) {
    auto decoded = percent_decode(text, Plus::space);
    if (!decoded || !is_valid_utf8(*decoded) || decoded->find('\0') != std::string::npos) {
        return malformed_form();
    }
    return std::move(*decoded);
}

}  // namespace

Result<Form> Form::parse(std::string_view text, FormLimits limits) {
    if (text.size() > limits.max_bytes) {
        return fail(ErrorCode::too_large, "The form is too large");
    }
    Form form;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view field = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (field.empty()) continue;  // WHATWG URL 5.1: "a&&b", "a&"
        if (form.fields_.size() == limits.max_fields) {
            return fail(ErrorCode::too_large, "The form has too many fields");
        }
        const std::size_t equals = std::min(field.find('='), field.size());
        std::string name = TRY(decode(field.substr(0, equals)));
        std::string value = TRY(decode(field.substr(std::min(equals + 1, field.size()))));
        if (form.find(name)) return malformed_form();
        form.fields_.emplace_back(std::move(name), std::move(value));
    }
    return form;
}

std::optional<std::string_view> Form::find(std::string_view name) const noexcept {
    for (const auto& [key, value] : fields_) {
        if (key == name) return value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Form::find_given(std::string_view name) const noexcept {
    const auto value = find(name);
    return value && value->empty() ? std::nullopt : value;
}

bool has_content_type(const Request& request, std::string_view media_type) noexcept {
    const auto value = request.header("Content-Type");
    if (!value || request.header_count("Content-Type") != 1) return false;
    return equal_ascii_case(trim_ascii(value->substr(0, value->find(';'))), media_type);
}

Result<Form> parse_form_body(const Request& request, FormLimits limits) {
    if (!has_content_type(request, "application/x-www-form-urlencoded")) {
        return fail(ErrorCode::unsupported, "The body must be application/x-www-form-urlencoded");
    }
    return Form::parse(request.body, limits);
}

Result<Form> parse_query(const Request& request, FormLimits limits) {
    return Form::parse(request.query, limits);
}

}  // namespace latchkey::http
