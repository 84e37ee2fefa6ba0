#pragma once

// Which distributed trace a request belongs to (https://www.w3.org/TR/trace-context/): read from
// the client's `traceparent`, with an id of our own for what we do on its behalf.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"

namespace latchkey::http {

using TraceId = std::array<std::uint8_t, 16>;
using SpanId = std::array<std::uint8_t, 8>;

struct TraceContext {
    static constexpr std::uint8_t sampled = 0x01;

    TraceId trace_id{};
    SpanId parent_id{};  // the client's span, which asked us
    SpanId span_id{};    // ours: the child of it
    std::uint8_t flags = 0;

    [[nodiscard]] bool is_sampled() const noexcept { return (flags & sampled) != 0; }
};

/// The client's part of a context: span_id is zero. Absent when `value` is not a traceparent.
[[nodiscard]] std::optional<TraceContext> parse_traceparent(std::string_view value) noexcept;

/// As a header for a server that we ask in turn.
[[nodiscard]] std::string to_traceparent(const TraceContext& context);

/// Ids for our spans: where the row begins is random, and no id comes twice in it.
class SpanIds {
public:
    explicit SpanIds(Random& random);
    [[nodiscard]] SpanId next() noexcept;

private:
    std::uint64_t state_ = 0;
};

}  // namespace latchkey::http
