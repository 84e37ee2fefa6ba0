#include "tokens/fields.hpp"

namespace latchkey::tokens {

FieldWriter& FieldWriter::bytes(std::uint8_t tag, ByteView value) {
    const auto low = static_cast<char>(value.size() & 0xFFU);
    if (value.size() < long_length) {
        const std::array<char, 2> head{static_cast<char>(tag), low};
        out_.append(head.data(), head.size());
    } else {
        const auto high = static_cast<char>(long_length | value.size() >> 8U);
        const std::array<char, 3> head{static_cast<char>(tag), high, low};
        out_.append(head.data(), head.size());
    }
    out_.append(as_text(value));
    return *this;
}

FieldWriter& FieldWriter::number(std::uint8_t tag, std::uint64_t value) {
    const auto size = static_cast<std::size_t>((std::bit_width(value) + 7) / 8);
    std::array<std::uint8_t, sizeof(value)> digits{};
    for (std::size_t i = 0; i < size; ++i) {
        digits[i] = static_cast<std::uint8_t>(value >> (8 * (size - 1 - i)));
    }
    return bytes(tag, ByteView(digits).first(size));
}

}  // namespace latchkey::tokens
