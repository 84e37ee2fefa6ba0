#include "tokens/consent_token.hpp"

#include "jose/claims.hpp"
#include "jose/jws.hpp"
#include "json/writer.hpp"
#include "model/token_lifetimes.hpp"
#include "realm/public_ids.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"
#include "tokens/fields.hpp"

namespace latchkey::tokens {
namespace {

constexpr std::string_view type = "consent+jwt";

Failure refuse(std::string why) {
    return fail(ErrorCode::invalid_token, "The consent token is not valid", std::move(why));
}

Result<ConsentToken> make_token(const realm::Act& act, database::ReadTransaction& tx,
                                const ConsentGrant& grant, Seconds lifetime) {
    const auto connection = TRY(store::find_connection(tx, grant.user_id, grant.client_id));
    ConsentToken token;
    token.jti = make_id<ConsentTokenId>(act.random);
    token.client_id = grant.client_id;
    token.user_id = grant.user_id;
    token.scopes = grant.scopes;
    token.origin = grant.origin;
    token.connection_revocations = connection_revocations(connection);
    token.issued_at = act.now;
    token.expires_at = act.now + lifetime;
    token.authentication = grant.authentication;
    return token;
}

// What a tag means never changes: tokens that were issued before would be misread.
enum class AuthenticationTag : std::uint8_t { session = 1, auth_time = 2 };

constexpr std::uint8_t tag_of(AuthenticationTag tag) { return static_cast<std::uint8_t>(tag); }

/// One token's: sealed into another it does not open.
std::string place_of(ConsentTokenId jti) {
    std::string place = "consent token\n";
    return place += as_text(jti.span());
}

std::string seal_authentication(const keys::KeyRing& keys, ConsentTokenId jti,
                                const Authentication& authentication) {
    FieldWriter fields(SealedKind::consent_authentication);
    fields.bytes(tag_of(AuthenticationTag::session), authentication.session_id.span())
        .time(tag_of(AuthenticationTag::auth_time), authentication.auth_time);
    std::string sealed;
    keys.seal(keys::Purpose::sign_in, fields.content(), as_bytes(place_of(jti)), sealed);
    return to_base64url(as_bytes(sealed));
}

Taken take_authentication_field(Authentication& authentication, const Field& field) {
    switch (static_cast<AuthenticationTag>(field.tag)) {
        case AuthenticationTag::session: return take(authentication.session_id.bytes, field);
        case AuthenticationTag::auth_time: return take(authentication.auth_time, field.time());
    }
    return Taken::unknown;
}

Result<Authentication> open_authentication(const keys::KeyRing& keys, ConsentTokenId jti,
                                           std::string_view text) {
    const auto sealed = from_base64url(text);
    if (!sealed) return refuse("session");
    const auto content = keys.open(keys::Purpose::sign_in, *sealed, as_bytes(place_of(jti)));
    if (!content) return refuse("session");
    FieldReader reader(content->reveal_bytes());
    Authentication authentication;
    const bool is_whole = reader.kind() == SealedKind::consent_authentication &&
                          read_fields(reader, [&authentication](const Field& field) {
                              return take_authentication_field(authentication, field);
                          });
    if (!is_whole) return refuse("session");
    return authentication;
}

Result<ConsentToken> read_claims(const realm::Realm& realm, ClientId client_id,
                                 const jose::Claims& claims) {
    TRY(claims.require("iss", realm.issuer));
    TRY(claims.require_audience(realm.partners_audience));
    TRY(claims.require("client_id", client_id.text()));

    ConsentToken token;
    token.client_id = client_id;
    const auto sub = TRY(claims.text("sub"));
    const auto user_id = realm.public_ids.find_user(client_id, sub);
    if (!user_id) return refuse("sub");
    token.user_id = *user_id;
    const auto jti_text = TRY(claims.text("jti"));
    const auto jti = ConsentTokenId::from_text(jti_text);
    if (!jti) return refuse("jti");
    token.jti = *jti;
    token.origin = TRY(claims.text("origin"));
    token.issued_at = TRY(claims.time("iat"));
    token.expires_at = TRY(claims.time("exp"));

    // Here the empty text is a value: somebody may agree to nothing but being recognised. A name
    // that this process does not know, as another that is newer may, opens nothing.
    const json::Value* scope = claims.value().find("scope");
    if (scope == nullptr || scope->string() == nullptr) return refuse("scope");
    token.scopes = realm.scopes.known(ScopeNames{*scope->string()});
    const json::Value* revocations = claims.value().find("revocations");
    if (revocations == nullptr || revocations->integer() == nullptr) return refuse("revocations");
    token.connection_revocations = *revocations->integer();
    if (const json::Value* session = claims.value().find("session")) {
        if (session->string() == nullptr) return refuse("session");
        token.authentication = TRY(open_authentication(realm.keys, token.jti, *session->string()));
    }
    return token;
}

}  // namespace

std::int64_t connection_revocations(const std::optional<ConnectionRecord>& connection) {
    if (!connection) return 0;
    return connection->revocations;
}

Result<Secret> issue_consent_token(const realm::Act& act, database::ReadTransaction& tx,
                                   const ConsentGrant& grant) {
    const auto token = TRY(make_token(act, tx, grant, act.realm.lifetimes.consent_token));
    return mint_consent_token(act.realm, token);
}

Result<Secret> issue_support_consent_token(const realm::Act& act, database::WriteTransaction& tx,
                                           const ConsentGrant& grant, Seconds lifetime) {
    if (lifetime < Seconds(1) || lifetime > max_consent_token_life) {
        return fail(ErrorCode::invalid_argument, "The lifetime is from 1 second to 1 day");
    }
    const auto client = TRY(store::find_client(tx, act.realm.id(), grant.client_id));
    if (!client) return store::no_such_app();
    if (!grant.scopes.within(act.realm.scopes.known(client->scopes))) {
        return fail(ErrorCode::invalid_argument, "The app is not registered for these scopes",
                    "it is registered for: " + client->scopes.text);
    }
    const auto user = TRY(store::find_user(tx, act.realm.id(), grant.user_id));
    if (!user) return fail(ErrorCode::not_found, "There is no such user");
    const auto token = TRY(make_token(act, tx, grant, lifetime));
    auto text = TRY(mint_consent_token(act.realm, token));
    TRY(realm::record(tx, act, audit::Event::consent_token_issued_by_support,
                      {grant.user_id, grant.client_id}));
    return text;
}

Result<Secret> mint_consent_token(const realm::Realm& realm, const ConsentToken& token) {
    std::string claims;
    json::Writer out(claims);
    out.begin_object()
        .field("iss", realm.issuer)
        .field("aud", realm.partners_audience)
        .field("client_id", token.client_id.text())
        .field("sub", realm.public_ids.public_id(token.client_id, token.user_id))
        .field("jti", token.jti.text())
        .key("iat")
        .number(to_unix(token.issued_at))
        .key("exp")
        .number(to_unix(token.expires_at))
        .field("scope", realm.scopes.text(token.scopes))
        .field("origin", token.origin)
        .key("revocations")
        .number(token.connection_revocations);
    if (token.authentication) {
        out.field("session", seal_authentication(realm.keys, token.jti, *token.authentication));
    }
    out.end_object();
    auto text = TRY(jose::sign_compact(realm.keys.consent_signing_key(), type, claims));
    return Secret(std::move(text));
}

Result<ConsentToken> verify_consent_token(const realm::Realm& realm, ClientId client_id,
                                          std::string_view text, Timestamp now) {
    if (text.size() > max_consent_token_size) return refuse("too long");
    const auto verified = [&]() -> Result<ConsentToken> {
        const auto payload = TRY(jose::verify_compact(text, realm.keys.consent_verification_keys(),
                                                      jose::ExpectedType::exactly(type)));
        const auto claims = TRY(jose::Claims::parse(payload));
        TRY(jose::check_times(claims, {now, max_clock_skew, max_consent_token_life}));
        auto token = TRY(read_claims(realm, client_id, claims));
        // The leeway is for an `iat` from a node whose clock is ahead, not for a longer life.
        if (now >= token.expires_at) return refuse("expired");
        return token;
    }();
    // Expired, foreign, forged: one answer.
    if (!verified) return refuse(verified.error().detail);
    return verified;
}

}  // namespace latchkey::tokens
