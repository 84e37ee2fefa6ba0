#include "branding/color.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "branding/palette.hpp"

namespace latchkey::branding {
namespace {

using ::testing::HasSubstr;

TEST(Color, IsSixHexDigitsAfterAHash) {
    EXPECT_EQ(parse_color("#4338ca"), (Color{0x43, 0x38, 0xCA}));
    EXPECT_EQ(parse_color("#FFFFFF"), white);
    EXPECT_EQ(to_text(Color{0x43, 0x38, 0xCA}), "#4338ca");
    for (const char* wrong : {"", "#", "4338ca", "#4338c", "#4338ca0", "#43 8ca", "#gggggg", "red",
                              "rgb(0,0,0)", "#4338ca;}"}) {
        EXPECT_FALSE(parse_color(wrong)) << wrong;
    }
}

// The figures are those of the W3C's own examples and of the formula worked by hand.
TEST(Color, ContrastIsMeasuredAsWcagSays) {
    EXPECT_NEAR(contrast_ratio(black, white), 21.0, 1e-9);
    EXPECT_NEAR(contrast_ratio(white, white), 1.0, 1e-9);
    EXPECT_NEAR(contrast_ratio(Color{0x77, 0x77, 0x77}, white), 4.48, 0.005);
    EXPECT_NEAR(contrast_ratio(Color{0x76, 0x76, 0x76}, white), 4.54, 0.005);
    EXPECT_NEAR(contrast_ratio(Color{0xFF, 0, 0}, white), 4.00, 0.005);
    EXPECT_EQ(contrast_ratio(white, Color{0xFF, 0, 0}), contrast_ratio(Color{0xFF, 0, 0}, white));
}

TEST(Palette, WhatIsNotGivenFollowsFromWhatIs) {
    EXPECT_FALSE(*make_palette({}));
    const auto dark_on_yellow = *make_palette({.color = "#ffcc00"});
    EXPECT_EQ(dark_on_yellow->light.text, black);
    EXPECT_EQ(dark_on_yellow->dark, dark_on_yellow->light) << "no dark colours: the same";
    EXPECT_EQ((*make_palette({.color = "#4338ca"}))->light.text, white);
    const auto both = *make_palette({.color = "#4338ca", .dark_color = "#a5b4fc"});
    EXPECT_EQ(both->dark.text, black);
}

// White or black: one of the two is legible on any colour.
TEST(Palette, EveryColourHasALegibleTextAndStaysLegibleUnderThePointer) {
    for (int red = 0; red < 256; red += 15) {
        for (int green = 0; green < 256; green += 15) {
            for (int blue = 0; blue < 256; blue += 15) {
                const Color color{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                                  static_cast<std::uint8_t>(blue)};
                const auto palette = make_palette({.color = to_text(color)});
                ASSERT_TRUE(palette) << to_text(color);
                const ColorPair& pair = (*palette)->light;
                ASSERT_GE(contrast_ratio(pressed(pair), pair.text), text_contrast)
                    << to_text(color);
            }
        }
    }
}

TEST(Palette, AnIllegiblePairIsRefusedWithItsContrast) {
    struct Row {
        PaletteSettings settings;
        std::string_view says;
    };
    const Row rows[] = {
        {{.color = "#777777", .text_color = "#ffffff"}, "4.48:1"},
        {{.color = "#777777", .text_color = "#ffffff"}, "`brand.text_color`"},
        {{.color = "#4338ca", .dark_color = "#a5b4fc", .dark_text_color = "#ffffff"},
         "`brand.dark_text_color`: a contrast of at least 4.5:1 with `dark_color` (WCAG 2.2 AA)"},
        {{.color = "indigo"}, "`brand.color`: a colour such as"},
        {{.text_color = "#ffffff"}, "`brand.text_color`: only with `color`"},
        {{.dark_color = "#ffffff"}, "`brand.dark_color`: only with `color`"},
    };
    for (const Row& row : rows) {
        const auto palette = make_palette(row.settings);
        ASSERT_FALSE(palette) << row.says;
        EXPECT_EQ(palette.error().code, ErrorCode::invalid_argument);
        EXPECT_THAT(palette.error().detail, HasSubstr(std::string(row.says)));
    }
}

}  // namespace
}  // namespace latchkey::branding
