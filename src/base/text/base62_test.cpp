#include "base/text/base62.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace latchkey {
namespace {

using Bytes16 = std::array<std::uint8_t, 16>;

Bytes16 filled(std::uint8_t byte) {
    Bytes16 bytes{};
    bytes.fill(byte);
    return bytes;
}

TEST(Base62, WritesSixteenBytesAtAFixedWidth) {
    EXPECT_EQ(to_base62(filled(0)), "0000000000000000000000");
    EXPECT_EQ(to_base62(filled(0xFF)), "7n42DGM5Tflk9n8mt7Fhc7");
    Bytes16 one{};
    one[15] = 1;
    EXPECT_EQ(to_base62(one), "0000000000000000000001");
    one[15] = 62;
    EXPECT_EQ(to_base62(one), "0000000000000000000010");
}

TEST(Base62, ReadsBackWhatItWrites) {
    Bytes16 bytes{};
    for (unsigned round = 0; round < 1000; ++round) {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<std::uint8_t>(bytes[i] * 31U + round + 7U * i);
        }
        const std::string text = to_base62(bytes);
        ASSERT_EQ(text.size(), base62_width_16_bytes);
        ASSERT_EQ(from_base62(text), bytes) << text;
    }
}

TEST(Base62, KeepsTheOrderOfTheBytes) {
    EXPECT_LT(to_base62(filled(0x0F)), to_base62(filled(0x10)));
    EXPECT_LT(to_base62(filled(0x7F)), to_base62(filled(0x80)));
}

TEST(Base62, RefusesEveryOtherSpelling) {
    for (const char* text : {
             "",
             "0",
             "000000000000000000000",    // 21
             "00000000000000000000000",  // 23
             "7n42DGM5Tflk9n8mt7Fhc8",   // 2^128
             "zzzzzzzzzzzzzzzzzzzzzz",
             "000000000000000000000-",
             "00000000000 0000000000",
         }) {
        EXPECT_EQ(from_base62(text), std::nullopt) << text;
    }
}

TEST(Base62, WritesThirtyTwoBitsAsSixDigits) {
    std::string out = "x";
    append_base62(out, 0);
    append_base62(out, 0xFFFFFFFF);
    EXPECT_EQ(out, "x0000004gfFC3");
}

}  // namespace
}  // namespace latchkey
