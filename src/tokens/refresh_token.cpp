#include "tokens/refresh_token.hpp"

#include <array>
#include <string>

#include "crypto/aead.hpp"
#include "crypto/digest.hpp"
#include "crypto/hmac.hpp"
#include "crypto/minted_secret.hpp"
#include "tokens/packed.hpp"

namespace latchkey::tokens {
namespace {

constexpr std::uint8_t layout = 1;

/// layout, user, client, family, generation, absolute end of the family.
constexpr std::size_t content_size = 1 + 16 + 16 + 16 + 8 + 8;
constexpr std::size_t sealed_size = content_size + keys::KeyRing::sealed_overhead;
constexpr std::size_t random_size = crypto::minted_bytes;

Failure refuse(std::string why) {
    return fail(ErrorCode::invalid_token, "The refresh token is not valid", std::move(why));
}

crypto::XChaCha20Poly1305 successor_cipher(std::string_view parent) {
    const crypto::HkdfInput input{as_bytes(parent), {}, "latchkey refresh successor 1"};
    const Secret key = crypto::hkdf_sha256(input, crypto::aead_key_size);
    // The key is 32 bytes, always: .value() cannot throw.
    return crypto::XChaCha20Poly1305(crypto::AeadKey::from_bytes(key.reveal_bytes()).value());
}

}  // namespace

Secret mint_refresh_token(const keys::KeyRing& keys, Random& random,
                          const RefreshRouting& routing) {
    std::array<std::uint8_t, random_size> bits;
    random.fill(bits);
    Packer<content_size> content;
    content.number(layout, 1)
        .id(routing.user_id)
        .id(routing.client_id)
        .id(routing.family_id)
        .number(static_cast<std::uint64_t>(routing.generation), 8)
        .number(static_cast<std::uint64_t>(to_unix(routing.family_expires_at)), 8);
    std::string payload;
    payload.reserve(sealed_size + random_size);
    keys.seal(keys::Purpose::refresh_routing, content.bytes(), bits, payload);
    payload.append(as_text(bits));
    std::string text;
    crypto::append_minted(crypto::SecretKind::refresh_token, as_bytes(payload), text);
    return Secret(std::move(text));
}

Result<RefreshRouting> open_refresh_token(const keys::KeyRing& keys, std::string_view text) {
    const auto payload = crypto::read_minted(crypto::SecretKind::refresh_token, text);
    if (!payload || payload->size() != sealed_size + random_size) return refuse("mistyped");
    const ByteView whole(*payload);
    const auto content = keys.open(keys::Purpose::refresh_routing, whole.first(sealed_size),
                                   whole.subspan(sealed_size));
    if (!content || content->size() != content_size) return refuse("does not open");

    Unpacker fields(content->reveal_bytes());
    if (fields.number(1) != layout) return refuse("unknown layout");
    RefreshRouting routing;
    routing.user_id = fields.id<UserId>();
    routing.client_id = fields.id<ClientId>();
    routing.family_id = fields.id<FamilyId>();
    routing.generation = static_cast<std::int64_t>(fields.number(8));
    routing.family_expires_at = from_unix(static_cast<std::int64_t>(fields.number(8)));
    return routing;
}

Bytes hash_refresh_token(std::string_view text) {
    const auto hash = crypto::sha256(text);
    return {hash.begin(), hash.end()};
}

Bytes seal_successor(Random& random, const Succession& succession) {
    std::string sealed;
    successor_cipher(succession.parent)
        .seal(random, as_bytes(succession.successor), crypto::AssociatedData{}, sealed);
    const ByteView bytes = as_bytes(sealed);
    return {bytes.begin(), bytes.end()};
}

Result<Secret> open_successor(std::string_view parent, ByteView sealed) {
    auto opened = successor_cipher(parent).open(sealed, crypto::AssociatedData{});
    if (!opened) {
        return fail(ErrorCode::internal, "Something went wrong", "a refresh successor is damaged");
    }
    return opened;
}

}  // namespace latchkey::tokens
