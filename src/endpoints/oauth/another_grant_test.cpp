// What a further grant of the token endpoint takes: this file's struct, and one row. The shared
// phases are then its own.

#include <array>
#include <string>

#include "endpoints/oauth/token.hpp"
#include "grants/exchange.hpp"
#include "grants/table.hpp"
#include "store/audit.hpp"
#include "store/connections.hpp"
#include "testing/oauth_caller.hpp"

namespace latchkey::endpoints {
namespace {

using grants::Granted;
using grants::TokenCall;
using testing::must;
using testing::OauthAnswer;
using testing::OauthCaller;

/// Tokens for whoever the app names by a public id.
struct NamedPersonGrant {
    struct Request {
        std::string_view person;
    };
    using Reason = oauth::Refusal;
    static constexpr std::string_view grant_type = "urn:example:named-person";
    static constexpr std::string_view operation = "named person";
    static constexpr grants::Tells tells = grants::Tells::tokens_only;

    static oauth::Result<Request> read(const oauth::Parameters& parameters) {
        const auto person = TRY(parameters.require("person", "person is missing"));
        return Request{person};
    }
    static std::array<std::string_view, 1> arguments(const Request& request) {
        return {request.person};
    }
    static oauth::Result<void> allow(const ClientRecord& client) {
        if (client.name == "First app") return {};
        return oauth::refuse(oauth::Error::unauthorized_client);
    }
    static oauth::Result<Granted> decide(const TokenCall& call, const Request& request) {
        const auto user = call.act.realm.public_ids.find_user(call.client.id, request.person);
        if (!user) return oauth::refuse(oauth::Error::invalid_grant);
        auto connection = TRY(store::find_connection(call.tx, *user, call.client.id));
        if (!connection) return oauth::refuse(oauth::Error::invalid_grant);
        const ScopeSet scopes = call.act.realm.scopes.known(connection->scopes);
        return Granted{.connection = std::move(*connection),
                       .scopes = scopes,
                       .family = grants::NewFamily{},
                       .trail = audit::Event::tokens_issued,
                       .user = std::nullopt};
    }
};

constexpr std::array two_grants{grants::row<grants::RefreshGrant>(),
                                grants::row<NamedPersonGrant>()};

// A grant without one of its hooks is none.
struct WithoutArguments : NamedPersonGrant {
    static void arguments(const Request& request) = delete;
};
struct WithoutAllow : NamedPersonGrant {
    static void allow(const ClientRecord& client) = delete;
};
struct WithoutDecision : NamedPersonGrant {
    static void decide(const TokenCall& call, const Request& request) = delete;
};
struct WithoutOperation : NamedPersonGrant {
    static void operation() = delete;
};
struct WithoutTelling : NamedPersonGrant {
    static void tells() = delete;
};
struct WithoutReading : NamedPersonGrant {
    static void read(const oauth::Parameters& parameters) = delete;
};
struct WithoutType : NamedPersonGrant {
    static void grant_type() = delete;
};
static_assert(grants::TokenEndpointGrant<NamedPersonGrant>);
static_assert(grants::TokenEndpointGrant<grants::RefreshGrant>);
static_assert(grants::Grant<grants::ExchangeGrant>);
static_assert(!grants::TokenEndpointGrant<grants::ExchangeGrant>, "it has words of its own");
static_assert(!grants::Grant<WithoutArguments>);
static_assert(!grants::Grant<WithoutAllow>);
static_assert(!grants::Grant<WithoutDecision>);
static_assert(!grants::Grant<WithoutOperation>);
static_assert(!grants::Grant<WithoutTelling>);
static_assert(grants::Grant<WithoutReading> && !grants::TokenEndpointGrant<WithoutReading>);
static_assert(grants::Grant<WithoutType> && !grants::TokenEndpointGrant<WithoutType>);

struct AnotherGrantTest : ::testing::Test {
    testing::DelegationWorld world;
    grants::Tokens tokens = world.connect();
    OauthCaller caller{*world.database, oauth_token(testing::oauth_context(world), two_grants),
                       "/oauth/token", OauthCaller::basic_of(world.app)};

    [[nodiscard]] OauthAnswer ask(const std::string& person) const {
        return caller.post("grant_type=urn%3Aexample%3Anamed-person&person=" + person);
    }
    [[nodiscard]] OauthAnswer ask() const { return ask(tokens.public_id); }
    static void expect_error(const OauthAnswer& answer, int status, const std::string& error) {
        EXPECT_EQ(answer.status, status) << error;
        EXPECT_EQ(answer.text("error"), error);
    }
    std::vector<AuditRecord> trail() {
        return must(world.read([&](auto& tx) {
            return store::list_newest_audit(tx, testing::shared_keys().realm(), 100);
        }));
    }
};

TEST_F(AnotherGrantTest, IsAnsweredAsEveryGrantIs) {
    const OauthAnswer answer = ask();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text("token_type"), "Bearer");
    EXPECT_EQ(answer.text("scope"), "email profile");
    EXPECT_EQ(answer.integer("expires_in"), 3600);
    EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
    EXPECT_TRUE(world.refresh({answer.text("refresh_token"), std::nullopt}))
        << "a family of its own";
}

TEST_F(AnotherGrantTest, LeavesItsLineInTheTrail) {
    const std::size_t before = trail().size();
    EXPECT_EQ(ask().status, 200);
    ASSERT_EQ(trail().size(), before + 1);
    EXPECT_EQ(trail().front().action, "tokens.issued");
    EXPECT_EQ(trail().front().request_id, "req-1");
}

TEST_F(AnotherGrantTest, GivesALostAnswerAgain) {
    caller.more_headers = {{"Idempotency-Key", "\"once\""}};
    const OauthAnswer first = ask();
    const std::size_t lines = trail().size();
    EXPECT_EQ(ask().json(), first.json());
    EXPECT_EQ(trail().size(), lines) << "nothing was issued";
    // The key of one grant is not another's.
    expect_error(caller.post("grant_type=refresh_token&refresh_token=" +
                             std::string(tokens.refresh_token.reveal())),
                 422, "invalid_request");
}

TEST_F(AnotherGrantTest, RefusesBeforeTheStoreWhatIsNotWellFormed) {
    expect_error(caller.post("grant_type=urn%3Aexample%3Anamed-person"), 400, "invalid_request");
    caller.basic.clear();
    expect_error(ask(), 401, "invalid_client");
}

TEST_F(AnotherGrantTest, IsForTheAppsThatMayUseIt) {
    const auto other = world.make_app("Second app");
    caller.basic = OauthCaller::basic_of(other);
    expect_error(ask(), 400, "unauthorized_client");
}

TEST_F(AnotherGrantTest, RefusesInItsOwnWords) {
    expect_error(ask("nobody"), 400, "invalid_grant");
}

TEST_F(AnotherGrantTest, IsNotServedWithoutItsRow) {
    const OauthCaller usual{*world.database, oauth_token(testing::oauth_context(world)),
                            "/oauth/token", OauthCaller::basic_of(world.app)};
    expect_error(usual.post("grant_type=urn%3Aexample%3Anamed-person&person=x"), 400,
                 "unsupported_grant_type");
}

}  // namespace
}  // namespace latchkey::endpoints
