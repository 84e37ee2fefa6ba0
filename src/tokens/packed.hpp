#pragma once

// Fixed-width fields one after the other: what goes into a sealed token. Big-endian, no lengths:
// a content of the wrong size is not read at all.

#include <array>
#include <cstdint>
#include <cstring>

#include "base/ids.hpp"
#include "base/text/text.hpp"

namespace latchkey::tokens {

template <std::size_t Size>
class Packer {
public:
    Packer& number(std::uint64_t value, std::size_t width) {
        for (std::size_t i = 0; i < width; ++i) {
            bytes_[at_ + i] = static_cast<std::uint8_t>(value >> (8 * (width - 1 - i)));
        }
        at_ += width;
        return *this;
    }
    template <class Tag>
    Packer& id(const Id<Tag>& value) {
        std::memcpy(bytes_.data() + at_, value.bytes.data(), value.bytes.size());
        at_ += value.bytes.size();
        return *this;
    }
    /// All of it; every byte was written.
    [[nodiscard]] ByteView bytes() const noexcept { return bytes_; }

private:
    std::array<std::uint8_t, Size> bytes_{};
    std::size_t at_ = 0;
};

/// The caller has checked that `bytes` holds all that it asks for.
class Unpacker {
public:
    explicit Unpacker(ByteView bytes) : bytes_(bytes) {}

    [[nodiscard]] std::uint64_t number(std::size_t width) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < width; ++i) value = (value << 8U) | bytes_[at_ + i];
        at_ += width;
        return value;
    }
    template <std::size_t Width>
    [[nodiscard]] std::array<std::uint8_t, Width> bytes() {
        std::array<std::uint8_t, Width> value;
        std::memcpy(value.data(), bytes_.data() + at_, Width);
        at_ += Width;
        return value;
    }
    template <class IdType>
    [[nodiscard]] IdType id() {
        IdType value;
        std::memcpy(value.bytes.data(), bytes_.data() + at_, IdType::size);
        at_ += IdType::size;
        return value;
    }

private:
    ByteView bytes_;
    std::size_t at_ = 0;
};

}  // namespace latchkey::tokens
