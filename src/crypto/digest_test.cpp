#include "crypto/digest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "crypto/constant_time.hpp"
#include "crypto/crc32.hpp"
#include "crypto/hmac.hpp"

namespace latchkey::crypto {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

TEST(Sha256, AgreesWithThePublishedExamples) {
    struct Row {
        std::string message;
        std::string_view digest;
    };
    // FIPS 180-4 examples and the million 'a' of NIST's validation suite.
    const std::array rows = {
        Row{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        Row{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        Row{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        Row{std::string(1000000, 'a'),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (const Row& row : rows) EXPECT_EQ(to_hex(sha256(row.message)), row.digest);
}

TEST(Sha256, HashesPartsLikeTheirConcatenation) {
    EXPECT_EQ(sha256({as_bytes("ab"), ByteView{}, as_bytes("c")}), sha256("abc"));
}

TEST(Sha256, GivesEachThreadAContextOfItsOwn) {
    std::array<bool, 4> good{};
    std::array<std::thread, 4> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i] = std::thread([&good, i] {
            const std::string message(100 + i, static_cast<char>('a' + i));
            const Sha256 expected = sha256(message);
            good[i] = true;
            for (int round = 0; round < 2000; ++round) {
                good[i] = good[i] && sha256(message) == expected;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const bool one : good) EXPECT_TRUE(one);
}

TEST(HmacSha256, AgreesWithRfc4231) {
    struct Row {
        Bytes key;
        Bytes message;
        std::string_view tag;
    };
    const std::array rows = {
        Row{Bytes(20, 0x0B), hex("4869205468657265"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        Row{hex("4a656665"), hex("7768617420646f2079612077616e7420666f72206e6f7468696e673f"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        Row{Bytes(20, 0xAA), Bytes(50, 0xDD),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        Row{Bytes(131, 0xAA),
            hex("54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2"
                "048617368204b6579204669727374"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    for (const Row& row : rows) {
        const HmacSha256 mac(row.key);
        EXPECT_EQ(to_hex(mac.tag(row.message)), row.tag);
        EXPECT_EQ(to_hex(mac.tag(row.message)), row.tag) << "a key is used again";
        EXPECT_EQ(
            to_hex(mac.tag({ByteView(row.message).first(3), ByteView(row.message).subspan(3)})),
            row.tag);
        EXPECT_TRUE(mac.verify(row.message, hex(row.tag)));
        EXPECT_FALSE(mac.verify(row.message, ByteView(hex(row.tag)).first(31)));
        EXPECT_FALSE(mac.verify(hex("00"), hex(row.tag)));
    }
}

TEST(HkdfSha256, AgreesWithRfc5869) {
    const Bytes key(22, 0x0B);
    const Bytes salt = hex("000102030405060708090a0b0c");
    const Bytes info = hex("f0f1f2f3f4f5f6f7f8f9");
    const Secret first = hkdf_sha256({.key = key, .salt = salt, .info = as_text(info)}, 42);
    EXPECT_EQ(to_hex(first.reveal_bytes()),
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
              "34007208d5b887185865");
    const Secret third = hkdf_sha256({.key = key, .salt = {}, .info = {}}, 42);
    EXPECT_EQ(to_hex(third.reveal_bytes()),
              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
              "9d201395faa4b61a96c8");
}

TEST(HkdfSha256, ExpandsOneBlockFromAKeptKey) {
    const Bytes key(22, 0x0B);
    const Bytes salt = hex("000102030405060708090a0b0c");
    const HmacSha256 pseudorandom_key(HmacSha256(salt).tag(key));
    const Secret whole = hkdf_sha256({.key = key, .salt = salt, .info = "purpose"});
    EXPECT_TRUE(equal_constant_time(hkdf_expand(pseudorandom_key, "purpose"), whole));
}

TEST(ConstantTime, ComparesLengthsAndBytes) {
    EXPECT_TRUE(equal_constant_time(as_bytes("same"), as_bytes("same")));
    EXPECT_TRUE(equal_constant_time(ByteView{}, ByteView{}));
    EXPECT_FALSE(equal_constant_time(as_bytes("same"), as_bytes("samE")));
    EXPECT_FALSE(equal_constant_time(as_bytes("same"), as_bytes("sam")));
    EXPECT_FALSE(equal_constant_time(as_bytes(""), as_bytes("a")));
}

TEST(Crc32, AgreesWithTheCheckValueOfTheCatalogue) {
    EXPECT_EQ(crc32("123456789"), 0xCBF43926U);
    EXPECT_EQ(crc32(""), 0U);
}

}  // namespace
}  // namespace latchkey::crypto
