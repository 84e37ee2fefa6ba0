#include "tokens/access_token.hpp"

#include <string>

#include "crypto/minted_secret.hpp"
#include "tokens/packed.hpp"

namespace latchkey::tokens {
namespace {

/// The first byte of the content: its layout and whether it authenticates a user.
constexpr std::uint8_t for_user = 1;
constexpr std::uint8_t for_client = 2;

/// kind, client, user, connection generation, session, scope bits, issued, expires.
constexpr std::size_t content_size = 1 + 16 + 16 + 8 + 8 + 4 + 8 + 8;

Failure refuse(std::string why) {
    return fail(ErrorCode::invalid_token, "The access token is not valid", std::move(why));
}

}  // namespace

Secret mint_access_token(const keys::KeyRing& keys, const AccessToken& token) {
    Packer<content_size> content;
    content.number(token.user_id ? for_user : for_client, 1)
        .id(token.client_id)
        .id(token.user_id.value_or(UserId{}))
        .number(static_cast<std::uint64_t>(token.connection_generation), 8)
        .bytes_of(token.session)
        .number(token.scopes.bits(), 4)
        .number(static_cast<std::uint64_t>(to_unix(token.issued_at)), 8)
        .number(static_cast<std::uint64_t>(to_unix(token.expires_at)), 8);
    std::string sealed;
    sealed.reserve(content_size + keys::KeyRing::sealed_overhead);
    keys.seal(keys::Purpose::access_token, content.bytes(), {}, sealed);
    std::string text;
    crypto::append_minted(crypto::SecretKind::access_token, as_bytes(sealed), text);
    return Secret(std::move(text));
}

Result<AccessToken> open_access_token(const keys::KeyRing& keys, std::string_view text,
                                      Timestamp now) {
    const auto sealed = crypto::read_minted(crypto::SecretKind::access_token, text);
    if (!sealed) return refuse("mistyped");
    const auto content = keys.open(keys::Purpose::access_token, *sealed, {});
    if (!content || content->size() != content_size) return refuse("does not open");

    Unpacker fields(content->reveal_bytes());
    const auto kind = static_cast<std::uint8_t>(fields.number(1));
    if (kind != for_user && kind != for_client) return refuse("unknown layout");
    AccessToken token;
    token.client_id = fields.id<ClientId>();
    const auto user_id = fields.id<UserId>();
    if (kind == for_user) token.user_id = user_id;
    token.connection_generation = static_cast<std::int64_t>(fields.number(8));
    token.session = fields.bytes<sizeof(Mark)>();
    token.scopes = ScopeSet(static_cast<std::uint32_t>(fields.number(4)));
    token.issued_at = from_unix(static_cast<std::int64_t>(fields.number(8)));
    token.expires_at = from_unix(static_cast<std::int64_t>(fields.number(8)));
    if (now >= token.expires_at) return refuse("expired");
    return token;
}

}  // namespace latchkey::tokens
