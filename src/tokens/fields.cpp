#include "tokens/fields.hpp"

namespace latchkey::tokens {
FieldWriter& FieldWriter::bytes(std::uint8_t tag, ByteView value) {
    out_.push_back(static_cast<char>(tag));
    if (value.size() >= long_length)
        out_.push_back(static_cast<char>(long_length | value.size() >> 8U));
    out_.push_back(static_cast<char>(value.size() & 0xFFU));
    out_ += as_text(value);
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
