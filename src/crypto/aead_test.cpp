#include "crypto/aead.hpp"

#include <gtest/gtest.h>

#include "crypto/block_cipher.hpp"
#include "crypto/system_random.hpp"

namespace latchkey::crypto {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

AeadKey test_key(std::uint8_t byte = 7) {
    return AeadKey::from_bytes(Bytes(aead_key_size, byte)).value();
}

AssociatedData associated(std::string_view text) { return {as_bytes(text)}; }

std::string seal(const XChaCha20Poly1305& box, std::string_view plain, std::string_view bound) {
    SystemRandom random;
    std::string out;
    box.seal(random, as_bytes(plain), associated(bound), out);
    return out;
}

TEST(Aead, OpensWhatItSealed) {
    const XChaCha20Poly1305 box(test_key());
    for (const std::string& plain : {std::string(), std::string("x"), std::string(5000, 'y')}) {
        const std::string sealed = seal(box, plain, "row 1");
        EXPECT_EQ(sealed.size(), plain.size() + XChaCha20Poly1305::overhead);
        const auto opened = box.open(as_bytes(sealed), associated("row 1"));
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->reveal(), plain);
    }
}

TEST(Aead, SealsTheSameTextDifferentlyEachTime) {
    const XChaCha20Poly1305 box(test_key());
    EXPECT_NE(seal(box, "text", "row"), seal(box, "text", "row"));
}

TEST(Aead, AppendsBehindWhatIsThere) {
    const XChaCha20Poly1305 box(test_key());
    SystemRandom random;
    std::string out = "prefix";
    box.seal(random, as_bytes("text"), associated("row"), out);
    EXPECT_TRUE(out.starts_with("prefix"));
    EXPECT_TRUE(box.open(as_bytes(out).subspan(6), associated("row")));
}

TEST(Aead, RefusesABoxInAnotherPlaceOrUnderAnotherKey) {
    const XChaCha20Poly1305 box(test_key());
    const std::string sealed = seal(box, "text", "user 1");
    EXPECT_EQ(box.open(as_bytes(sealed), associated("user 2")).error().code,
              ErrorCode::invalid_token);
    const XChaCha20Poly1305 other(test_key(8));
    EXPECT_EQ(other.open(as_bytes(sealed), associated("user 1")).error().code,
              ErrorCode::invalid_token);
}

TEST(Aead, RefusesEveryChangedByteAndEveryCut) {
    const XChaCha20Poly1305 box(test_key());
    const std::string sealed = seal(box, "text", "row");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(box.open(as_bytes(changed), associated("row"))) << i;
        EXPECT_FALSE(box.open(as_bytes(sealed).first(i), associated("row"))) << i;
    }
    EXPECT_EQ(box.open({}, associated("row")).error().code, ErrorCode::malformed);
}

TEST(AeadKey, HasExactlyThirtyTwoBytes) {
    for (const std::size_t size : {0U, 16U, 31U, 33U}) {
        EXPECT_EQ(AeadKey::from_bytes(Bytes(size)).error().code, ErrorCode::invalid_argument);
    }
}

TEST(XChaCha20Poly1305, AgreesWithTheInternetDraft) {
    // draft-irtf-cfrg-xchacha-03, A.3.1
    const Bytes key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const Bytes nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const Bytes bound = hex("50515253c0c1c2c3c4c5c6c7");
    const XChaCha20Poly1305 box(AeadKey::from_bytes(key).value());
    std::string sealed;
    box.seal(XChaCha20Poly1305::Nonce(nonce.data(), XChaCha20Poly1305::nonce_size),
             as_bytes("Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                      "for the future, sunscreen would be it."),
             {bound}, sealed);
    const std::string text = to_hex(as_bytes(sealed));
    EXPECT_TRUE(text.starts_with(to_hex(nonce) + "bd6d179d3e83d43b9576579493c0e939"));
    EXPECT_TRUE(text.ends_with("c0875924c1c7987947deafd8780acf49"));
}

TEST(BlockCipher, AgreesWithFips197) {
    const Bytes key = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    const BlockCipher cipher(AeadKey::from_bytes(key).value());
    BlockCipher::Block block{};
    for (std::size_t i = 0; i < block.size(); ++i) block[i] = static_cast<std::uint8_t>(i * 0x11U);
    const BlockCipher::Block hidden = cipher.encrypt(block);
    EXPECT_EQ(to_hex(hidden), "8ea2b7ca516745bfeafc49904b496089");  // FIPS 197 C.3
    EXPECT_EQ(cipher.decrypt(hidden), block);
    EXPECT_EQ(cipher.encrypt(block), hidden) << "a key is used again after the other direction";
}

}  // namespace
}  // namespace latchkey::crypto
