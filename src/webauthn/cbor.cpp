#include "webauthn/cbor.hpp"

#include <limits>

namespace latchkey::webauthn {
namespace {

constexpr std::uint8_t false_value = 20;  // RFC 8949 3.3
constexpr std::uint8_t null_value = 22;

Failure not_canonical(const char* why) {
    return fail(ErrorCode::malformed, "The authenticator's answer is malformed.", why);
}

}  // namespace

Result<ByteView> CborReader::take(std::uint64_t size) {
    if (size > rest_.size()) return not_canonical("cbor: cut short");
    const ByteView taken = rest_.first(static_cast<std::size_t>(size));
    rest_ = rest_.subspan(taken.size());
    return taken;
}

Result<CborReader::Head> CborReader::head() {
    const ByteView initial = TRY(take(1));
    const auto type = static_cast<CborType>(initial[0] >> 5U);
    const std::uint8_t information = initial[0] & 0x1FU;
    if (information < 24) return Head{type, information};
    // RFC 8949 3: 24 to 27 announce 1, 2, 4 or 8 bytes; 31 is an indefinite length.
    if (information > 27) return not_canonical("cbor: indefinite or reserved length");
    const unsigned width = 1U << (information - 24U);
    const ByteView digits = TRY(take(width));
    std::uint64_t argument = 0;
    for (const std::uint8_t digit : digits) argument = (argument << 8U) | digit;
    // CTAP 2.1 8: integers are encoded as small as possible.
    const std::uint64_t shorter = width == 1 ? 24 : std::uint64_t{1} << (4U * width);
    if (argument < shorter) return not_canonical("cbor: a longer spelling than needed");
    return Head{type, argument};
}

Result<std::uint64_t> CborReader::expect(CborType type) {
    const Head found = TRY(head());
    if (found.type != type) return not_canonical("cbor: another type than expected");
    return found.argument;
}

Result<CborType> CborReader::peek() const {
    if (rest_.empty()) return not_canonical("cbor: cut short");
    return static_cast<CborType>(rest_[0] >> 5U);
}

Result<std::int64_t> CborReader::integer() {
    const Head found = TRY(head());
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const bool is_integer = found.type == CborType::unsigned_ || found.type == CborType::negative;
    if (!is_integer || found.argument > largest) return not_canonical("cbor: not an integer");
    const auto magnitude = static_cast<std::int64_t>(found.argument);
    return found.type == CborType::unsigned_ ? magnitude : -1 - magnitude;
}

Result<ByteView> CborReader::string(CborType type) {
    const std::uint64_t size = TRY(expect(type));
    return take(size);
}

Result<ByteView> CborReader::bytes() { return string(CborType::bytes); }

Result<std::string_view> CborReader::text() {
    const ByteView taken = TRY(string(CborType::text));
    if (!is_valid_utf8(as_text(taken))) return not_canonical("cbor: text that is not UTF-8");
    return as_text(taken);
}

Result<std::size_t> CborReader::map() {
    const std::uint64_t pairs = TRY(expect(CborType::map));
    // Each pair takes two bytes at least, so a larger count cannot be true.
    if (pairs > rest_.size() / 2) return not_canonical("cbor: cut short");
    return static_cast<std::size_t>(pairs);
}

Result<void> CborReader::skip() { return skip(max_cbor_depth); }

Result<void> CborReader::skip(int depth) {
    const Head found = TRY(head());
    switch (found.type) {
        case CborType::unsigned_:
        case CborType::negative: return {};
        case CborType::bytes:
        case CborType::text: (void)TRY(take(found.argument)); return {};
        case CborType::array:
        case CborType::map: {
            if (depth == 0) return not_canonical("cbor: nested too deeply");
            if (found.argument > rest_.size()) return not_canonical("cbor: cut short");
            const std::uint64_t items = found.argument * (found.type == CborType::map ? 2 : 1);
            for (std::uint64_t i = 0; i < items; ++i) TRY(skip(depth - 1));
            return {};
        }
        case CborType::simple:
            if (found.argument < false_value || found.argument > null_value) {
                return not_canonical("cbor: not false, true or null");
            }
            return {};
        case CborType::tag: break;
    }
    return not_canonical("cbor: a tag");
}

}  // namespace latchkey::webauthn
