#pragma once

// Reading the claims of a verified token (RFC 7519 4.1). A missing claim never counts as fine.
// Errors are invalid_token, or expired; details name the claim, never its value.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "json/value.hpp"

namespace latchkey::jose {

inline constexpr std::size_t max_claims_bytes = 12U * 1024;
inline constexpr int max_claims_depth = 8;

class Claims {
public:
    /// Errors: invalid_token unless `payload` is a JSON object without duplicate members.
    [[nodiscard]] static Result<Claims> parse(std::string_view payload);

    /// A text claim that must be there and not be empty. The view lives as long as this object.
    [[nodiscard]] Result<std::string_view> text(std::string_view name) const;
    /// A time claim that must be there (NumericDate; a fraction is cut off).
    [[nodiscard]] Result<Timestamp> time(std::string_view name) const;
    /// The claim must be there and be exactly `expected` (iss, client_id).
    [[nodiscard]] Result<void> require(std::string_view name, std::string_view expected) const;
    /// RFC 7519 4.1.3: `aud` must be there and be, or contain, `expected`.
    [[nodiscard]] Result<void> require_audience(std::string_view expected) const;
    [[nodiscard]] const json::Value& value() const noexcept { return value_; }

private:
    explicit Claims(json::Value value) : value_(std::move(value)) {}
    json::Value value_;
};

struct TimeRules {
    Timestamp now;
    Seconds leeway{0};                      // by how much the issuer's clock may differ
    Seconds max_lifetime = Seconds::max();  // exp - iat at most
};
/// exp and iat must be there: iat not in the future, exp not past and after iat; nbf, when it is
/// there, not in the future. Errors: expired (exp), invalid_token (the rest).
[[nodiscard]] Result<void> check_times(const Claims& claims, const TimeRules& rules);

}  // namespace latchkey::jose
