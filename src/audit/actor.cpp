#include "audit/actor.hpp"

#include "base/text/display_text.hpp"

namespace latchkey::audit {

std::string_view to_string(ActorKind kind) noexcept {
    switch (kind) {
        case ActorKind::user: return "user";
        case ActorKind::client: return "client";
        case ActorKind::operator_: return "operator";
        case ActorKind::system: return "system";
    }
    return "unknown";
}

Result<Actor> Actor::parse_operator(std::string_view name) {
    static_assert(max_identity_size == 128, "the error text names the limit");
    if (name.empty() || name.size() > max_identity_size || !display_length(name)) {
        return fail(ErrorCode::invalid_argument, "Not a name for an operator.",
                    "an operator's name is one line of UTF-8 text, 1 to 128 bytes, without "
                    "control characters");
    }
    return Actor(ActorKind::operator_, name);
}

Result<Reason> Reason::parse(std::string_view text) {
    static_assert(max_reason_size == 500, "the error text names the limit");
    if (text.size() > max_reason_size || !display_length(text)) {
        return fail(ErrorCode::invalid_argument, "Not a reason for the audit trail.",
                    "a reason is one line of UTF-8 text, 500 bytes at most, without control "
                    "characters");
    }
    return Reason(text);
}

}  // namespace latchkey::audit
