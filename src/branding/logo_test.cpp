#include "branding/logo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "branding/svg.hpp"

namespace latchkey::branding {
namespace {

using std::string_literals::operator""s;
using ::testing::HasSubstr;

std::string png(char width_low, char height_low) {
    return "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0"s + width_low + "\0\0\0"s + height_low;
}
// An application segment, a fill byte, then the frame header.
const std::string jpeg = "\xFF\xD8\xFF\xE0\0\x04xx\xFF\xFF\xC2\0\x0B\x08\0\x20\0\x30\x03"s;
std::string webp(const std::string& chunk) {
    return "RIFF\0\0\0\0WEBP"s + chunk + std::string(8, '\0');
}

TEST(Logo, IsKnownByItsContents) {
    struct Row {
        std::string image;
        LogoType type;
        LogoSize size;
    };
    const Row rows[] = {
        {png(48, 32), LogoType::png, {48, 32}},
        {jpeg, LogoType::jpeg, {48, 32}},
        {webp("VP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x30\0\x20\0"s), LogoType::webp, {48, 32}},
        {webp("VP8L\0\0\0\0\x2F\x2F\xC0\x07\0"s), LogoType::webp, {48, 32}},
        {webp("VP8X\0\0\0\0\0\0\0\0\x2F\0\0\x1F\0\0"s), LogoType::webp, {48, 32}},
        {"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 24'/>",
         LogoType::svg,
         {1024, 512}},
        {"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- drawn by hand -->\n<svg width=\"10px\" "
         "height=\"20px\"></svg>",
         LogoType::svg,
         {512, 1024}},
        {"<svg></svg>", LogoType::svg, {1024, 1024}},
        {"<svg viewBox='0 0 0 -3'></svg>", LogoType::svg, {1024, 1024}},
    };
    for (const Row& row : rows) {
        const auto logo = make_logo(row.image);
        ASSERT_TRUE(logo) << row.image;
        EXPECT_EQ(logo->type, row.type);
        EXPECT_EQ(logo->size, row.size) << row.image;
        EXPECT_EQ(logo->version.size(), 16U);
    }
    EXPECT_TRUE(make_logo("<svg viewBox='0 0 200 40'/>")->is_wordmark());
    EXPECT_FALSE(make_logo("<svg viewBox='0 0 80 40'/>")->is_wordmark());
}

TEST(Logo, EveryShorterBeginningOfAnImageIsRefused) {
    for (const std::string& whole : {png(48, 32), jpeg.substr(0, 17)}) {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_FALSE(make_logo(whole.substr(0, size))) << size;
        }
    }
}

TEST(Logo, WhatIsNoImageOrTooLargeIsRefused) {
    struct Row {
        std::string contents;
        ErrorCode code;
        std::string_view says;
    };
    const Row rows[] = {
        {"", ErrorCode::unsupported, "a PNG, JPEG, WebP or SVG image"},
        {"GIF89a", ErrorCode::unsupported, "a PNG, JPEG, WebP or SVG image"},
        {"<html><svg></svg></html>", ErrorCode::unsupported, "a PNG, JPEG, WebP or SVG image"},
        {png(0, 32), ErrorCode::unsupported, "1 to 1024 pixels"},
        {"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\x01\0\0\0\x01"s, ErrorCode::unsupported,
         "1025 by 1"},
        {png(1, 1) + std::string(max_logo_bytes, ' '), ErrorCode::too_large, "at most 24576 bytes"},
    };
    for (const Row& row : rows) {
        const auto logo = make_logo(row.contents);
        ASSERT_FALSE(logo) << row.says;
        EXPECT_EQ(logo.error().code, row.code);
        EXPECT_THAT(logo.error().detail, HasSubstr(std::string(row.says)));
    }
}

// Attack class 29: a logo is a drawing, whoever opens it and however.
TEST(Logo, AnSvgThatRunsEmbedsOrFetchesIsRefused) {
    for (const std::string inside : {
             "<script>alert(1)</script>",
             "<SCRIPT/>",
             "<svg:script xmlns:svg='http://www.w3.org/2000/svg'>1</svg:script>",
             "<foreignObject><b/></foreignObject>",
             "<image href='#a'/>",
             "<animate attributeName='href' to='#'/>",
             "<set attributeName='onload' to='x'/>",
             "<path onload='x()'/>",
             "<path\nonclick = 'x()'/>",
             "<path d='M0'onclick='x()'/>",
             "<path/onclick='x()'/>",
             "<use href='https://evil.test/a.svg#x'/>",
             "<use xlink:href = \" data:image/svg+xml,x\"/>",
             "<a href='java&#115;cript:x'/>",
             "<path fill='url(https://evil.test/)'/>",
             "<path fill='url( \"//evil.test\")'/>",
             "<style>@import 'x'</style>",
             "<style>a{background:u\\72l(x)}</style>",
             "<!ENTITY a 'b'>",
             "<![CDATA[x]]>",
         }) {
        const auto logo = make_logo("<svg xmlns='http://www.w3.org/2000/svg'>" + inside + "</svg>");
        ASSERT_FALSE(logo) << inside;
        EXPECT_EQ(logo.error().code, ErrorCode::forbidden) << inside;
    }
    EXPECT_EQ(make_logo("<!DOCTYPE svg SYSTEM 'x'><svg/>").error().code, ErrorCode::forbidden);
    EXPECT_EQ(make_logo("<svg>\xFF</svg>").error().code, ErrorCode::malformed);
}

TEST(Logo, AnSvgMayReferToItself) {
    const auto logo = make_logo(R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<defs><linearGradient id="g"><stop offset="1" stop-color="#fff"/></linearGradient></defs>
<style>path { fill: url(#g) }</style><path id="p" d="M0 0h1" fill="url('#g')"/><use href="#p"/>
<title>An iron on the button</title></svg>)svg");
    ASSERT_TRUE(logo) << logo.error().detail;
    EXPECT_EQ(logo->type, LogoType::svg);
}

TEST(Logo, IsReadFromAFileNoFurtherThanNeeded) {
    const std::string path = ::testing::TempDir() + "logo_test.png";
    std::ofstream(path, std::ios::binary) << png(8, 8);
    EXPECT_EQ(read_logo(path)->size, (LogoSize{8, 8}));
    EXPECT_EQ(read_logo(path + ".gone").error().code, ErrorCode::not_found);
    EXPECT_EQ(read_logo("/dev/zero").error().code, ErrorCode::too_large);
    EXPECT_FALSE(read_logo(::testing::TempDir())) << "a folder";
}

}  // namespace
}  // namespace latchkey::branding
