#include "tokens/refresh_token.hpp"

#include <array>
#include <string>

#include "crypto/aead.hpp"
#include "crypto/digest.hpp"
#include "crypto/hmac.hpp"
#include "crypto/minted_secret.hpp"
#include "tokens/fields.hpp"

namespace latchkey::tokens {
namespace {

// What a tag means never changes: tokens that were issued before would be misread.
enum class RefreshTag : std::uint8_t {
    user = 1,
    client = 2,
    family = 3,
    generation = 4,
    family_expires_at = 5,
};

constexpr std::uint8_t tag_of(RefreshTag tag) { return static_cast<std::uint8_t>(tag); }

/// A bit for each: a missing field is no value.
constexpr std::uint32_t refresh_fields = 0b11'1110;

constexpr std::size_t random_size = crypto::minted_bytes;

Failure refuse_refresh(std::string why) {
    return fail(ErrorCode::invalid_token, "The refresh token is not valid", std::move(why));
}

crypto::XChaCha20Poly1305 successor_cipher(std::string_view parent) {
    const crypto::HkdfInput input{as_bytes(parent), {}, "latchkey refresh successor 1"};
    const Secret key = crypto::hkdf_sha256(input, crypto::aead_key_size);
    // The key is 32 bytes, always: .value() cannot throw.
    return crypto::XChaCha20Poly1305(crypto::AeadKey::from_bytes(key.reveal_bytes()).value());
}

Taken take_refresh_field(RefreshRouting& routing, const Field& field) {
    switch (static_cast<RefreshTag>(field.tag)) {
        case RefreshTag::user: return take(routing.user_id.bytes, field);
        case RefreshTag::client: return take(routing.client_id.bytes, field);
        case RefreshTag::family: return take(routing.family_id.bytes, field);
        case RefreshTag::generation: return take(routing.generation, field.number());
        case RefreshTag::family_expires_at: return take(routing.family_expires_at, field.time());
    }
    return Taken::unknown;
}

}  // namespace

Secret mint_refresh_token(const keys::KeyRing& keys, Random& random,
                          const RefreshRouting& routing) {
    std::array<std::uint8_t, random_size> bits;
    random.fill(bits);
    FieldWriter fields(SealedKind::refresh_routing);
    fields.bytes(tag_of(RefreshTag::user), routing.user_id.span())
        .bytes(tag_of(RefreshTag::client), routing.client_id.span())
        .bytes(tag_of(RefreshTag::family), routing.family_id.span())
        .number(tag_of(RefreshTag::generation), static_cast<std::uint64_t>(routing.generation))
        .time(tag_of(RefreshTag::family_expires_at), routing.family_expires_at);
    std::string payload;
    payload.reserve(fields.content().size() + keys::KeyRing::sealed_overhead + random_size);
    keys.seal(keys::Purpose::refresh_routing, fields.content(), bits, payload);
    payload.append(as_text(bits));
    std::string text;
    crypto::append_minted(crypto::SecretKind::refresh_token, as_bytes(payload), text);
    return Secret(std::move(text));
}

Result<RefreshRouting> read_refresh_routing(ByteView content) {
    FieldReader reader(content);
    if (reader.kind() != SealedKind::refresh_routing) return refuse_refresh("of another kind");
    RefreshRouting routing;
    std::uint32_t seen = 0;
    const bool is_whole = read_fields(reader, [&routing, &seen](const Field& field) {
        if (field.tag < 32) seen |= 1U << field.tag;
        return take_refresh_field(routing, field);
    });
    if (!is_whole || (seen & refresh_fields) != refresh_fields) {
        return refuse_refresh("damaged, or newer than this program");
    }
    return routing;
}

Result<RefreshRouting> open_refresh_token(const keys::KeyRing& keys, std::string_view text) {
    const auto payload = crypto::read_minted(crypto::SecretKind::refresh_token, text);
    if (!payload || payload->size() <= random_size) return refuse_refresh("mistyped");
    const ByteView whole(*payload);
    const std::size_t sealed_size = whole.size() - random_size;
    const auto content = keys.open(keys::Purpose::refresh_routing, whole.first(sealed_size),
                                   whole.subspan(sealed_size));
    if (!content) return refuse_refresh("does not open");
    return read_refresh_routing(content->reveal_bytes());
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
