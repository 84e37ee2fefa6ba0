#include "api/pagination.hpp"

#include <cstring>

#include "base/text/text.hpp"
#include "metafields/limits.hpp"

namespace latchkey::api {
namespace {

constexpr std::uint8_t cursor_version = 1;
constexpr std::size_t checksum_size = 3;
constexpr std::size_t cursor_size = 1 + DefinitionId::size + checksum_size;

/// FNV-1a: finds mistyped and cut cursors. It need not resist forgers: an id is no secret.
std::uint32_t checksum(ByteView bytes) noexcept {
    std::uint32_t hash = 0x811C9DC5U;
    for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x01000193U;
    return hash;
}

void append_checksum(Bytes& bytes) {
    const std::uint32_t sum = checksum(bytes);
    for (std::size_t i = 0; i < checksum_size; ++i) {
        bytes.push_back(static_cast<std::uint8_t>(sum >> (8U * i)));
    }
}

Failure refuse_argument(Literal why) { return fail(ErrorCode::invalid_argument, why); }

Result<std::optional<DefinitionId>> read_cursor(std::optional<std::string_view> text) {
    if (!text) return std::nullopt;
    const auto id = decode_cursor(*text);
    if (!id) return refuse_argument("A cursor in `after` or `before` is not one of this field's.");
    return id;
}

}  // namespace

std::string encode_cursor(DefinitionId id) {
    Bytes bytes{cursor_version};
    bytes.reserve(cursor_size);
    bytes.insert(bytes.end(), id.bytes.begin(), id.bytes.end());
    append_checksum(bytes);
    return to_base64url(bytes);
}

std::optional<DefinitionId> decode_cursor(std::string_view text) {
    const auto bytes = from_base64url(text);
    if (!bytes || bytes->size() != cursor_size || bytes->front() != cursor_version) {
        return std::nullopt;
    }
    Bytes expected(bytes->begin(), bytes->end() - checksum_size);
    append_checksum(expected);
    if (expected != *bytes) return std::nullopt;
    return DefinitionId::from_bytes(ByteView(*bytes).subspan(1, DefinitionId::size));
}

Result<store::Page> read_page(const graphql::Call& call) {
    const auto first = call.argument<std::optional<std::int64_t>>("first");
    const auto last = call.argument<std::optional<std::int64_t>>("last");
    if (first && last) return refuse_argument("Give `first` or `last`, not both.");
    const std::int64_t size = first ? *first : last.value_or(metafields::default_page_size);
    if (size < 0) return refuse_argument("`first` and `last` can't be negative.");
    static_assert(metafields::max_page_size == 250, "the error text names the limit");
    if (size > metafields::max_page_size) {
        return refuse_argument("`first` and `last` can be at most 250.");
    }
    store::Page page;
    page.limit = static_cast<int>(size);
    page.direction = last ? store::Direction::backward : store::Direction::forward;
    page.after = TRY(read_cursor(call.argument<std::optional<std::string_view>>("after")));
    page.before = TRY(read_cursor(call.argument<std::optional<std::string_view>>("before")));
    return page;
}

void add_page_info(graphql::Resolvers& resolvers) {
    resolvers.object<PageInfo>("PageInfo")
        .field("endCursor", &PageInfo::end_cursor)
        .field("hasNextPage", &PageInfo::has_next_page)
        .field("hasPreviousPage", &PageInfo::has_previous_page)
        .field("startCursor", &PageInfo::start_cursor);
}

}  // namespace latchkey::api
