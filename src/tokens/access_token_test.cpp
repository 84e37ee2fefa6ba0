#include "tokens/access_token.hpp"

#include <functional>
#include <string>
#include <vector>

#include "crypto/minted_secret.hpp"
#include "testing/delegation_world.hpp"
#include "tokens/fields.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::tokens {
namespace {

using testing::must;
using testing::shared_keys;
using testing::system_random;

constexpr std::int64_t start = 1'800'000'000;

AccessToken example() {
    AccessToken token;
    token.client_id = make_id<ClientId>(system_random());
    token.user_id = make_id<UserId>(system_random());
    token.connection_revocations = 0x0102030405060708;
    token.scopes = {"email openid share_metafield"};
    token.issued_at = from_unix(start);
    token.expires_at = from_unix(start + 3600);
    return token;
}

TEST(AccessTokens, OpenToWhatWasSealed) {
    const AccessToken token = example();
    const Secret text = mint_access_token(shared_keys(), token);
    EXPECT_TRUE(text.reveal().starts_with("lk_at_"));
    EXPECT_LT(text.size(), 208U);
    const auto opened = must(open_access_token(shared_keys(), text.reveal(), from_unix(start)));
    EXPECT_EQ(opened.client_id, token.client_id);
    EXPECT_EQ(opened.user_id, token.user_id);
    EXPECT_EQ(opened.connection_revocations, token.connection_revocations);
    EXPECT_EQ(opened.scopes, token.scopes);
    EXPECT_EQ(opened.issued_at, token.issued_at);
    EXPECT_EQ(opened.expires_at, token.expires_at);
}

TEST(AccessTokens, CarryWhatNotEveryOneHas) {
    AccessToken token = example();
    token.auth_time = from_unix(start - 60);
    token.audience = "https://orders.example.com";
    token.confirmation.emplace().thumbprint.fill(7);
    const auto opened = must(open_access_token(
        shared_keys(), mint_access_token(shared_keys(), token).reveal(), from_unix(start)));
    EXPECT_EQ(opened.auth_time, token.auth_time);
    EXPECT_EQ(opened.audience, token.audience);
    EXPECT_EQ(opened.confirmation, token.confirmation);

    token.confirmation->method = Confirmation::Method::certificate_thumbprint;
    EXPECT_EQ(
        must(open_access_token(shared_keys(), mint_access_token(shared_keys(), token).reveal(),
                               from_unix(start)))
            .confirmation,
        token.confirmation);
    const auto plain = must(open_access_token(
        shared_keys(), mint_access_token(shared_keys(), example()).reveal(), from_unix(start)));
    EXPECT_FALSE(plain.auth_time);
    EXPECT_TRUE(plain.audience.empty());
    EXPECT_FALSE(plain.confirmation);
}

TEST(AccessTokens, WithEveryScopeAndTheLongestOfTheRestStillOpen) {
    std::vector<OwnScope> own;
    for (char first = 'a'; first < 'f'; ++first) {
        own.push_back({std::string(63, first), std::nullopt, {{"en", "A text"}}});
    }
    const auto registry = must(ScopeRegistry::make(own));
    AccessToken token = example();
    token.scopes = registry.names(ScopeSet(~std::uint64_t{0}));
    token.audience = std::string(max_audience_bytes, 'a');
    token.auth_time = token.issued_at;
    token.confirmation.emplace();
    const Secret text = mint_access_token(shared_keys(), token);
    EXPECT_LT(text.size(), crypto::max_minted_characters);
    EXPECT_EQ(must(open_access_token(shared_keys(), text.reveal(), from_unix(start))).scopes,
              token.scopes);
}

/// A content of an access token, changed: `change` writes fields instead of the token's own.
Result<AccessToken> read_written(const std::function<void(FieldWriter&)>& write,
                                 SealedKind kind = SealedKind::user_access) {
    FieldWriter writer(kind);
    write(writer);
    return read_access_token(writer.content());
}

/// All that an access token of a person must have.
void write_person(FieldWriter& out, int left_out = 0) {
    const Bytes id(16, 1);
    const Bytes mark(8, 2);
    for (std::uint8_t tag = 1; tag <= 7; ++tag) {
        if (tag == left_out) continue;
        if (tag <= 2) out.bytes(tag, id);
        if (tag == 4) out.bytes(tag, mark);
        if (tag == 5) out.text(tag, "email");
        if (tag == 3 || tag > 5) out.number(tag, 1'800'000'000);
    }
}

TEST(AccessTokens, ThatLackWhatTheyMustHaveAreRefused) {
    EXPECT_TRUE(read_written([](FieldWriter& out) { write_person(out); }));
    for (int tag = 1; tag <= 7; ++tag) {
        EXPECT_FALSE(read_written([&](FieldWriter& out) { write_person(out, tag); })) << tag;
    }
    EXPECT_FALSE(
        read_written([](FieldWriter& out) { write_person(out); }, SealedKind::client_access))
        << "one of no person that names one";
    EXPECT_FALSE(
        read_written([](FieldWriter& out) { write_person(out); }, SealedKind::refresh_routing));
    EXPECT_FALSE(read_access_token({}));
}

TEST(AccessTokens, OfANewerProgramOpenUnlessTheyMustNot) {
    EXPECT_TRUE(read_written([](FieldWriter& out) {
        write_person(out);
        out.text(0x7F, "a thing that may be left out");
    }));
    EXPECT_FALSE(read_written([](FieldWriter& out) {
        write_person(out);
        out.text(0xFF, "a restriction");
    }));
}

TEST(AccessTokens, WithADamagedFieldAreRefused) {
    struct Row {
        const char* what;
        std::function<void(FieldWriter&)> write;
    };
    const Bytes short_id(15, 1);
    const Bytes thumbprint(32, 3);
    const Row rows[] = {
        {"short client", [&](FieldWriter& out) { out.bytes(1, short_id); }},
        {"long number",
         [&](FieldWriter& out) {
             out.bytes(1, Bytes(16, 1)).bytes(2, Bytes(16, 1)).bytes(3, thumbprint);
         }},
        {"short thumbprint",
         [&](FieldWriter& out) {
             write_person(out);
             out.bytes(0x81, short_id);
         }},
        {"two keys",
         [&](FieldWriter& out) {
             write_person(out);
             out.bytes(0x81, thumbprint).bytes(0x82, thumbprint);
         }},
    };
    for (const Row& row : rows) EXPECT_FALSE(read_written(row.write)) << row.what;
}

TEST(AccessTokens, OfAClientAuthenticateNoUser) {
    AccessToken token = example();
    token.user_id.reset();
    const Secret text = mint_access_token(shared_keys(), token);
    EXPECT_FALSE(must(open_access_token(shared_keys(), text.reveal(), from_unix(start))).user_id);
}

TEST(AccessTokens, ExpireToTheSecond) {
    const Secret text = mint_access_token(shared_keys(), example());
    EXPECT_TRUE(open_access_token(shared_keys(), text.reveal(), from_unix(start + 3599)));
    const auto expired = open_access_token(shared_keys(), text.reveal(), from_unix(start + 3600));
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().code, ErrorCode::invalid_token);
}

TEST(AccessTokens, OfTheSameContentNeverLookAlike) {
    const AccessToken token = example();
    EXPECT_NE(mint_access_token(shared_keys(), token).reveal(),
              mint_access_token(shared_keys(), token).reveal());
}

TEST(AccessTokens, WithAnyCharacterChangedAreRefused) {
    const Secret text = mint_access_token(shared_keys(), example());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed(text.reveal());
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(open_access_token(shared_keys(), changed, from_unix(start))) << i;
        EXPECT_FALSE(
            open_access_token(shared_keys(), text.reveal().substr(0, i), from_unix(start)));
    }
    EXPECT_FALSE(
        open_access_token(shared_keys(), std::string(text.reveal()) + "A", from_unix(start)));
}

