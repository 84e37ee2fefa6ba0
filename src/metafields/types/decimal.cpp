#include "metafields/types/decimal.hpp"

#include <algorithm>

namespace latchkey::metafields {
namespace {

bool is_digits(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::strong_ordering compare_magnitude(const Decimal& a, const Decimal& b) noexcept {
    if (a.whole.size() != b.whole.size()) return a.whole.size() <=> b.whole.size();
    if (const auto order = a.whole <=> b.whole; order != 0) return order;
    // Without trailing zeros, the order of fractions is the order of their texts.
    return a.fraction <=> b.fraction;
}

}  // namespace

std::strong_ordering Decimal::operator<=>(const Decimal& other) const noexcept {
    if (negative != other.negative) {
        return negative ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    return negative ? compare_magnitude(other, *this) : compare_magnitude(*this, other);
}

std::string Decimal::text() const {
    std::string out;
    out.reserve(whole.size() + fraction.size() + 4);
    if (negative) out += '-';
    out += whole.empty() ? std::string_view("0") : whole;
    out += '.';
    out += fraction.empty() ? std::string_view("0") : fraction;
    return out;
}

std::optional<Decimal> parse_decimal(std::string_view text) noexcept {
    Decimal result;
    if (text.starts_with('-') || text.starts_with('+')) {
        result.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    result.whole = text.substr(0, point);
    if (!is_digits(result.whole)) return std::nullopt;
    if (point != std::string_view::npos) {
        result.fraction = text.substr(point + 1);
        if (!is_digits(result.fraction)) return std::nullopt;
    }
    result.whole.remove_prefix(std::min(result.whole.find_first_not_of('0'), result.whole.size()));
    result.fraction = result.fraction.substr(0, result.fraction.find_last_not_of('0') + 1);
    if (result.whole.empty() && result.fraction.empty()) result.negative = false;
    return result;
}

}  // namespace latchkey::metafields
