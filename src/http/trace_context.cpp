#include "http/trace_context.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>

#include "base/text/text.hpp"

namespace latchkey::http {
namespace {

// version "-" trace-id "-" parent-id "-" trace-flags
constexpr std::size_t trace_id_at = 3;
constexpr std::size_t parent_id_at = 36;
constexpr std::size_t flags_at = 53;
constexpr std::size_t whole_size = 55;

/// 3.2.2: lower-case digits alone.
std::optional<std::uint8_t> hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
    return std::nullopt;
}

bool read_hex(std::string_view text, std::span<std::uint8_t> out) noexcept {
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto high = hex_digit(text[2 * i]);
        const auto low = hex_digit(text[2 * i + 1]);
        if (!high || !low) return false;
        out[i] = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    return true;
}

bool is_zero(std::span<const std::uint8_t> bytes) noexcept {
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

std::optional<TraceContext> parse_traceparent(std::string_view value) noexcept {
    if (value.size() < whole_size) return std::nullopt;
    if (value[2] != '-' || value[parent_id_at - 1] != '-' || value[flags_at - 1] != '-') {
        return std::nullopt;
    }
    std::array<std::uint8_t, 1> version{};
    std::array<std::uint8_t, 1> flags{};
    TraceContext context;
    if (!read_hex(value, version) || !read_hex(value.substr(flags_at), flags) ||
        !read_hex(value.substr(trace_id_at), context.trace_id) ||
        !read_hex(value.substr(parent_id_at), context.parent_id)) {
        return std::nullopt;
    }
    // 3.2.2.1: version 255 is none.
    if (version[0] == 0xFF) return std::nullopt;
    // 3.2.4: of a later version its first fields are read, and there may be more behind a dash.
    if (version[0] == 0 && value.size() != whole_size) return std::nullopt;
    if (value.size() > whole_size && value[whole_size] != '-') return std::nullopt;
    // 3.2.2.3, 3.2.2.4: an id of zeros is none.
    if (is_zero(context.trace_id) || is_zero(context.parent_id)) return std::nullopt;
    // 3.2.2.5.2: other flags are not to be passed on.
    context.flags = flags[0] & TraceContext::sampled;
    return context;
}

std::string to_traceparent(const TraceContext& context) {
    std::string text = "00-";
    text.append(to_hex(context.trace_id)).append("-").append(to_hex(context.span_id));
    return text.append(context.is_sampled() ? "-01" : "-00");
}

SpanIds::SpanIds(Random& random) {
    SpanId seed{};
    random.fill(seed);
    std::memcpy(&state_, seed.data(), seed.size());
}

SpanId SpanIds::next() noexcept {
    // SplitMix64: a bijection of a counter, of which zero alone is left out.
    std::uint64_t mixed = 0;
    while (mixed == 0) {
        state_ += 0x9E3779B97F4A7C15U;
        mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        mixed ^= mixed >> 31U;
    }
    SpanId id{};
    std::memcpy(id.data(), &mixed, id.size());
    return id;
}

}  // namespace latchkey::http
