#include <fmt/format.h>

#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"
#include "metafields/types/object_value.hpp"

namespace latchkey::metafields {
namespace {

// ISO 4217, active codes of money in use, in order.
constexpr std::string_view currencies[] = {
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD",
    "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
    "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
    "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
    "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW",
    "ZWG",
};
static_assert(std::ranges::is_sorted(currencies));

Checked canonical_money(std::string_view value) {
    const auto object = ObjectValue::parse(value);
    if (!object || !object->has_exactly({"amount", "currency_code"})) {
        return refuse(
            "Value must be a JSON object of amount and currency_code, such as "
            "{\"amount\":\"5.99\",\"currency_code\":\"CAD\"}.");
    }
    const auto currency = object->text("currency_code").value_or("");
    if (!std::ranges::binary_search(currencies, currency)) {
        return refuse("Its currency_code must be a currency of ISO 4217, such as CAD.");
    }
    const auto amount = object->decimal("amount");
    if (!amount || amount->whole.size() > max_decimal_whole_digits ||
        amount->fraction.size() > max_decimal_places) {
        return refuse("Its amount must be a decimal number within +/-9999999999999.999999999.");
    }
    // At least two decimal places: 5.90 is how people write an amount.
    std::string digits(amount->whole.empty() ? "0" : amount->whole);
    constexpr std::size_t usual_places = 2;
    std::string fraction(amount->fraction);
    if (fraction.size() < usual_places) fraction.resize(usual_places, '0');
    return fmt::format("{{\"amount\":\"{}{}.{}\",\"currency_code\":\"{}\"}}",
                       amount->negative ? "-" : "", digits, fraction, currency);
}

constexpr ScalarType types[] = {
    {"money", Category::MONEY, ListForm::none, max_value_bytes, canonical_money, nullptr, {}},
};

}  // namespace

std::span<const ScalarType> money_types() noexcept { return types; }

}  // namespace latchkey::metafields
