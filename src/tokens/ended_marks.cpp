#include "tokens/ended_marks.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/digest.hpp"
#include "tokens/packed.hpp"

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

Timestamp until_of(ByteView entry) {
    Unpacker fields(entry.subspan(sizeof(Mark)));
    return from_unix(static_cast<std::int64_t>(fields.number(time_size)));
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
    Packer<time_size> until;
    until.number(static_cast<std::uint64_t>(to_unix(added.until)), time_size);
    next.insert(next.end(), added.mark.begin(), added.mark.end());
    next.insert(next.end(), until.bytes().begin(), until.bytes().end());
    return next;
}

}  // namespace latchkey::tokens
