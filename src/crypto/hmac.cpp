#include "crypto/hmac.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "crypto/constant_time.hpp"

namespace latchkey::crypto {
namespace {

constexpr std::uint8_t inner_byte = 0x36;  // RFC 2104 2: ipad
constexpr std::uint8_t outer_byte = 0x5C;  // RFC 2104 2: opad

}  // namespace

HmacSha256::HmacSha256(ByteView key) {
    // RFC 2104 2: a key longer than a block is hashed first; a shorter one is padded with zeros.
    Sha256 hashed{};
    if (key.size() > block_size) {
        hashed = sha256(key);
        key = hashed;
    }
    std::ranges::copy(key, inner_.begin());
    outer_ = inner_;
    for (std::uint8_t& byte : inner_) byte ^= inner_byte;
    for (std::uint8_t& byte : outer_) byte ^= outer_byte;
    OPENSSL_cleanse(hashed.data(), hashed.size());
}

HmacSha256::~HmacSha256() {
    OPENSSL_cleanse(inner_.data(), inner_.size());
    OPENSSL_cleanse(outer_.data(), outer_.size());
}

Sha256 HmacSha256::finish(Sha256 inner) const { return sha256({outer_, inner}); }

Sha256 HmacSha256::tag(ByteView message) const { return finish(sha256({inner_, message})); }

Sha256 HmacSha256::tag(std::initializer_list<ByteView> parts) const {
    std::vector<ByteView> all;
    all.reserve(parts.size() + 1);
    all.emplace_back(inner_);
    all.insert(all.end(), parts.begin(), parts.end());
    return finish(sha256(std::span<const ByteView>(all)));
}

bool HmacSha256::verify(ByteView message, ByteView expected) const {
    return equal_constant_time(tag(message), expected);
}

Secret hkdf_expand(const HmacSha256& pseudorandom_key, std::string_view info) {
    // RFC 5869 2.3: T(1) = HMAC(PRK, info | 0x01)
    constexpr std::uint8_t counter = 1;
    Sha256 block = pseudorandom_key.tag({as_bytes(info), ByteView(&counter, 1)});
    Secret out{std::string(as_text(block))};
    OPENSSL_cleanse(block.data(), block.size());
    return out;
}

Secret hkdf_sha256(const HkdfInput& input, std::size_t length) {
    Sha256 extracted = HmacSha256(input.salt).tag(input.key);
    const HmacSha256 pseudorandom_key(extracted);
    OPENSSL_cleanse(extracted.data(), extracted.size());

    std::string out;
    length = std::min(length, max_hkdf_bytes);
    out.reserve(length);
    Sha256 block{};
    ByteView previous;
    for (std::uint8_t counter = 1; out.size() < length; ++counter) {
        // RFC 5869 2.3: T(n) = HMAC(PRK, T(n-1) | info | n)
        block = pseudorandom_key.tag({previous, as_bytes(input.info), ByteView(&counter, 1)});
        previous = block;
        out += as_text(block).substr(0, length - out.size());
    }
    OPENSSL_cleanse(block.data(), block.size());
    return Secret(std::move(out));
}

}  // namespace latchkey::crypto
