#pragma once

// Access tokens that end before their time while their connection lives on: a session whose
// refresh token was revoked, or one token alone. Each is a mark in the connection's row, which
// every use of an access token reads anyway, so the check costs nothing and works at once on every
// process. A mark goes when the tokens that it names would have expired.

#include <array>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "model/records.hpp"

namespace latchkey::tokens {

/// Names a session or a token. 64 bits: a stranger is hit once in 2^56 tokens.
using Mark = std::array<std::uint8_t, 8>;

/// As many as one connection can have at a time: thousands of log-outs a day.
inline constexpr std::size_t max_ended_marks = 256;

/// Of every access token issued under a refresh-token family.
[[nodiscard]] Mark mark_of(FamilyId family) noexcept;
/// Of one access token alone, by its text.
[[nodiscard]] Mark mark_of(std::string_view access_token);

/// Whether `marks` (ConnectionRecord::ended_marks) hold one of these.
[[nodiscard]] bool has_ended(ByteView marks, const Mark& session, std::string_view access_token);

struct EndedMark {
    Mark mark;
    Timestamp until;  // when the last token that it names expires
};
/// The list with one more, less those whose time has passed. Errors: unavailable when it is full.
[[nodiscard]] Result<Bytes> with_mark(ByteView marks, const EndedMark& added, Timestamp now);

}  // namespace latchkey::tokens
