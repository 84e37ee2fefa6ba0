#include "rendering/catalogue.hpp"

#include <gtest/gtest.h>

#include <set>

#include "rendering/files.hpp"

namespace latchkey::rendering {
namespace {

/// The names between braces.
std::set<std::string> places_of(std::string_view text) {
    std::set<std::string> places;
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
        const std::size_t end = text.find('}', at);
        places.emplace(text.substr(at, end - at));
        at = end;
    }
    return places;
}

TEST(Catalogue, EveryFileIsOne) {
    const auto files = files_ending(".json");
    EXPECT_EQ(files.size(), catalogues().size());
    for (const File& file : files) {
        const auto parsed = parse_catalogue("xx", file.contents);
        EXPECT_TRUE(parsed) << file.name << ": " << (parsed ? "" : parsed.error().detail);
    }
}

TEST(Catalogue, EnglishComesFirstAndEveryLocaleSaysAllThatItSays) {
    const Catalogue& english = catalogues().front();
    ASSERT_EQ(english.locale(), "en");
    std::set<std::string_view> locales;
    for (const Catalogue& catalogue : catalogues()) {
        locales.insert(catalogue.locale());
        for (const auto& [key, text] : english.texts()) {
            const std::string* own = catalogue.find(key);
            ASSERT_NE(own, nullptr) << catalogue.locale() << ": " << key;
            EXPECT_FALSE(own->empty()) << catalogue.locale() << ": " << key;
            EXPECT_EQ(places_of(*own), places_of(text)) << catalogue.locale() << ": " << key;
        }
        EXPECT_EQ(catalogue.texts().size(), english.texts().size()) << catalogue.locale();
    }
    EXPECT_EQ(locales, (std::set<std::string_view>{"en", "es", "fr", "de", "ja", "ar"}));
}

TEST(Catalogue, IsChosenByTheTagThenByTheBrowsersList) {
    struct Row {
        const char *tag, *accept, *chosen;
    };
    const Row rows[] = {
        {"fr", "", "fr"},
        {"fr-CA", "de", "fr"},
        {"FR_ca", "de", "fr"},
        {"", "de-AT,de;q=0.9,en;q=0.8", "de"},
        {"", "tlh, ja;q=0.5", "ja"},
        {"xx", "es", "es"},
        {"", "", "en"},
        {"", "*", "en"},
        {"../../etc/passwd", ",,,", "en"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(choose_catalogue(row.tag, row.accept).locale(), row.chosen)
            << row.tag << " / " << row.accept;
    }
}

TEST(Catalogue, KnowsWhichWayItReads) {
    EXPECT_EQ(choose_catalogue("ar", "").direction(), Direction::right_to_left);
    EXPECT_EQ(choose_catalogue("ja", "").direction(), Direction::left_to_right);
}

TEST(Catalogue, RefusesWhatIsNotFlatTexts) {
    for (const auto* json : {"", "[]", "{\"a\":1}", "{\"a\":{\"b\":\"c\"}}", "{\"a\":\"b\",}"}) {
        EXPECT_FALSE(parse_catalogue("xx", json)) << json;
    }
}

}  // namespace
}  // namespace latchkey::rendering
