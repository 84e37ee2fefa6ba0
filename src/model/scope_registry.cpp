#include "model/scope_registry.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
#include <utility>

#include "base/text/text.hpp"

namespace latchkey {
namespace {

struct BuiltIn {
    std::string_view name;
    Scope scope;
    ClaimSet claims;
};

constexpr ClaimSet email_claims = ClaimSet::of(Claim::email, Claim::email_verified);
constexpr ClaimSet phone_claims = ClaimSet::of(Claim::phone_number, Claim::phone_number_verified);
constexpr ClaimSet reach_claims = ClaimSet::of(Claim::email, Claim::email_verified,
                                               Claim::phone_number, Claim::phone_number_verified);
constexpr ClaimSet name_claims = ClaimSet::of(Claim::given_name, Claim::family_name, Claim::name);
constexpr ClaimSet profile_claims =
    ClaimSet::of(Claim::given_name, Claim::family_name, Claim::name, Claim::picture);

// What each opens is the seed guide's table.
constexpr std::array<BuiltIn, built_in_scopes> contract{{
    {"openid", Scope::openid, {}},
    {"email", Scope::email, email_claims},
    {"email:verified", Scope::email_verified, email_claims},
    {"phone", Scope::phone, phone_claims},
    {"phone:verified", Scope::phone_verified, phone_claims},
    {"profile", Scope::profile, profile_claims},
    {"name", Scope::name, name_claims},
    {"avatar", Scope::avatar, ClaimSet::of(Claim::picture)},
    {"user:manage", Scope::user_manage, reach_claims},
    {"share_metafield", Scope::share_metafield, {}},
    {"metafield_namespace", Scope::metafield_namespace, {}},
}};

constexpr std::uint64_t bit_at(std::size_t row) { return std::uint64_t{1} << row; }

constexpr bool rows_are_bits() {
    for (std::size_t row = 0; row < contract.size(); ++row) {
        if (static_cast<std::uint64_t>(contract[row].scope) != bit_at(row)) return false;
    }
    return true;
}
static_assert(rows_are_bits());

constexpr std::uint64_t bits_of(std::initializer_list<Scope> scopes) {
    std::uint64_t bits = 0;
    for (const Scope scope : scopes) bits |= static_cast<std::uint64_t>(scope);
    return bits;
}

// In the order in which a person would ask. Who the person is (openid, e-mail) comes always.
constexpr std::array<ScopeGroup, 6> contract_groups{{
    {"email", ScopeSet(bits_of({Scope::openid, Scope::email, Scope::email_verified})),
     Asking::always, Claim::email},
    {"profile", ScopeSet(bits_of({Scope::profile})), Asking::optional, Claim::name},
    {"name", ScopeSet(bits_of({Scope::name})), Asking::optional, Claim::name},
    {"avatar", ScopeSet(bits_of({Scope::avatar})), Asking::optional, std::nullopt},
    {"phone", ScopeSet(bits_of({Scope::phone, Scope::phone_verified})), Asking::optional,
     Claim::phone_number},
    {"manage", ScopeSet(bits_of({Scope::user_manage})), Asking::optional, std::nullopt},
}};

constexpr std::string_view everything = "shop_app:oauth";
constexpr std::string_view contract_prefix = "shop_app:";
/// An app's own, which no person grants.
constexpr std::uint64_t client_rights =
    bits_of({Scope::share_metafield, Scope::metafield_namespace});

std::uint64_t load_eight(const char* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
}
std::uint64_t load_four(const char* at) noexcept {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
}

/// RFC 6749 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ).
bool is_scope_token(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return c >= '!' && c <= '~' && c != '"' && c != '\\';
    });
}

Failure refuse(const OwnScope& scope, std::string_view why) {
    return fail(ErrorCode::invalid_argument, "The scope is not valid.",
                "scope `" + scope.name + "`: " + std::string(why));
}

