#include "tokens/consent_token.hpp"

#include <functional>
#include <string>

#include "crypto/rsa.hpp"
#include "jose/jws.hpp"
#include "json/writer.hpp"
#include "model/token_lifetimes.hpp"
#include "store/audit.hpp"
#include "store/connections.hpp"
#include "testing/delegation_world.hpp"
#include "testing/transactions.hpp"

namespace latchkey::tokens {
namespace {

using testing::DelegationWorld;
using testing::must;
using testing::shared_keys;
using testing::system_random;

struct ConsentTokenTest : ::testing::Test {
    DelegationWorld world;

    ConsentToken example() {
        ConsentToken token;
        token.jti = make_id<ConsentTokenId>(system_random());
        token.client_id = world.app.record.id;
        token.user_id = world.user;
        token.scopes = ScopeSet(testing::all_test_scopes);
        token.origin = "https://shop.example.com";
        token.issued_at = world.now();
        token.expires_at = world.now() + Seconds(300);
        return token;
    }
    std::string mint(const ConsentToken& token) {
        return std::string(must(mint_consent_token(world.realm, token)).reveal());
    }
    Result<ConsentToken> verify(std::string_view text) {
        return verify_consent_token(world.realm, world.app.record.id, text, world.now());
    }
    /// The claims of a good token as text, for rows that change one of them.
    std::string claims() {
        return must(jose::verify_compact(mint(example()), shared_keys().consent_verification_keys(),
                                         jose::ExpectedType::exactly("consent+jwt")));
    }
    std::string sign(std::string_view type, std::string_view payload) {
        return must(jose::sign_compact(shared_keys().consent_signing_key(), type, payload));
    }
};

TEST_F(ConsentTokenTest, SaysWhatThePersonAgreedTo) {
    const ConsentToken token = example();
    const auto verified = must(verify(mint(token)));
    EXPECT_EQ(verified.jti, token.jti);
    EXPECT_EQ(verified.client_id, token.client_id);
    EXPECT_EQ(verified.user_id, token.user_id);
    EXPECT_EQ(verified.scopes, token.scopes);
    EXPECT_EQ(verified.origin, token.origin);
    EXPECT_EQ(verified.connection_revocations, 0);
    EXPECT_EQ(verified.issued_at, token.issued_at);
    EXPECT_EQ(verified.expires_at, token.expires_at);
}

TEST_F(ConsentTokenTest, MayGrantNothingButBeingRecognised) {
    ConsentToken token = example();
    token.scopes = ScopeSet();
    EXPECT_TRUE(must(verify(mint(token))).scopes.empty());
}

TEST_F(ConsentTokenTest, CarriesTheBrowserSessionSealed) {
    ConsentToken token = example();
    EXPECT_FALSE(must(verify(mint(token))).authentication);
    token.authentication = {make_id<SessionId>(system_random()), world.now() - Seconds(70)};
    EXPECT_EQ(must(verify(mint(token))).authentication, token.authentication);
}

// What two apps get for one person in one browser has nothing in common that either could compare.
TEST_F(ConsentTokenTest, TellsNobodyElseWhichBrowserSessionItWas) {
    const auto read_payload = [this](const ConsentToken& token) {
        return must(jose::verify_compact(mint(token), shared_keys().consent_verification_keys(),
                                         jose::ExpectedType::exactly("consent+jwt")));
    };
    const auto session_of = [](std::string_view payload) {
        const std::size_t at = payload.find("\"session\":\"") + 11;
        return std::string(payload.substr(at, payload.find('"', at) - at));
    };
    ConsentToken token = example();
    token.authentication = {make_id<SessionId>(system_random()), world.now() - Seconds(71)};
    const std::string payload = read_payload(token);
    EXPECT_EQ(payload.find(token.authentication->session_id.text()), std::string::npos);
    EXPECT_EQ(payload.find(std::to_string(to_unix(token.authentication->auth_time))),
              std::string::npos);
    const auto sealed = from_base64url(session_of(payload));
    const auto again = from_base64url(session_of(read_payload(token)));
    ASSERT_TRUE(sealed && again);
    int equal = 0;
    for (std::size_t i = 1; i < sealed->size(); ++i) equal += (*sealed)[i] == (*again)[i] ? 1 : 0;
    EXPECT_LT(equal, 10) << "but for chance";
}

TEST_F(ConsentTokenTest, WithAnothersSessionIsRefused) {
    ConsentToken token = example();
    token.authentication = {make_id<SessionId>(system_random()), world.now()};
    const std::string payload =
        must(jose::verify_compact(mint(token), shared_keys().consent_verification_keys(),
                                  jose::ExpectedType::exactly("consent+jwt")));
    ASSERT_TRUE(verify(sign("consent+jwt", payload)));
    std::string moved = payload;
    const std::string jti = token.jti.text();
    moved.replace(moved.find(jti), jti.size(), make_id<ConsentTokenId>(system_random()).text());
    EXPECT_EQ(verify(sign("consent+jwt", moved)).error().code, ErrorCode::invalid_token);
    for (const char* session : {"\"session\":\"AAAA\",\"x\":\"", "\"session\":7,\"x\":\""}) {
        std::string changed = payload;
        const std::string name = "\"session\":\"";
        changed.replace(changed.find(name), name.size(), session);
        EXPECT_EQ(verify(sign("consent+jwt", changed)).error().code, ErrorCode::invalid_token);
    }
}

TEST_F(ConsentTokenTest, NamesNobodyInTheClear) {
    const std::string text = claims();
    EXPECT_EQ(text.find(world.user.text()), std::string::npos);
    EXPECT_NE(text.find(world.realm.public_ids.public_id(world.app.record.id, world.user)),
              std::string::npos);
}

TEST_F(ConsentTokenTest, ExpiresToTheSecond) {
    const std::string text = mint(example());
    world.clock.advance(Seconds(299));
    EXPECT_TRUE(verify(text));
    world.clock.advance(Seconds(1));
    EXPECT_EQ(verify(text).error().code, ErrorCode::invalid_token);
}

TEST_F(ConsentTokenTest, FromTheFutureIsRefusedBeyondASmallSkew) {
    const std::string text = mint(example());
    world.clock.advance(-max_clock_skew);
    EXPECT_TRUE(verify(text));
    world.clock.advance(Seconds(-1));
    EXPECT_EQ(verify(text).error().code, ErrorCode::invalid_token);
}

TEST_F(ConsentTokenTest, OfAnotherClientIsRefused) {
    const auto other = world.make_app("Second app");
    const auto verified =
        verify_consent_token(world.realm, other.record.id, mint(example()), world.now());
    EXPECT_EQ(verified.error().code, ErrorCode::invalid_token);
}

TEST_F(ConsentTokenTest, OpensNothingByANameThatIsNotKnownHere) {
    std::string newer = claims();
    const std::string known = "email profile";
    newer.replace(newer.find(known), known.size(), "email of-a-newer-server");
    EXPECT_EQ(must(verify(sign("consent+jwt", newer))).scopes,
              must(contract_scopes().parse("email")));
}

TEST_F(ConsentTokenTest, WithoutOrWithAWrongClaimIsRefused) {
    const std::string good = claims();
    ASSERT_TRUE(verify(sign("consent+jwt", good)));
    const std::string now = std::to_string(to_unix(world.now()));
    const std::string later = std::to_string(to_unix(world.now()) + 300);
    struct Row {
        const char* what;
        std::string from;
        std::string to;
    };
    const auto renamed = [](const char* name) {
        return Row{name, std::string("\"") + name + "\":", std::string("\"x-") + name + "\":"};
    };
    for (const Row& row : {renamed("iss"),
                           renamed("aud"),
                           renamed("client_id"),
                           renamed("sub"),
                           renamed("jti"),
                           renamed("iat"),
                           renamed("exp"),
                           renamed("scope"),
                           renamed("origin"),
                           renamed("revocations"),
                           Row{"iss", "id.example.com\",\"aud", "evil.example\",\"aud"},
                           Row{"aud", "api/partners", "api/users"},
                           Row{"sub", "\"sub\":\"1", "\"sub\":\"2"},
                           Row{"jti", "\"jti\":\"", "\"jti\":\"0"},
                           Row{"scope", "\"scope\":\"email profile\"", "\"scope\":[\"email\"]"},
                           Row{"origin", "https://shop.example.com\"", "\""},
                           Row{"exp text", ":" + later, ":\"" + later + "\""},
                           Row{"iat text", ":" + now, ":\"" + now + "\""},
                           Row{"exp past", later, "1"},
                           Row{"exp far", later, "4102444800"},
                           Row{"iat after exp", now, later + "0"},
                           Row{"revocations", "\"revocations\":0", "\"revocations\":\"0\""},
                           Row{"revocations null", "\"revocations\":0", "\"revocations\":null"},
                           Row{"twice", "{", "{\"exp\":4102444800,"}}) {
        std::string changed = good;
        const auto at = changed.find(row.from);
        ASSERT_NE(at, std::string::npos) << row.what << ' ' << row.from << " in " << good;
        changed.replace(at, row.from.size(), row.to);
        const auto verified = verify(sign("consent+jwt", changed));
        ASSERT_FALSE(verified) << row.what << ": " << changed;
        EXPECT_EQ(verified.error().code, ErrorCode::invalid_token) << row.what;
        EXPECT_EQ(verified.error().public_text.view(), "The consent token is not valid");
    }
}

TEST_F(ConsentTokenTest, OfAnotherTypeIsRefused) {
    const std::string good = claims();
    for (const char* type : {"JWT", "at+jwt", "id+jwt", "logout+jwt", "consent", "consent+jwt2"}) {
        EXPECT_EQ(verify(sign(type, good)).error().code, ErrorCode::invalid_token) << type;
    }
}

TEST_F(ConsentTokenTest, ForgedIsRefused) {
    const std::string good = mint(example());
    const auto payload_at = good.find('.') + 1;
    const auto signature_at = good.rfind('.') + 1;
    const auto encode = [](std::string_view text) { return to_base64url(as_bytes(text)); };
    const std::string payload = good.substr(payload_at, signature_at - payload_at);
    const std::string none = encode(R"({"alg":"none","typ":"consent+jwt"})") + "." + payload;
    const std::string hmac = encode(R"({"alg":"HS256","typ":"consent+jwt"})") + "." + payload;
    for (const std::string& forged :
         {std::string(), std::string("."), std::string(".."), std::string("a.b.c"),
          good.substr(0, signature_at), good.substr(0, good.size() - 4), good + "AAAA", good + ".",
          "x" + good, none, hmac + good.substr(signature_at), good + "\n",
          std::string(max_consent_token_size + 1, 'a'), std::string(1U << 20U, '.')}) {
        const auto verified = verify(forged);
        ASSERT_FALSE(verified) << forged.substr(0, 80);
        EXPECT_EQ(verified.error().code, ErrorCode::invalid_token);
    }
    for (std::size_t i = 0; i < good.size(); i += 7) {
        std::string changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verify(changed)) << i;
    }
}

TEST_F(ConsentTokenTest, CarriesHowOftenTheConnectionWasRevoked) {
    EXPECT_EQ(connection_revocations(std::nullopt), 0);
    auto tx = must(testing::begin_write(*world.database));
    const ClientId client = world.app.record.id;
    std::int64_t revocations = 0;
    for (int round = 0; round < 3; ++round) {
        (void)must(
            store::upsert_connection(*tx, world.user, client, ScopeNames{"email"}, world.now()));
        (void)must(
            store::upsert_connection(*tx, world.user, client, ScopeNames{"email"}, world.now()));
        EXPECT_EQ(connection_revocations(must(store::find_connection(*tx, world.user, client))),
                  revocations);
        ASSERT_TRUE(must(store::revoke_connection(*tx, world.user, client, world.now())));
        ASSERT_FALSE(must(store::revoke_connection(*tx, world.user, client, world.now())));
        ++revocations;
        EXPECT_EQ(connection_revocations(must(store::find_connection(*tx, world.user, client))),
                  revocations);
    }
}

TEST_F(ConsentTokenTest, IsIssuedForSupportWithAnAuditRow) {
    const auto issue = [&](ClientId client, UserId user, ScopeSet scopes, Seconds lifetime) {
        constexpr audit::Context by{audit::Actor::known_operator("test"), "", "cli"};
        const realm::Act act{world.realm, system_random(), world.now(), by};
        return world.write([&](auto& tx) {
            return issue_support_consent_token(act, tx, {client, user, scopes, "cli"}, lifetime);
        });
    };
    const ClientId client = world.app.record.id;
    const ScopeSet email(static_cast<std::uint32_t>(Scope::email));
    const auto token = must(issue(client, world.user, email, Seconds(60)));
    const auto verified = must(verify(token.reveal()));
    EXPECT_EQ(verified.expires_at, world.now() + Seconds(60));
    EXPECT_EQ(verified.origin, "cli");

    const auto nobody = make_id<UserId>(system_random());
    const auto no_app = make_id<ClientId>(system_random());
    EXPECT_EQ(issue(client, nobody, email, Seconds(60)).error().code, ErrorCode::not_found);
    EXPECT_EQ(issue(no_app, world.user, email, Seconds(60)).error().code, ErrorCode::not_found);
    EXPECT_EQ(issue(client, world.user, ScopeSet(~0U), Seconds(60)).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(issue(client, world.user, email, Seconds(0)).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(issue(client, world.user, email, max_consent_token_life + Seconds(1)).error().code,
              ErrorCode::invalid_argument);

    auto tx = must(world.database->read());
    const auto trail = must(store::list_newest_audit(*tx, testing::shared_keys().realm(), 10));
    ASSERT_EQ(trail.size(), 2U);  // the app's creation, and the one token
    EXPECT_EQ(trail[0].action, "consent_token.issued_by_support");
    EXPECT_EQ(trail[0].actor, "operator");
    EXPECT_EQ(trail[0].user_id, world.user);
}

}  // namespace
}  // namespace latchkey::tokens
