#include "endpoints/oauth/bearer_authentication.hpp"

#include <string>
#include <vector>

#include "endpoints/oauth/client_authentication.hpp"
#include "grants/access.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::endpoints {
namespace {

using testing::DelegationWorld;
using testing::must;

struct BearerTest : ::testing::Test {
    DelegationWorld world;
    grants::Tokens tokens = world.connect();
    std::string good = "Bearer " + std::string(tokens.access_token.reveal());

    Result<grants::Access> authenticate(const std::vector<std::string>& authorization) {
        std::vector<http::Header> headers;
        for (const auto& value : authorization) headers.push_back({"Authorization", value});
        http::Request request;
        request.headers = headers;
        auto tx = must(world.database->read());
        const auto presented = TRY(read_bearer(world.realm, request, world.now()));
        return grants::authorize_token(world.realm, *tx, presented.token, presented.text);
    }
    ErrorCode refused(const std::vector<std::string>& authorization) {
        const auto access = authenticate(authorization);
        EXPECT_FALSE(access);
        return access ? ErrorCode::internal : access.error().code;
    }
};

TEST_F(BearerTest, ALiveTokenReadsItsUserWithinItsScopes) {
    const auto access = must(authenticate({good}));
    EXPECT_EQ(access.token.client_id, world.app.record.id);
    EXPECT_EQ(access.token.user_id, world.user);
    EXPECT_EQ(access.connected->user.id, world.user);
    EXPECT_EQ(access.scopes, tokens.scopes);
}

TEST_F(BearerTest, ATokenWithoutAUserIsGoodButNobody) {
    tokens::AccessToken token;
    token.client_id = world.app.record.id;
    token.issued_at = world.now();
    token.expires_at = world.now() + Seconds(60);
    const Secret text = tokens::mint_access_token(world.realm.keys, token);
    const auto access = must(authenticate({"Bearer " + std::string(text.reveal())}));
    EXPECT_FALSE(access.connected);
    EXPECT_FALSE(access.token.user_id);
}

TEST_F(BearerTest, AnythingElseIsNobody) {
    EXPECT_EQ(refused({}), ErrorCode::unauthenticated);
    EXPECT_EQ(refused({""}), ErrorCode::unauthenticated);
    EXPECT_EQ(refused({"Bearer"}), ErrorCode::unauthenticated);
    EXPECT_EQ(refused({"Bearer "}), ErrorCode::unauthenticated);
    EXPECT_EQ(refused({good, good}), ErrorCode::unauthenticated);
    EXPECT_EQ(refused({good + " x"}), ErrorCode::unauthenticated);
    EXPECT_EQ(refused({"Basic " + to_base64(as_bytes("a:b"))}), ErrorCode::unauthenticated);
    EXPECT_EQ(refused({"Bearer nonsense"}), ErrorCode::invalid_token);
    EXPECT_EQ(refused({good + "x"}), ErrorCode::invalid_token);
    EXPECT_EQ(refused({"Bearer " + std::string(tokens.refresh_token.reveal())}),
              ErrorCode::invalid_token);
    EXPECT_EQ(refused({"Bearer " + world.consent()}), ErrorCode::invalid_token);
}

TEST_F(BearerTest, ATokenStopsWhenItExpires) {
    world.clock.advance(Seconds(3600));
    EXPECT_EQ(refused({good}), ErrorCode::invalid_token);
}

TEST_F(BearerTest, ATokenStopsAtTheNextRequestAfterARevocation) {
    ASSERT_TRUE(authenticate({good}));
    (void)world.disconnect();
    EXPECT_EQ(refused({good}), ErrorCode::invalid_token);
}

TEST_F(BearerTest, ATokenStopsWhenItsAppIsDeleted) {
    must(world.delete_app());
    EXPECT_EQ(refused({good}), ErrorCode::invalid_token);
}

struct BasicTest : BearerTest {
    Result<clients::ClientPtr> authenticate_with(const std::string& value) {
        const std::vector<http::Header> headers = {{"authorization", value}};
        http::Request request;
        request.headers = headers;
        auto tx = must(world.database->read());
        const auto presented = TRY(read_basic(request));
        return clients::authenticate_client(world.realm, *tx, presented.credentials(), world.now(),
                                            world.secret_uses);
    }
};

TEST_F(BasicTest, AnAppIsKnownByItsIdAndSecret) {
    const std::string id = world.app.record.id.text();
    const std::string secret(world.app.secret.reveal());
    EXPECT_EQ(must(authenticate_with("Basic " + to_base64(as_bytes(id + ":" + secret))))->id,
              world.app.record.id);
    EXPECT_EQ(must(authenticate_with("basic " + to_base64(as_bytes(id + ":" + secret))))->id,
              world.app.record.id);
    // RFC 6749 2.3.1: both are form-encoded before they are joined.
    std::string escaped = "%6c" + secret.substr(1);  // 'l'
    EXPECT_EQ(must(authenticate_with("Basic " + to_base64(as_bytes(id + ":" + escaped))))->id,
              world.app.record.id);
}

TEST_F(BasicTest, AnythingElseIsOneAndTheSameRefusal) {
    const std::string id = world.app.record.id.text();
    const std::string secret(world.app.secret.reveal());
    for (const std::string& value :
         {std::string(), std::string("Basic"), std::string("Basic ="),
          "Basic " + to_base64(as_bytes(id)), "Basic " + to_base64(as_bytes(id + ":")),
          "Basic " + to_base64(as_bytes(":" + secret)),
          "Basic " + to_base64(as_bytes(id + ":" + secret + ":")),
          "Basic " + to_base64(as_bytes(id + ":" + secret + "\n")),
          "Basic " + to_base64(as_bytes(secret + ":" + id)), good}) {
        const auto refused = authenticate_with(value);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::unauthenticated);
        EXPECT_EQ(refused.error().public_text.view(), "Client authentication failed");
    }
}

}  // namespace
}  // namespace latchkey::endpoints
