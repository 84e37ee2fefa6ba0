#include "tokens/fields.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace latchkey::tokens {
namespace {

Bytes to_content(const FieldWriter& writer) {
    const ByteView content = writer.content();
    return {content.begin(), content.end()};
}

/// "1:abc 2: whole": every field's tag and value, and whether it ended where it should.
std::string shown(ByteView content) {
    FieldReader reader(content);
    std::string out;
    Field field;
    while (reader.next(field)) {
        out += std::to_string(field.tag) + ":" + std::string(as_text(field.value)) + " ";
    }
    return out + (reader.is_whole() ? "whole" : "broken");
}

TEST(Fields, ComeBackInTheirOrder) {
    FieldWriter writer(SealedKind::user_access);
    writer.text(1, "abc").text(7, "").text(0x81, "z");
    const Bytes content = to_content(writer);
    EXPECT_EQ(FieldReader(content).kind(), SealedKind::user_access);
    EXPECT_EQ(shown(content), "1:abc 7: 129:z whole");
    EXPECT_EQ(content.size(), 2U + 5 + 2 + 3);
}

TEST(Fields, HoldNumbersInAsManyBytesAsTheyNeed) {
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{255}, std::uint64_t{256},
          std::uint64_t{1'800'000'000}, std::numeric_limits<std::uint64_t>::max()}) {
        FieldWriter writer(SealedKind::user_access);
        writer.number(3, number);
        const Bytes content = to_content(writer);
        Field field;
        ASSERT_TRUE(FieldReader(content).next(field));
        EXPECT_EQ(field.number(), number);
        EXPECT_LE(field.value.size(), 8U);
        EXPECT_TRUE(field.value.empty() || field.value[0] != 0);
    }
    const Bytes nine(9, 1);
    EXPECT_FALSE((Field{1, nine}).number());
    const Bytes eight(8, 0xFF);
    EXPECT_FALSE((Field{1, eight}).time()) << "no time that there is";
}

TEST(Fields, HoldLongTexts) {
    for (const std::size_t size : {127U, 128U, 255U, 256U, 700U, 0x7FFFU}) {
        FieldWriter writer(SealedKind::user_access);
        writer.text(5, std::string(size, 'x')).text(6, "after");
        const Bytes content = to_content(writer);
        FieldReader reader(content);
        Field field;
        ASSERT_TRUE(reader.next(field));
        EXPECT_EQ(field.value.size(), size);
        ASSERT_TRUE(reader.next(field));
        EXPECT_EQ(as_text(field.value), "after");
        EXPECT_FALSE(reader.next(field));
        EXPECT_TRUE(reader.is_whole());
    }
}

TEST(Fields, OfAnotherVersionHaveNoKind) {
    EXPECT_EQ(FieldReader(Bytes{}).kind(), SealedKind::none);
    EXPECT_EQ(FieldReader(Bytes{1}).kind(), SealedKind::none);
    EXPECT_EQ(FieldReader((Bytes{2, 1})).kind(), SealedKind::none);
    EXPECT_EQ(FieldReader((Bytes{1, 1})).kind(), SealedKind::user_access);
}

TEST(Fields, ThatAreNotOfTheFormStopTheReading) {
    struct Row {
        const char* what;
        Bytes content;
        std::string_view shown;
    };
    const Row rows[] = {
        {"nothing in it", {1, 1}, "whole"},
        {"a tag alone", {1, 1, 5}, "broken"},
        {"cut short", {1, 1, 5, 2, 'a'}, "broken"},
        {"a length cut short", {1, 1, 5, 0x81}, "broken"},
        {"a long one cut short", {1, 1, 5, 0x80, 2, 'a'}, "broken"},
        {"twice", {1, 1, 5, 0, 5, 0}, "5: broken"},
        {"out of order", {1, 1, 5, 0, 4, 0}, "5: broken"},
    };
    for (const Row& row : rows) EXPECT_EQ(shown(row.content), row.shown) << row.what;
}

TEST(Fields, ThatNobodyKnowsAreLeftOutUnlessTheyAreCritical) {
    const auto reads = [](std::uint8_t tag) {
        FieldWriter writer(SealedKind::user_access);
        writer.text(tag, "new");
        const Bytes content = to_content(writer);
        FieldReader reader(content);
        return read_fields(reader, [](const Field&) { return Taken::unknown; });
    };
    EXPECT_TRUE(reads(0x7F));
    EXPECT_FALSE(reads(0x80));
    EXPECT_FALSE(reads(0xFF));
}

}  // namespace
}  // namespace latchkey::tokens
