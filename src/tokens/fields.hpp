#pragma once

// What a token seals: a version, a kind, and fields that each say what they are, so that a new one
// needs no new layout and a program that does not know it can tell whether it may go on.
//
//     byte 0      version of this scheme: 1
//     byte 1      kind (SealedKind): what is good for one purpose does not read as another's
//     fields      in ascending order of their tags, each at most once:
//                   tag     1 byte
//                   length  1 byte below 128, else 2: the higher 7 bits with 0x80 set, the lower 8
//                   value   as many bytes
//
// A tag from 0x80 on is critical: who does not know it must refuse the whole, since it takes
// something away from what the other fields say. Below, an unknown one is left out. Numbers are
// unsigned, big-endian, in as many bytes as they need, 8 at most: zero has none.

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/secret.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"

namespace latchkey::tokens {

enum class SealedKind : std::uint8_t {
    none = 0,           // of another version
    user_access = 1,    // an access token of a person
    client_access = 2,  // one that authenticates no person
    refresh_routing = 3,
    consent_authentication = 4,  // of a consent token: where it came from
    kept_answer = 5,             // tokens that may be asked for again (grants/idempotency.hpp)
};

inline constexpr std::uint8_t sealed_version = 1;
inline constexpr std::uint8_t first_critical_tag = 0x80;
inline constexpr std::uint8_t long_length = 0x80;  // the mark of a length in two bytes
inline constexpr std::size_t max_field_bytes = 0x7FFF;

/// Writes one content. Tags come in ascending order; values are at most max_field_bytes long.
class FieldWriter {
public:
    /// What is secret has room from the start: a text that grows leaves copies behind.
    explicit FieldWriter(SealedKind kind, std::size_t room = usual_size) {
        out_.reserve(room);
        out_.push_back(static_cast<char>(sealed_version));
        out_.push_back(static_cast<char>(kind));
    }

    FieldWriter& bytes(std::uint8_t tag, ByteView value);
    FieldWriter& text(std::uint8_t tag, std::string_view value) {
        return bytes(tag, as_bytes(value));
    }
    FieldWriter& number(std::uint8_t tag, std::uint64_t value);
    FieldWriter& time(std::uint8_t tag, Timestamp value) {
        return number(tag, static_cast<std::uint64_t>(to_unix(value)));
    }

    [[nodiscard]] ByteView content() const noexcept { return as_bytes(out_); }
    /// The same, to be zeroed when it goes.
    [[nodiscard]] Secret take_content() && { return Secret(std::move(out_)); }

private:
    static constexpr std::size_t usual_size = 160;
    std::string out_;
};

// Reading is in the header: every request with an access token does it.

struct Field {
    std::uint8_t tag = 0;
    ByteView value;

    [[nodiscard]] bool is_critical() const noexcept { return tag >= first_critical_tag; }
    /// Absent: more than 8 bytes.
    [[nodiscard]] std::optional<std::uint64_t> number() const noexcept;
    /// Absent: no number, or one that is no time.
    [[nodiscard]] std::optional<Timestamp> time() const noexcept;
};

/// Reads one content. Views lead into it.
class FieldReader {
public:
    explicit FieldReader(ByteView content) noexcept {
        if (content.size() < 2 || content[0] != sealed_version) return;
        kind_ = static_cast<SealedKind>(content[1]);
        at_ = content.data() + 2;
        end_ = content.data() + content.size();
    }

    [[nodiscard]] SealedKind kind() const noexcept { return kind_; }
    /// The next field into `field`. False: at the end, and where the content is not of the form.
    [[nodiscard]] bool next(Field& field) noexcept;
    /// After next() was false: whether that was the end.
    [[nodiscard]] bool is_whole() const noexcept { return at_ == end_; }

private:
    SealedKind kind_ = SealedKind::none;
    const std::uint8_t* at_ = nullptr;
    const std::uint8_t* end_ = nullptr;
    int last_tag_ = -1;
};

inline std::optional<std::uint64_t> Field::number() const noexcept {
    if (value.size() == 4) {  // a time until 2106
        std::uint32_t number = 0;
        std::memcpy(&number, value.data(), sizeof(number));
        return std::endian::native == std::endian::little ? std::byteswap(number) : number;
    }
    if (value.size() > sizeof(std::uint64_t)) return std::nullopt;
    std::uint64_t number = 0;
    for (const std::uint8_t byte : value) number = (number << 8U) | byte;
    return number;
}

inline std::optional<Timestamp> Field::time() const noexcept {
    constexpr std::uint64_t max_time = std::uint64_t{1} << 40U;  // some 35,000 years
    const auto seconds = number();
    if (!seconds || *seconds > max_time) return std::nullopt;
    return from_unix(static_cast<std::int64_t>(*seconds));
}

inline bool FieldReader::next(Field& field) noexcept {
    if (end_ - at_ < 2) return false;
    const std::uint8_t* value = at_ + 2;
    std::size_t length = at_[1];
    if (length >= long_length) {
        if (value == end_) return false;
        length = (length & 0x7FU) << 8U | *value++;
    }
    if (at_[0] <= last_tag_ || static_cast<std::size_t>(end_ - value) < length) return false;
    field.tag = at_[0];
    field.value = {value, length};
    last_tag_ = field.tag;
    at_ = value + length;
    return true;
}

/// What who reads a content says to a field.
enum class Taken : std::uint8_t { yes, unknown, damaged };

/// Every field through `take(field)`. False: the content is not of the form, a field is damaged, or
/// a critical one is unknown.
template <class Take>
[[nodiscard]] bool read_fields(FieldReader& reader, Take take) {
    Field field;
    while (reader.next(field)) {
        const Taken taken = take(field);
        if (taken == Taken::damaged) return false;
        if (taken == Taken::unknown && field.is_critical()) return false;
    }
    return reader.is_whole();
}

/// Yes where there was a value, which goes to `out`; else damaged.
template <class T, class Value>
[[nodiscard]] Taken take(T& out, const std::optional<Value>& value) {
    if (!value) return Taken::damaged;
    out = static_cast<T>(*value);
    return Taken::yes;
}
template <std::size_t Size>
[[nodiscard]] Taken take(std::array<std::uint8_t, Size>& out, const Field& field) noexcept {
    if (field.value.size() != Size) return Taken::damaged;
    std::memcpy(out.data(), field.value.data(), Size);
    return Taken::yes;
}

}  // namespace latchkey::tokens
