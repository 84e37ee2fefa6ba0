#include "crypto/minted_secret.hpp"

#include <array>

#include "base/text/base62.hpp"
#include "crypto/crc32.hpp"

namespace latchkey::crypto {
namespace {

constexpr std::size_t checksum_size = base62_width_32_bits;

}  // namespace

std::string_view prefix_of(SecretKind kind) noexcept {
    switch (kind) {
        case SecretKind::access_token: return "lk_at_";
        case SecretKind::refresh_token: return "lk_rt_";
        case SecretKind::client_secret: return "lk_cs_";
        case SecretKind::master_key: return "lk_mk_";
    }
    return "lk_";
}

void append_minted(SecretKind kind, ByteView payload, std::string& out) {
    const std::size_t start = out.size();
    out += prefix_of(kind);
    append_base64url(out, payload);
    append_base62(out, crc32(std::string_view(out).substr(start)));
}

std::optional<Bytes> read_minted(SecretKind kind, std::string_view text) {
    const std::string_view prefix = prefix_of(kind);
    if (text.size() > max_minted_characters || !text.starts_with(prefix)) return std::nullopt;
    if (text.size() < prefix.size() + checksum_size) return std::nullopt;
    const std::string_view body = text.substr(0, text.size() - checksum_size);
    std::string checksum;
    append_base62(checksum, crc32(body));
    if (!text.ends_with(checksum)) return std::nullopt;
    return from_base64url(body.substr(prefix.size()));
}

Secret mint(SecretKind kind, Random& random) {
    std::array<std::uint8_t, minted_bytes> payload{};
    random.fill(payload);
    std::string out;
    out.reserve(prefix_of(kind).size() + (minted_bytes * 4 + 2) / 3 + checksum_size);
    append_minted(kind, payload, out);
    return Secret(std::move(out));
}

bool check(SecretKind kind, std::string_view text) {
    const auto payload = read_minted(kind, text);
    return payload && payload->size() == minted_bytes;
}

}  // namespace latchkey::crypto
