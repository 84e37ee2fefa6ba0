#include "rendering/catalogue.hpp"

#include <utility>

#include "base/text/text.hpp"
#include "embedded/signin_files.hpp"
#include "json/value.hpp"

namespace latchkey::rendering {
namespace {

constexpr std::string_view english = "en";

std::vector<Catalogue> load_embedded() {
    std::vector<Catalogue> loaded;
    for (const auto& file : embedded::signin_files()) {
        if (!file.name.ends_with(".json")) continue;
        std::string locale(
            file.name.substr(0, file.name.size() - std::string_view(".json").size()));
        auto catalogue = parse_catalogue(std::move(locale), file.contents);
        if (!catalogue) continue;  // a test parses every file and names the broken one
        const bool first = catalogue->locale() == english;
        loaded.insert(first ? loaded.begin() : loaded.end(), std::move(*catalogue));
    }
    if (loaded.empty()) loaded.emplace_back(std::string(english), Catalogue::Texts{});
    return loaded;
}

const Catalogue* find_language(std::string_view tag) {
    // BCP 47: the primary language subtag comes first. Some senders write '_'.
    const std::string language = ascii_lower(tag.substr(0, tag.find_first_of("-_;, ")));
    for (const Catalogue& catalogue : catalogues()) {
        if (catalogue.locale() == language) return &catalogue;
    }
    return nullptr;
}

}  // namespace

Catalogue::Catalogue(std::string locale, Texts texts)
    : locale_(std::move(locale)), texts_(std::move(texts)) {}

Direction Catalogue::direction() const noexcept {
    for (const std::string_view language : {"ar", "fa", "he", "ur"}) {
        if (locale_ == language) return Direction::right_to_left;
    }
    return Direction::left_to_right;
}

const std::string* Catalogue::find(std::string_view key) const noexcept {
    const auto found = texts_.find(key);
    return found == texts_.end() ? nullptr : &found->second;
}

std::string_view Catalogue::text(std::string_view key) const noexcept {
    if (const std::string* own = find(key)) return *own;
    if (const std::string* fallback = catalogues().front().find(key)) return *fallback;
    return key;
}

Result<Catalogue> parse_catalogue(std::string locale, std::string_view json) {
    const json::Value document = TRY(json::parse(json));
    const json::Object* members = document.object();
    if (members == nullptr) return fail(ErrorCode::malformed, "A catalogue is a JSON object.");
    Catalogue::Texts texts;
    for (const auto& [key, value] : *members) {
        const std::string* text = value.string();
        if (text == nullptr) {
            return fail(ErrorCode::invalid_argument, "A catalogue holds strings.", key);
        }
        texts.emplace(key, *text);
    }
    return Catalogue(std::move(locale), std::move(texts));
}

const std::vector<Catalogue>& catalogues() {
    static const std::vector<Catalogue> loaded = load_embedded();
    return loaded;
}

const Catalogue& choose_catalogue(std::string_view tag, std::string_view accept_language) {
    if (const Catalogue* found = find_language(tag)) return *found;
    while (!accept_language.empty()) {
        const std::size_t comma = accept_language.find(',');
        const std::string_view range = trim_ascii(accept_language.substr(0, comma));
        if (const Catalogue* found = find_language(range)) return *found;
        if (comma == std::string_view::npos) break;
        accept_language.remove_prefix(comma + 1);
    }
    return catalogues().front();
}

}  // namespace latchkey::rendering
