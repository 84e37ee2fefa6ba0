#include "jose/claims.hpp"

#include <cmath>
#include <string>

namespace latchkey::jose {
namespace {

constexpr std::int64_t latest_time = 253402300799;  // the end of the year 9999

Failure refused(std::string_view claim, std::string_view why) {
    std::string detail("claim ");
    detail.append(claim).append(": ").append(why);
    return fail(ErrorCode::invalid_token, "The token is not valid.", std::move(detail));
}

}  // namespace

Result<Claims> Claims::parse(std::string_view payload) {
    auto parsed = json::parse(payload, {max_claims_bytes, max_claims_depth});
    if (!parsed || parsed->object() == nullptr) {
        return fail(ErrorCode::invalid_token, "The token is not valid.", "claims: no JSON object");
    }
    return Claims(std::move(*parsed));
}

Result<std::string_view> Claims::text(std::string_view name) const {
    const json::Value* claim = value_.find(name);
    if (claim == nullptr) return refused(name, "missing");
    const std::string* text = claim->string();
    if (text == nullptr || text->empty()) return refused(name, "no text");
    return std::string_view(*text);
}

Result<Timestamp> Claims::time(std::string_view name) const {
    const json::Value* claim = value_.find(name);
    if (claim == nullptr) return refused(name, "missing");
    std::int64_t seconds = -1;
    if (const std::int64_t* integer = claim->integer()) seconds = *integer;
    if (const double* number = claim->number()) {
        if (*number >= 0 && *number <= static_cast<double>(latest_time)) {
            seconds = static_cast<std::int64_t>(std::floor(*number));
        }
    }
    if (seconds < 0 || seconds > latest_time) return refused(name, "no time");
    return from_unix(seconds);
}

Result<void> Claims::require(std::string_view name, std::string_view expected) const {
    const std::string_view value = TRY(text(name));
    if (value != expected) return refused(name, "another value");
    return {};
}

Result<void> Claims::require_audience(std::string_view expected) const {
    const json::Value* claim = value_.find("aud");
    if (claim == nullptr) return refused("aud", "missing");
    if (const std::string* text = claim->string()) {
        if (*text != expected) return refused("aud", "another value");
        return {};
    }
    const json::Array* items = claim->array();
    if (items == nullptr) return refused("aud", "neither text nor array");
    bool found = false;
    for (const json::Value& item : *items) {
        const std::string* text = item.string();
        if (text == nullptr) return refused("aud", "an item is no text");
        found = found || *text == expected;
    }
    if (!found) return refused("aud", "another value");
    return {};
}

Result<void> check_times(const Claims& claims, const TimeRules& rules) {
    const Timestamp issued = TRY(claims.time("iat"));
    const Timestamp expires = TRY(claims.time("exp"));
    if (expires <= issued) return refused("exp", "not after iat");
    if (expires - issued > rules.max_lifetime) return refused("exp", "too long after iat");
    if (issued > rules.now + rules.leeway) return refused("iat", "in the future");
    // RFC 7519 4.1.5; we set no nbf, others may.
    if (claims.value().find("nbf") != nullptr) {
        const Timestamp starts = TRY(claims.time("nbf"));
        if (starts > rules.now + rules.leeway) return refused("nbf", "in the future");
    }
    // RFC 7519 4.1.4: the current time must be before the expiration time.
    if (rules.now >= expires + rules.leeway) {
        return fail(ErrorCode::expired, "The token has expired.", "claim exp: past");
    }
    return {};
}

}  // namespace latchkey::jose