bool is_text(std::string_view text, std::size_t max_bytes) {
    return text.size() <= max_bytes && is_valid_utf8(text) &&
           std::ranges::none_of(text, [](char c) { return c >= 0 && c < ' '; });
}

Result<void> check_texts(const OwnScope& scope) {
    const auto is_default = [](const ScopeText& text) {
        return text.locale == default_scope_locale;
    };
    if (std::ranges::count_if(scope.texts, is_default) != 1) {
        return refuse(scope, "needs a text in English, `en`");
    }
    for (const ScopeText& text : scope.texts) {
        if (trim_ascii(text.label).empty() || !is_text(text.label, max_scope_label_bytes)) {
            return refuse(scope, "a text is one line of 1 to 120 bytes");
        }
        if (!is_text(text.about, max_scope_about_bytes)) {
            return refuse(scope, "a longer text is one line of at most 400 bytes");
        }
    }
    return {};
}

/// The form's boxes are named by group, and the contract's groups are not all named as a scope is.
bool is_group(std::string_view name) {
    return std::ranges::find(contract_groups, name, &ScopeGroup::key) != contract_groups.end();
}

Result<void> check(const OwnScope& scope) {
    if (!is_scope_token(scope.name)) {
        return refuse(scope, "a name is printable ASCII without spaces, quotes and backslashes");
    }
    if (scope.name.size() > max_scope_name_bytes)
        return refuse(scope, "a name has at most 64 bytes");
    if (scope.name.starts_with(contract_prefix)) {
        return refuse(scope, "names that begin with `shop_app:` are the contract's");
    }
    return check_texts(scope);
}

}  // namespace

ScopeRegistry::ScopeRegistry() {
    for (const BuiltIn& scope : contract) add({std::string(scope.name), scope.claims, {}});
    sort_names();
    make_groups();
}

Result<ScopeRegistry> ScopeRegistry::make(const std::vector<OwnScope>& own) {
    ScopeRegistry registry;
    std::size_t names_bytes = 0;
    for (const OwnScope& scope : own) {
        TRY(check(scope));
        if (registry.bit_of(scope.name) != 0 || is_group(scope.name)) {
            return refuse(scope, "there is one of this name");
        }
        names_bytes += scope.name.size() + 1;
        if (registry.rows_.size() == max_scopes || names_bytes > max_own_names_bytes) {
            return refuse(scope, "is one too many: at most 53, with names of 320 bytes in sum");
        }
        const ClaimSet claims = scope.claim ? ClaimSet::of(*scope.claim) : ClaimSet();
        registry.add({scope.name, claims, scope.texts});
    }
    registry.sort_names();
    registry.make_groups();
    return registry;
}

ScopeRegistry::NameKey ScopeRegistry::key_of(std::string_view name) noexcept {
    const char* const begin = name.data();
    const std::size_t size = name.size();
    if (size >= 8) return {load_eight(begin), load_eight(begin + size - 8), size};
    if (size >= 4) return {load_four(begin), load_four(begin + size - 4), size};
    if (size == 0) return {0, 0, 0};
    const auto at = [begin](std::size_t i) -> std::uint64_t {
        return static_cast<unsigned char>(begin[i]);
    };
    return {at(0), at(size / 2) << 8U | at(size - 1), size};
}

void ScopeRegistry::add(Row row) {
    const NameKey key = key_of(row.name);
    std::size_t slot = key.slot();
    while (by_name_[slot].row != 0) slot = (slot + 1) % slots;
    rows_.push_back(std::move(row));
    by_name_[slot] = {key, rows_.size()};
}

void ScopeRegistry::sort_names() {
    alphabetical_.resize(rows_.size());
    std::iota(alphabetical_.begin(), alphabetical_.end(), std::uint8_t{0});
    std::ranges::sort(alphabetical_, {},
                      [this](std::uint8_t row) -> const std::string& { return rows_[row].name; });
}

