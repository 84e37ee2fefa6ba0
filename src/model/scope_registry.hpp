#pragma once

// Which scopes there are: those of the contract, and the operator's own from the configuration.
// Says of each its name, which claims it gives, who decides about it and how people are told of it,
// and leads from names to sets and back. Immutable; every realm has one (realm/realm.hpp).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/claims.hpp"
#include "model/scopes.hpp"

namespace latchkey {

inline constexpr std::size_t max_scopes = 64;  // a set is one machine word
inline constexpr std::size_t max_own_scopes = max_scopes - built_in_scopes;
inline constexpr std::size_t max_scope_name_bytes = 64;
/// Of all own names together, so that a token that names them all is still a short one.
inline constexpr std::size_t max_own_names_bytes = 320;
inline constexpr std::size_t max_scope_label_bytes = 120;  // of UTF-8
inline constexpr std::size_t max_scope_about_bytes = 400;
/// What a person reads whose own language has no text.
inline constexpr std::string_view default_scope_locale = "en";

/// What people are told of a scope, in one language ("de").
struct ScopeText {
    std::string locale;
    std::string label;       // "Your loyalty points"
    std::string about = {};  // a sentence more, or nothing
};

/// A scope that the operator adds.
struct OwnScope {
    std::string name;
    std::optional<Claim> claim = std::nullopt;  // absent: it opens nothing here
    std::vector<ScopeText> texts = {};
};

/// Whether a person is asked, and may say no.
enum class Asking : std::uint8_t {
    always,    // there is no sign-in without it
    optional,  // it can be unticked
};

/// Scopes that people see as one thing. All views lead into the registry.
struct ScopeGroup {
    std::string_view key;  // "profile": the texts consent.scope.profile and consent.about.profile
    ScopeSet scopes;
    Asking asking = Asking::optional;
    std::optional<Claim> shown;             // the claim whose value a person is shown
    std::span<const ScopeText> texts = {};  // an operator's own words; empty: the catalogue's
};

class ScopeRegistry {
public:
    /// Those of the contract alone.
    ScopeRegistry();

    /// With the operator's. Errors: invalid_argument, with the scope and what is wrong in `detail`:
    /// a name that is no scope-token (RFC 6749 3.3), is too long, built in or there twice; no text
    /// in the default language, or one that is empty or too long; too many of them.
    [[nodiscard]] static Result<ScopeRegistry> make(const std::vector<OwnScope>& own);

    ScopeRegistry(const ScopeRegistry&) = delete;
    ScopeRegistry& operator=(const ScopeRegistry&) = delete;
    ScopeRegistry(ScopeRegistry&&) noexcept = default;
    ScopeRegistry& operator=(ScopeRegistry&&) noexcept = default;
    ~ScopeRegistry() = default;

    /// What a row or a token names. A name that nobody knows any more opens nothing.
    [[nodiscard]] ScopeSet known(const ScopeNames& names) const noexcept;
    /// How rows and tokens hold a set.
    [[nodiscard]] ScopeNames names(ScopeSet scopes) const;

    /// Space-separated wire names (RFC 6749 3.3): the contract's in their order, then the
    /// operator's in theirs.
    [[nodiscard]] std::string text(ScopeSet scopes) const;
    /// Parses wire names. `shop_app:user:profile|email|phone` are `profile`, `email`, `phone`.
    /// Errors: invalid_argument for a name that is not known.
    [[nodiscard]] Result<ScopeSet> parse(std::string_view text) const;
    /// What a sign-in asks for. `shop_app:oauth` stands for everything the app is registered for;
    /// names that are not known are left out, as RFC 6749 3.3 allows. The result is a subset of
    /// `registered`, without the client's own rights.
    [[nodiscard]] ScopeSet requested(std::string_view text, ScopeSet registered) const;

    /// All claims that these give together.
    [[nodiscard]] ClaimSet claims(ScopeSet scopes) const noexcept;
    /// What people can be asked for, in the order in which a person would ask.
    [[nodiscard]] std::span<const ScopeGroup> groups() const noexcept { return groups_; }

private:
    struct Row {
        std::string name;
        ClaimSet claims;
        std::vector<ScopeText> texts;
    };
    /// Finds a name without a look at each of its characters: every request parses some.
    struct NameKey {
        std::uint64_t head = 0, tail = 0;  // its first and last eight bytes, or fewer
        std::size_t size = 0;

        [[nodiscard]] std::size_t slot() const noexcept {
            constexpr std::uint64_t spread = 0x9E37'79B9'7F4A'7C15U;
            return static_cast<std::size_t>(((head + tail + size) * spread) >> 57U);
        }
        bool operator==(const NameKey&) const = default;
    };
    struct Slot {
        NameKey key;
        std::size_t row = 0;  // plus one; 0: empty
    };
    static constexpr std::size_t slots = 128;  // twice as many as names, and 2 to the power of 7

    [[nodiscard]] static NameKey key_of(std::string_view name) noexcept;

    void add(Row row);
    void sort_names();
    void make_groups();
    [[nodiscard]] std::uint64_t bit_of(std::string_view name) const noexcept;
    [[nodiscard]] std::optional<ScopeSet> find_asked(std::string_view word) const noexcept;

    std::vector<Row> rows_;                   // a row's place is its bit
    std::vector<std::uint8_t> alphabetical_;  // rows by name
    std::array<Slot, slots> by_name_{};       // by hash, and then the next that is free
    std::vector<ScopeGroup> groups_;
};

/// The contract's alone: for what knows of no operator.
[[nodiscard]] const ScopeRegistry& contract_scopes();

}  // namespace latchkey