TEST(AccessTokens, AreNotForgedByRepairingTheChecksum) {
    const Secret text = mint_access_token(shared_keys(), example());
    auto payload = crypto::read_minted(crypto::SecretKind::access_token, text.reveal()).value();
    for (std::size_t i = 0; i < payload.size(); ++i) {
        auto changed = payload;
        changed[i] ^= 1U;
        std::string forged;
        crypto::append_minted(crypto::SecretKind::access_token, changed, forged);
        const auto opened = open_access_token(shared_keys(), forged, from_unix(start));
        ASSERT_FALSE(opened) << i;
        EXPECT_EQ(opened.error().code, ErrorCode::invalid_token);
    }
}

TEST(AccessTokens, AreNotRefreshTokensInDisguise) {
    RefreshRouting routing;
    routing.family_expires_at = from_unix(start + 100);
    const Secret refresh = mint_refresh_token(shared_keys(), system_random(), routing);
    EXPECT_FALSE(open_access_token(shared_keys(), refresh.reveal(), from_unix(start)));
    const auto payload =
        crypto::read_minted(crypto::SecretKind::refresh_token, refresh.reveal()).value();
    std::string disguised;
    crypto::append_minted(crypto::SecretKind::access_token, payload, disguised);
    EXPECT_FALSE(open_access_token(shared_keys(), disguised, from_unix(start)));
}

}  // namespace
}  // namespace latchkey::tokens
