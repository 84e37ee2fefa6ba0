#include "crypto/ecdsa_signature.hpp"

#include <algorithm>
#include <span>

namespace latchkey::crypto {
namespace {

constexpr std::uint8_t der_sequence = 0x30, der_integer = 0x02;

/// One DER INTEGER, not negative and without a needless zero, as 32 bytes at `out`.
bool take_der_integer(ByteView& rest, std::span<std::uint8_t> out) {
    if (rest.size() < 3 || rest[0] != der_integer || rest[1] == 0 || rest[1] > rest.size() - 2) {
        return false;
    }
    ByteView value = rest.subspan(2, rest[1]);
    rest = rest.subspan(2 + value.size());
    if ((value[0] & 0x80U) != 0) return false;
    if (value[0] == 0) {
        if (value.size() > 1 && (value[1] & 0x80U) == 0) return false;
        value = value.subspan(1);
    }
    if (value.size() > out.size()) return false;
    std::ranges::fill(out, std::uint8_t{0});
    std::ranges::copy(value, out.end() - static_cast<std::ptrdiff_t>(value.size()));
    return true;
}

void append_der_integer(Bytes& out, ByteView number) {
    while (number.size() > 1 && number[0] == 0) number = number.subspan(1);
    const bool looks_negative = (number[0] & 0x80U) != 0;
    out.push_back(der_integer);
    out.push_back(static_cast<std::uint8_t>(number.size() + (looks_negative ? 1 : 0)));
    if (looks_negative) out.push_back(0);
    out.insert(out.end(), number.begin(), number.end());
}

}  // namespace

Bytes p256_signature_to_der(ByteView signature) {
    Bytes der;
    der.reserve(2 + 2 * (2 + 1 + p256_coordinate_size));
    der = {der_sequence, 0};
    append_der_integer(der, signature.first(p256_coordinate_size));
    append_der_integer(der, signature.last(p256_coordinate_size));
    der[1] = static_cast<std::uint8_t>(der.size() - 2);
    return der;
}

// SEC 1 C.5: SEQUENCE of r and s. Two integers of 33 bytes stay below 128, so that the length is
// one byte. One signature has one spelling: RFC 8725 and Wycheproof say why.
std::optional<P256Signature> p256_signature_from_der(ByteView der) {
    if (der.size() < 2 || der[0] != der_sequence || der[1] != der.size() - 2) return std::nullopt;
    P256Signature raw{};
    const std::span<std::uint8_t> all(raw);
    ByteView rest = der.subspan(2);
    if (!take_der_integer(rest, all.first(p256_coordinate_size)) ||
        !take_der_integer(rest, all.last(p256_coordinate_size)) || !rest.empty()) {
        return std::nullopt;
    }
    return raw;
}

}  // namespace latchkey::crypto
