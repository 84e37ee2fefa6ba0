#pragma once

// The texts of pages and mail, by locale: flat JSON files (web/signin/locales), embedded. English
// is complete; a key that another locale lacks is shown in English.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace latchkey::rendering {

enum class Direction : std::uint8_t { left_to_right, right_to_left };

/// One locale's texts. They are plain text with `{field}` places, never markup.
class Catalogue {
public:
    using Texts = std::map<std::string, std::string, std::less<>>;

    Catalogue(std::string locale, Texts texts);

    [[nodiscard]] std::string_view locale() const noexcept { return locale_; }
    [[nodiscard]] Direction direction() const noexcept;
    /// Null if this locale has no such text.
    [[nodiscard]] const std::string* find(std::string_view key) const noexcept;
    /// The text, else the English one, else the key itself (a test finds such keys).
    [[nodiscard]] std::string_view text(std::string_view key) const noexcept;
    [[nodiscard]] const Texts& texts() const noexcept { return texts_; }

private:
    std::string locale_;
    Texts texts_;
};

/// A flat JSON object of strings. Errors: malformed, invalid_argument.
[[nodiscard]] Result<Catalogue> parse_catalogue(std::string locale, std::string_view json);

/// The embedded locales, parsed once; English first.
[[nodiscard]] const std::vector<Catalogue>& catalogues();

/// The best embedded locale for a BCP 47 tag ("fr-CA" finds "fr") or, where that finds none, for
/// an Accept-Language list (its order stands for its weights, as browsers write it). Else English.
[[nodiscard]] const Catalogue& choose_catalogue(std::string_view tag,
                                                std::string_view accept_language);

}  // namespace latchkey::rendering
