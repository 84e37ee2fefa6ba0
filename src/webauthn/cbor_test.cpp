#include "webauthn/cbor.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace latchkey::webauthn {
namespace {

Bytes bytes_of(std::string_view hex) { return from_hex(hex).value(); }

// RFC 8949 Appendix A.
TEST(Cbor, ReadsIntegersOfEverySize) {
    const std::pair<const char*, std::int64_t> rows[] = {
        {"00", 0},
        {"17", 23},
        {"1818", 24},
        {"1903e8", 1000},
        {"1a000f4240", 1'000'000},
        {"1b000000e8d4a51000", 1'000'000'000'000},
        {"1b7fffffffffffffff", std::numeric_limits<std::int64_t>::max()},
        {"20", -1},
        {"3863", -100},
        {"390100", -257},
        {"3b7fffffffffffffff", std::numeric_limits<std::int64_t>::min()},
    };
    for (const auto& [hex, expected] : rows) {
        const Bytes input = bytes_of(hex);
        CborReader reader(input);
        const auto value = reader.integer();
        ASSERT_TRUE(value) << hex;
        EXPECT_EQ(*value, expected) << hex;
        EXPECT_TRUE(reader.at_end()) << hex;
    }
}

TEST(Cbor, ReadsStringsAndMaps) {
    const Bytes input = bytes_of("a2636162634301020320f5");
    CborReader reader(input);
    EXPECT_EQ(reader.map(), 2U);
    EXPECT_EQ(reader.text(), "abc");
    EXPECT_EQ(to_hex(reader.bytes().value()), "010203");
    EXPECT_EQ(reader.integer(), -1);
    EXPECT_TRUE(reader.skip());
    EXPECT_TRUE(reader.at_end());
}

TEST(Cbor, RefusesEverySpellingButTheCanonicalOne) {
    const char* rows[] = {
        "",                    // nothing
        "18",                  // cut short in its head
        "1817",                // 23 in two bytes
        "1900ff",              // 255 in three
        "1a0000ffff",          // 65535 in five
        "1b00000000ffffffff",  // 2^32 - 1 in nine
        "1bffffffffffffffff",  // above int64
        "3bffffffffffffffff",  // below it
        "1c",                  // reserved
        "5f",                  // indefinite
        "61ff",                // not UTF-8
        "430102",              // cut short
        "5affffffff00",        // longer than what is there
        "c074",                // a tag
        "f97e00",              // a float
        "f7",                  // undefined
    };
    for (const char* hex : rows) {
        const Bytes input = bytes_of(hex);
        EXPECT_FALSE(CborReader(input).integer()) << hex;
        EXPECT_FALSE(CborReader(input).bytes()) << hex;
        EXPECT_FALSE(CborReader(input).text()) << hex;
        EXPECT_FALSE(CborReader(input).map()) << hex;
    }
    for (const char* hex : {"", "1817", "5f", "c000", "f90000", "f7", "820100ff", "8201"}) {
        const Bytes input = bytes_of(hex);
        CborReader reader(input);
        EXPECT_FALSE(reader.skip() && reader.at_end()) << hex;
    }
}

TEST(Cbor, BoundsDepthAndCounts) {
    const Bytes four_deep = bytes_of("8181818100");
    EXPECT_TRUE(CborReader(four_deep).skip());
    const Bytes five_deep = bytes_of("818181818100");
    EXPECT_FALSE(CborReader(five_deep).skip());
    Bytes a_million_deep(1'000'000, 0x81);
    EXPECT_FALSE(CborReader(a_million_deep).skip());
    const Bytes four_billion_items = bytes_of("9affffffff");
    EXPECT_FALSE(CborReader(four_billion_items).skip());
    const Bytes four_billion_pairs = bytes_of("baffffffff00");
    EXPECT_FALSE(CborReader(four_billion_pairs).map());
    const Bytes overflowing = bytes_of("bb800000000000000000");
    EXPECT_FALSE(CborReader(overflowing).skip());
}

}  // namespace
}  // namespace latchkey::webauthn