void ScopeRegistry::make_groups() {
    groups_.assign(contract_groups.begin(), contract_groups.end());
    for (std::size_t i = built_in_scopes; i < rows_.size(); ++i) {
        const Row& row = rows_[i];
        ScopeGroup group{row.name, ScopeSet(bit_at(i)), Asking::optional, std::nullopt, row.texts};
        // An own scope gives one claim at most.
        for (int claim = 0; claim <= static_cast<int>(last_claim); ++claim) {
            if (row.claims.has(static_cast<Claim>(claim))) group.shown = static_cast<Claim>(claim);
        }
        groups_.push_back(group);
    }
}

std::uint64_t ScopeRegistry::bit_of(std::string_view name) const noexcept {
    const NameKey key = key_of(name);
    for (std::size_t slot = key.slot(); by_name_[slot].row != 0; slot = (slot + 1) % slots) {
        if (by_name_[slot].key != key) continue;
        const std::size_t row = by_name_[slot].row - 1;
        // Both ends of a longer name leave out its middle.
        if (name.size() <= 16 || rows_[row].name == name) return bit_at(row);
    }
    return 0;
}

std::optional<ScopeSet> ScopeRegistry::find_asked(std::string_view word) const noexcept {
    constexpr std::string_view prefix = "shop_app:user:";
    if (word.starts_with(prefix)) {
        word.remove_prefix(prefix.size());
        if (word != "profile" && word != "email" && word != "phone") return std::nullopt;
    }
    const std::uint64_t bit = bit_of(word);
    if (bit == 0) return std::nullopt;
    return ScopeSet(bit);
}

ScopeSet ScopeRegistry::known(const ScopeNames& names) const noexcept {
    std::uint64_t bits = 0;
    const char* at = names.text.data();
    const char* const end = at + names.text.size();
    while (at < end) {
        const char* const word = at;
        while (at < end && *at != ' ') ++at;
        bits |= bit_of({word, static_cast<std::size_t>(at - word)});
        if (at < end) ++at;
    }
    return ScopeSet(bits);
}

ScopeNames ScopeRegistry::names(ScopeSet scopes) const {
    ScopeNames names;
    for (const std::uint8_t row : alphabetical_) {
        if ((scopes.bits() & bit_at(row)) == 0) continue;
        if (!names.text.empty()) names.text.push_back(' ');
        names.text += rows_[row].name;
    }
    return names;
}

std::string ScopeRegistry::text(ScopeSet scopes) const {
    std::string out;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        if ((scopes.bits() & bit_at(row)) == 0) continue;
        if (!out.empty()) out.push_back(' ');
        out += rows_[row].name;
    }
    return out;
}

Result<ScopeSet> ScopeRegistry::parse(std::string_view text) const {
    ScopeSet set;
    for (const std::string_view word : split_words(text)) {
        const auto scope = find_asked(word);
        if (!scope) {
            return fail(ErrorCode::invalid_argument, "Unknown scope.", std::string(word));
        }
        set = set | *scope;
    }
    return set;
}

ScopeSet ScopeRegistry::requested(std::string_view text, ScopeSet registered) const {
    const ScopeSet grantable(registered.bits() & ~client_rights);
    ScopeSet set;
    for (const std::string_view word : split_words(text)) {
        if (word == everything) return grantable;
        if (const auto scope = find_asked(word)) set = set | *scope;
    }
    return set & grantable;
}

ClaimSet ScopeRegistry::claims(ScopeSet scopes) const noexcept {
    ClaimSet claims;
    for (std::uint64_t bits = scopes.bits(); bits != 0; bits &= bits - 1) {
        const auto row = static_cast<std::size_t>(std::countr_zero(bits));
        if (row < rows_.size()) claims.add(rows_[row].claims);
    }
    return claims;
}

const ScopeRegistry& contract_scopes() {
    static const ScopeRegistry registry;
    return registry;
}

}  // namespace latchkey
