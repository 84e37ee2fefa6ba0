#include "tokens/access_token.hpp"

#include <utility>

#include "crypto/minted_secret.hpp"
#include "tokens/fields.hpp"

namespace latchkey::tokens {
namespace {

// What a tag means never changes: tokens that were issued before would be misread.
enum class AccessTag : std::uint8_t {
    client = 1,
    user = 2,
    revocations = 3,
    family = 4,
    scopes = 5,
    issued_at = 6,
    expires_at = 7,
    auth_time = 8,
    audience = 0x80,
    key_thumbprint = 0x81,
    certificate_thumbprint = 0x82,
};

Failure refuse_access(std::string why) {
    return fail(ErrorCode::invalid_token, "The access token is not valid", std::move(why));
}

constexpr std::uint8_t tag_of(AccessTag tag) { return static_cast<std::uint8_t>(tag); }

AccessTag tag_of(Confirmation::Method method) {
    switch (method) {
        case Confirmation::Method::jwk_thumbprint: return AccessTag::key_thumbprint;
        case Confirmation::Method::certificate_thumbprint: return AccessTag::certificate_thumbprint;
    }
    return AccessTag::key_thumbprint;
}

FieldWriter write_access_token(const AccessToken& token) {
    FieldWriter out(token.user_id ? SealedKind::user_access : SealedKind::client_access);
    out.bytes(tag_of(AccessTag::client), token.client_id.span());
    if (token.user_id) {
        out.bytes(tag_of(AccessTag::user), token.user_id->span())
            .number(tag_of(AccessTag::revocations),
                    static_cast<std::uint64_t>(token.connection_revocations))
            .bytes(tag_of(AccessTag::family), token.family);
    }
    out.text(tag_of(AccessTag::scopes), token.scopes.text)
        .time(tag_of(AccessTag::issued_at), token.issued_at)
        .time(tag_of(AccessTag::expires_at), token.expires_at);
    if (token.auth_time) out.time(tag_of(AccessTag::auth_time), *token.auth_time);
    if (!token.audience.empty()) out.text(tag_of(AccessTag::audience), token.audience);
    if (token.confirmation) {
        out.bytes(tag_of(tag_of(token.confirmation->method)), token.confirmation->thumbprint);
    }
    return out;
}

Taken take_confirmation(AccessToken& token, const Field& field, Confirmation::Method method) {
    // A token is bound to one key.
    if (token.confirmation) return Taken::damaged;
    return take(token.confirmation.emplace(method).thumbprint, field);
}

Taken take_access_field(AccessToken& token, const Field& field) {
    switch (static_cast<AccessTag>(field.tag)) {
        case AccessTag::client: return take(token.client_id.bytes, field);
        case AccessTag::user: return take(token.user_id.emplace().bytes, field);
        case AccessTag::revocations: return take(token.connection_revocations, field.number());
        case AccessTag::family: return take(token.family, field);
        case AccessTag::scopes: token.scopes.text = as_text(field.value); return Taken::yes;
        case AccessTag::issued_at: return take(token.issued_at, field.time());
        case AccessTag::expires_at: return take(token.expires_at, field.time());
        case AccessTag::auth_time: return take(token.auth_time.emplace(), field.time());
        case AccessTag::audience: token.audience = as_text(field.value); return Taken::yes;
        case AccessTag::key_thumbprint:
            return take_confirmation(token, field, Confirmation::Method::jwk_thumbprint);
        case AccessTag::certificate_thumbprint:
            return take_confirmation(token, field, Confirmation::Method::certificate_thumbprint);
    }
    return Taken::unknown;
}

/// What each kind must have: a missing field is no value.
constexpr std::uint32_t fields_of(std::initializer_list<AccessTag> tags) {
    std::uint32_t bits = 0;
    for (const AccessTag tag : tags) bits |= 1U << tag_of(tag);
    return bits;
}
constexpr std::uint32_t client_fields =
    fields_of({AccessTag::client, AccessTag::scopes, AccessTag::issued_at, AccessTag::expires_at});
constexpr std::uint32_t user_fields =
    client_fields | fields_of({AccessTag::user, AccessTag::revocations, AccessTag::family});

}  // namespace

Secret mint_access_token(const keys::KeyRing& keys, const AccessToken& token) {
    const FieldWriter fields = write_access_token(token);
    std::string sealed;
    sealed.reserve(fields.content().size() + keys::KeyRing::sealed_overhead);
    keys.seal(keys::Purpose::access_token, fields.content(), {}, sealed);
    std::string text;
    crypto::append_minted(crypto::SecretKind::access_token, as_bytes(sealed), text);
    return Secret(std::move(text));
}

Result<AccessToken> read_access_token(ByteView content) {
    FieldReader reader(content);
    const auto kind = reader.kind();
    if (kind != SealedKind::user_access && kind != SealedKind::client_access) {
        return refuse_access("of another kind");
    }
    Result<AccessToken> result;  // filled in place: every request reads one
    AccessToken& token = *result;
    std::uint32_t seen = 0;
    const bool is_whole = read_fields(reader, [&token, &seen](const Field& field) {
        if (field.tag < 32) seen |= 1U << field.tag;
        return take_access_field(token, field);
    });
    if (!is_whole) return refuse_access("damaged, or newer than this program");
    const bool of_user = kind == SealedKind::user_access;
    const std::uint32_t needed = of_user ? user_fields : client_fields;
    if ((seen & needed) != needed || token.user_id.has_value() != of_user) {
        return refuse_access("incomplete");
    }
    return result;
}

Result<AccessToken> open_access_token(const keys::KeyRing& keys, std::string_view text,
                                      Timestamp now) {
    const auto sealed = crypto::read_minted(crypto::SecretKind::access_token, text);
    if (!sealed) return refuse_access("mistyped");
    const auto content = keys.open(keys::Purpose::access_token, *sealed, {});
    if (!content) return refuse_access("does not open");
    auto token = read_access_token(content->reveal_bytes());
    if (token && now >= token->expires_at) return refuse_access("expired");
    return token;
}

}  // namespace latchkey::tokens
