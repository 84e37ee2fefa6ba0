#include "model/scopes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace latchkey {
namespace {

constexpr std::array<std::pair<std::string_view, Scope>, 11> wire_names{{
    {"openid", Scope::openid},
    {"email", Scope::email},
    {"email:verified", Scope::email_verified},
    {"phone", Scope::phone},
    {"phone:verified", Scope::phone_verified},
    {"profile", Scope::profile},
    {"name", Scope::name},
    {"avatar", Scope::avatar},
    {"user:manage", Scope::user_manage},
    {"share_metafield", Scope::share_metafield},
    {"metafield_namespace", Scope::metafield_namespace},
}};

constexpr auto sorted_wire_names = [] {
    auto names = wire_names;
    std::ranges::sort(names);
    return names;
}();

/// By the length first, which leaves two names at most.
constexpr std::uint32_t bit_of(std::string_view name) noexcept {
    for (const auto& [known, scope] : wire_names) {
        if (known.size() == name.size() && known == name) return static_cast<std::uint32_t>(scope);
    }
    return 0;
}

constexpr std::string_view everything = "shop_app:oauth";
constexpr ScopeSet client_rights{static_cast<std::uint32_t>(Scope::share_metafield) |
                                 static_cast<std::uint32_t>(Scope::metafield_namespace)};

std::optional<Scope> find_scope(std::string_view word) {
    constexpr std::string_view prefix = "shop_app:user:";
    if (word.starts_with(prefix)) {
        word.remove_prefix(prefix.size());
        if (word != "profile" && word != "email" && word != "phone") return std::nullopt;
    }
    for (const auto& [name, scope] : wire_names) {
        if (word == name) return scope;
    }
    return std::nullopt;
}

}  // namespace

std::string ScopeSet::text() const {
    std::string out;
    for (const auto& [name, scope] : wire_names) {
        if (!has(scope)) continue;
        if (!out.empty()) out.push_back(' ');
        out += name;
    }
    return out;
}

std::string sorted_names(ScopeSet scopes) {
    std::string out;
    for (const auto& [name, scope] : sorted_wire_names) {
        if (!scopes.has(scope)) continue;
        if (!out.empty()) out.push_back(' ');
        out += name;
    }
    return out;
}

ScopeSet known_scopes(std::string_view names) noexcept {
    std::uint32_t bits = 0;
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(' '), names.size());
        bits |= bit_of(names.substr(0, end));
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return ScopeSet(bits);
}

Result<ScopeSet> parse_scopes(std::string_view text) {
    ScopeSet set;
    for (const std::string_view word : split_words(text)) {
        const auto scope = find_scope(word);
        if (!scope) {
            return fail(ErrorCode::invalid_argument, "Unknown scope.",
                        "unknown scope: " + std::string(word));
        }
        set.add(*scope);
    }
    return set;
}

ScopeSet requested_scopes(std::string_view text, ScopeSet registered) {
    const ScopeSet grantable(registered.bits() & ~client_rights.bits());
    ScopeSet set;
    for (const std::string_view word : split_words(text)) {
        if (word == everything) return grantable;
        if (const auto scope = find_scope(word)) set.add(*scope);
    }
    return set & grantable;
}

}  // namespace latchkey
