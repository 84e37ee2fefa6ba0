#include "people/contact.hpp"

#include <gtest/gtest.h>

namespace latchkey::people {
namespace {

TEST(Email, IsBroughtToOneForm) {
    const std::pair<std::string, std::string> rows[] = {
        {"ada@example.com", "ada@example.com"},
        {"  Ada.Lovelace@EXAMPLE.com\t", "Ada.Lovelace@example.com"},
        {"o'brien+shop@mail.example.co.uk", "o'brien+shop@mail.example.co.uk"},
        {"x@xn--bcher-kva.example", "x@xn--bcher-kva.example"},
    };
    for (const auto& [typed, expected] : rows) {
        const auto parsed = parse_email(typed);
        ASSERT_TRUE(parsed) << typed;
        EXPECT_EQ(*parsed, expected);
    }
}

TEST(Email, IsRefusedWhenNoMailServerWouldTakeIt) {
    const std::string long_local(65, 'a');
    const std::string long_label(64, 'b');
    const std::string rows[] = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@gmail",
        "ada@@example.com",
        "a b@example.com",
        ".ada@example.com",
        "ada.@example.com",
        "a..b@example.com",
        "ada@-example.com",
        "ada@example-.com",
        "ada@exa_mple.com",
        "ada@example..com",
        "ada@[127.0.0.1]",
        "\"ada\"@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada\n@example.com",
        "ada@example.com, eve@example.com",
        "<ada@example.com>",
        "ädä@example.com",
        long_local + "@example.com",
        "ada@" + long_label + ".com",
        "ada@" + std::string(250, 'c') + ".com",
    };
    for (const std::string& typed : rows) {
        const auto parsed = parse_email(typed);
        ASSERT_FALSE(parsed) << typed;
        EXPECT_EQ(parsed.error().code, ErrorCode::invalid_argument) << typed;
        EXPECT_EQ(parsed.error().detail, "") << "personal data is not for the log";
    }
}

TEST(Email, LooksUpWithoutCase) {
    EXPECT_EQ(email_lookup_form("Ada@example.com"), email_lookup_form("aDA@example.com"));
    EXPECT_NE(email_lookup_form("ada@example.com"), email_lookup_form("ada+x@example.com"));
}

TEST(Phone, IsE164WhateverIsWrittenBetweenTheDigits) {
    for (const std::string typed : {"+33 1 23 45 67 89", "+33(1)23.45-67.89", " +33123456789 "}) {
        const auto parsed = parse_phone(typed);
        ASSERT_TRUE(parsed) << typed;
        EXPECT_EQ(*parsed, "+33123456789");
    }
    for (const std::string typed :
         {"", "+", "123456789", "+0123456789", "+123456", "+1234567890123456", "+33 12a4",
          "++3312345", "+33123456789x"}) {
        EXPECT_FALSE(parse_phone(typed)) << typed;
    }
}

TEST(PersonName, MayBeOfAnyScript) {
    for (const std::string typed :
         {"Ada", "Lovelace-Byron", "José María", "山田 太郎", "عدا", "O’Brien", "مهر\u200Cناز"}) {
        EXPECT_TRUE(parse_person_name(typed)) << typed;
    }
    std::string hundred;
    for (int i = 0; i < 100; ++i) hundred += "é";
    EXPECT_TRUE(parse_person_name(hundred));
    EXPECT_FALSE(parse_person_name(hundred + "é"));
}

TEST(PersonName, CannotRewriteTheSentenceAroundIt) {
    const std::string rows[] = {
        "",
        "   ",
        "Ada\nLovelace",
        "Ada\x7f",
        "Ada\xc2\x85",
        "\xff",
        "a\xe2\x80\xaez",
        "a\xe2\x81\xa6z",
        "\xef\xbb\xbf"
        "Ada",
        "a\xe2\x80\xa8z",
        std::string("a\0b", 3),
        "A\u200Bda",
        "Ada\u200F",
        "A\u2060da",
    };
    for (const std::string& typed : rows) EXPECT_FALSE(parse_person_name(typed)) << typed;
}

TEST(Avatar, IsAnHttpsUrlWithAHost) {
    EXPECT_TRUE(parse_avatar("https://img.example.com/a.png?s=64"));
    EXPECT_TRUE(parse_avatar("https://[::1]/a.png"));
    const std::string rows[] = {
        "http://img.example.com/a.png",
        "javascript:alert(1)",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "https://",
        "https:///a.png",
        "https://user@img.example.com/",
        "https://img.example.com/\"onerror=",
        "https://img.example.com/<b>",
        "https://img.example.com/a b",
        "https://img.example.com/" + std::string(max_avatar_bytes, 'a'),
    };
    for (const std::string& url : rows) EXPECT_FALSE(parse_avatar(url)) << url;
}

}  // namespace
}  // namespace latchkey::people
