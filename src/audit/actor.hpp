#pragma once

// Who did something, and why they say that they did, as the trail has it. Texts from outside are
// checked once, where they become one of these, so that whatever is written can be read again on
// one line of a terminal. Both are views: the text outlives them.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"

namespace latchkey::audit {

inline constexpr std::size_t max_identity_size = 128;  // bytes of UTF-8
inline constexpr std::size_t max_reason_size = 500;

enum class ActorKind : std::uint8_t { user, client, operator_, system };
/// "operator", as in the trail.
[[nodiscard]] std::string_view to_string(ActorKind kind) noexcept;

/// identity(): of an operator, the name that they go by, which they say and nobody proves (the
/// command line) or with which they have signed in; of the system, the part of it that acts. Empty
/// for a user or a client: their ids are the record's own, and are not written twice.
class Actor {
public:
    [[nodiscard]] static constexpr Actor user() noexcept { return {ActorKind::user, {}}; }
    [[nodiscard]] static constexpr Actor client() noexcept { return {ActorKind::client, {}}; }
    /// Both with a name that stands in the source.
    [[nodiscard]] static consteval Actor system(const char* part) {
        return {ActorKind::system, part};
    }
    [[nodiscard]] static consteval Actor known_operator(const char* name) {
        return {ActorKind::operator_, name};
    }
    /// Errors: invalid_argument (empty, over max_identity_size, not one line of text).
    [[nodiscard]] static Result<Actor> parse_operator(std::string_view name);

    [[nodiscard]] constexpr ActorKind kind() const noexcept { return kind_; }
    [[nodiscard]] constexpr std::string_view identity() const noexcept { return identity_; }

private:
    constexpr Actor(ActorKind kind, std::string_view identity) noexcept
        : kind_(kind), identity_(identity) {}

    ActorKind kind_;
    std::string_view identity_;
};

/// In the operator's words; none is given unless they give one.
class Reason {
public:
    constexpr Reason() noexcept = default;
    /// Errors: invalid_argument (over max_reason_size, not one line of text).
    [[nodiscard]] static Result<Reason> parse(std::string_view text);

    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

private:
    explicit constexpr Reason(std::string_view text) noexcept : text_(text) {}

    std::string_view text_;
};

/// Who caused a change, from where, and why. Lives for the call, as what it views does.
struct Context {
    Actor actor;
    std::string_view request_id;  // empty: no request
    std::string_view origin;      // peer address, or "cli"
    Reason reason = {};
};

}  // namespace latchkey::audit
