#include "encoding.hpp"

#include <gtest/gtest.h>

#include "sealing.hpp"

namespace latchkey::client {
namespace {

TEST(Encoding, WritesBase64AsTheRfcDoes) {
    // RFC 4648 10.
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [plain, encoded] : rows) EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
}

TEST(Encoding, ReadsBase64urlInItsOneSpellingOnly) {
    Bytes32 bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(255 - 7 * i);
    const std::string text = to_base64url(bytes);
    EXPECT_EQ(text.size(), 43U);
    EXPECT_EQ(from_base64url(text), bytes);
    bytes.fill(0xFF);
    EXPECT_EQ(to_base64url(bytes), std::string(42, '_') + "8");
    const std::string ones = std::string(42, '_');
    for (const std::string& bad :
         {ones + "9", ones, ones + "8=", " " + ones, std::string(42, '/') + "8",
          std::string(41, '_') + "\n8", std::string(42, '=') + "8", std::string()}) {
        EXPECT_FALSE(from_base64url(bad)) << bad;
    }
}

TEST(Encoding, EscapesAllButTheUnreserved) {
    EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percent_encode("a b+c&d=e%/:\xC3\xA9"), "a%20b%2Bc%26d%3De%25%2F%3A%C3%A9");
}

std::string from_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
    }
    return bytes;
}

// Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation".
TEST(Sealing, OpensThePublishedVector) {
    const std::string key_text =
        from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    Bytes32 key_bytes{};
    std::copy(key_text.begin(), key_text.end(), key_bytes.begin());
    const SealingKey key(key_bytes);
    const std::string bound_to = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const std::string sealed = from_hex(
        "cafebabefacedbaddecaf888"
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b");
    const auto opened = open_sealed(key, sealed, {bound_to});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->reveal(),
              from_hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                       "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
    EXPECT_FALSE(open_sealed(key, sealed, {"another place"}));
    EXPECT_FALSE(open_sealed(key, sealed.substr(1), {bound_to}));
    EXPECT_FALSE(open_sealed(key, sealed.substr(0, seal_overhead - 1), {bound_to}));
}

TEST(Sealing, HashesAsFips180Does) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Secrets, LeaveNothingInTheStringTheyCameFrom) {
    std::string token = "short";
    Secret first(std::move(token));
    Secret second(std::move(first));
    EXPECT_EQ(second.reveal(), "short");
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): what a move leaves is the point
    EXPECT_EQ(std::string_view(first.reveal().data(), 5), std::string_view("\0\0\0\0\0", 5));
    EXPECT_EQ(second.clone().reveal(), "short");
}

}  // namespace
}  // namespace latchkey::client
