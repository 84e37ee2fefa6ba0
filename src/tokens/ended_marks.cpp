#include "tokens/ended_marks.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/digest.hpp"

namespace latchkey::tokens {
namespace {

constexpr std::size_t time_size = 8;
constexpr std::size_t entry_size = sizeof(Mark) + time_size;

bool holds(ByteView marks, const Mark& mark) {
    for (std::size_t at = 0; at + entry_size <= marks.size(); at += entry_size) {
        if (std::ranges::equal(marks.subspan(at, sizeof(Mark)), mark)) return true;
    }
    return false;
}

// The time is big-endian.

Timestamp until_of(ByteView entry) {
    std::uint64_t seconds = 0;
    for (const std::uint8_t byte : entry.subspan(sizeof(Mark))) seconds = seconds << 8U | byte;
    return from_unix(static_cast<std::int64_t>(seconds));
}

void append_time(Bytes& out, Timestamp time) {
    const auto seconds = static_cast<std::uint64_t>(to_unix(time));
    for (std::size_t i = 0; i < time_size; ++i) {
        out.push_back(static_cast<std::uint8_t>(seconds >> (8 * (time_size - 1 - i))));
    }
}

}  // namespace

Mark mark_of(FamilyId family) noexcept {
    // The end, where two ids differ even when they were made in one moment.
    Mark mark;
    std::memcpy(mark.data(), family.bytes.data() + family.bytes.size() - mark.size(), mark.size());
    return mark;
}

Mark mark_of(std::string_view access_token) {
    const auto hash = crypto::sha256(access_token);
    Mark mark;
    std::memcpy(mark.data(), hash.data(), mark.size());
    return mark;
}

bool has_ended(ByteView marks, const Mark& session, std::string_view access_token) {
    if (marks.empty()) return false;
    return holds(marks, session) || holds(marks, mark_of(access_token));
}

Result<Bytes> with_mark(ByteView marks, const EndedMark& added, Timestamp now) {
    Bytes next;
    for (std::size_t at = 0; at + entry_size <= marks.size(); at += entry_size) {
        const ByteView entry = marks.subspan(at, entry_size);
        if (until_of(entry) > now) next.insert(next.end(), entry.begin(), entry.end());
    }
    if (next.size() / entry_size >= max_ended_marks) {
        return fail(ErrorCode::unavailable, "Too many tokens were revoked at once. Try again later",
                    "a connection's ended marks are full");
    }
    next.insert(next.end(), added.mark.begin(), added.mark.end());
    append_time(next, added.until);
    return next;
}

}  // namespace latchkey::tokens
