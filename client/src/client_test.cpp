// The client against the real server on a real socket.

#include "latchkey/client/client.hpp"
#include "audit/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "database/run_write.hpp"
#include "grants/connections.hpp"
#include "testing/listening_server.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::client {
namespace {

using ::testing::ElementsAre;

constexpr audit::Context by_operator{audit::Actor::known_operator("test"), "", "cli"};
const MetafieldKey membership{"my-membership"};

template <class T>
T must(Result<T> outcome) {
    if (!outcome) {
        throw std::runtime_error(std::string(to_string(outcome.error().kind)) + " " +
                                 outcome.error().code + ": " + outcome.error().message);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*outcome);
}

class ClientTest : public ::testing::Test {
protected:
    ClientTest()
        : app(server.create_app("email profile")),
          person(server.create_user("ada@example.com")),
          client(make_client(app.client_secret)) {}

    Client make_client(std::string_view secret) const {
        auto made = Client::make({.base_url = listening.url() + "/",
                                  .client_id = app.client_id,
                                  .client_secret = Secret(std::string(secret))});
        if (!made) throw std::runtime_error(made.error().message);
        return std::move(*made);
    }
    std::string consent_token() {
        const latchkey::tokens::ConsentGrant grant{*ClientId::from_text(app.client_id), person,
                                                   *contract_scopes().parse("email profile"),
                                                   "cli"};
        const auto token = database::run_write(server.world().database(), [&](auto& tx) {
            return tokens::issue_support_consent_token(server.world().act(by_operator), tx, grant,
                                                       Seconds(300));
        });
        return std::string(token->reveal());
    }
    Tokens sign_in() {
        const std::string consent = consent_token();
        return must(client.fetch_tokens(ConsentToken{consent}));
    }
    void revoke() {
        const auto revoked = database::run_write(server.world().database(), [&](auto& tx) {
            return grants::revoke_connection(server.world().act(by_operator), tx,
                                             {person, *ClientId::from_text(app.client_id)});
        });
        ASSERT_TRUE(revoked);
    }
    void define_membership() {
        must(client.create_metafield_definition({.identifier = membership,
                                                 .name = "Membership",
                                                 .description = "Level",
                                                 .type = "single_line_text_field"}));
    }
    static AccessToken access(const Tokens& tokens) { return {tokens.access_token.reveal()}; }

    testing::TestServer server;
    testing::ListeningServer listening{server};
    testing::TestServer::App app;
    UserId person;
    Client client;
};

TEST_F(ClientTest, TurnsAConsentTokenIntoTokensAndThePerson) {
    const Tokens tokens = sign_in();
    EXPECT_TRUE(tokens.access_token.reveal().starts_with("lk_at_"));
    EXPECT_TRUE(tokens.refresh_token.reveal().starts_with("lk_rt_"));
    EXPECT_EQ(tokens.expires_in, Seconds(3600));
    EXPECT_EQ(tokens.scope, "email profile");
    ASSERT_TRUE(tokens.user);
    EXPECT_EQ(tokens.user->sub, tokens.public_id);
    EXPECT_EQ(tokens.user->email, "ada@example.com");
    EXPECT_EQ(tokens.user->email_verified, true);
    EXPECT_EQ(tokens.user->name, "Ada Lovelace");
    EXPECT_EQ(tokens.user->avatar, std::nullopt);
}

TEST_F(ClientTest, ReadsThePersonWithTheAccessToken) {
    const Tokens tokens = sign_in();
    const User user = must(client.user(access(tokens)));
    EXPECT_EQ(user.sub, tokens.public_id);
    EXPECT_EQ(user.given_name, "Ada");
    EXPECT_EQ(user.family_name, "Lovelace");
}

TEST_F(ClientTest, KnowsAUsedConsentTokenFromAWrongOne) {
    const std::string consent = consent_token();
    must(client.fetch_tokens(ConsentToken{consent}));
    for (const std::string& bad : {consent, std::string("a.b.c"), std::string()}) {
        const auto refused = client.fetch_tokens(ConsentToken{bad});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::invalid_token);
        EXPECT_EQ(refused.error().code, "INVALID_TOKEN");
        EXPECT_THAT(refused.error().field, ElementsAre("consentToken"));
        EXPECT_EQ(refused.error().status, 200);
        EXPECT_FALSE(refused.error().request_id.empty());
        if (!bad.empty()) {
            EXPECT_EQ(refused.error().message.find(bad), std::string::npos);
        }
    }
}

TEST_F(ClientTest, GetsFreshTokensByPublicId) {
    const Tokens first = sign_in();
    server.clock().advance(Seconds(7200));
    const auto expired = client.user(access(first));
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().kind, ErrorKind::unauthorized);
    const Tokens second = must(client.fetch_tokens(PublicId{first.public_id}));
    EXPECT_EQ(second.public_id, first.public_id);
    EXPECT_EQ(must(client.user(access(second))).name, "Ada Lovelace");
}

TEST_F(ClientTest, KnowsWhenThereIsNoSuchUser) {
    const auto refused = client.fetch_tokens(PublicId{"nobody"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::access_withdrawn);
    EXPECT_EQ(refused.error().code, "NO_USER");
}

TEST_F(ClientTest, RefreshesAndRotates) {
    const Tokens first = sign_in();
    const Tokens second = must(client.refresh({first.refresh_token.reveal()}));
    EXPECT_NE(second.refresh_token.reveal(), first.refresh_token.reveal());
    EXPECT_EQ(second.scope, "email profile");
    EXPECT_EQ(second.public_id, "");
    EXPECT_EQ(must(client.user(access(second))).sub, first.public_id);
    // The answer was lost, say: within the grace the same successor comes again.
    const Tokens again = must(client.refresh({first.refresh_token.reveal()}));
    EXPECT_EQ(again.refresh_token.reveal(), second.refresh_token.reveal());
    const auto refused = client.refresh({"lk_rt_wrong"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid_token);
    EXPECT_EQ(refused.error().code, "invalid_grant");
    EXPECT_EQ(refused.error().status, 400);
}

TEST_F(ClientTest, NoticesAWithdrawalEverywhere) {
    const Tokens tokens = sign_in();
    revoke();
    EXPECT_EQ(client.user(access(tokens)).error().kind, ErrorKind::unauthorized);
    EXPECT_EQ(client.refresh({tokens.refresh_token.reveal()}).error().kind,
              ErrorKind::invalid_token);
    const auto refused = client.fetch_tokens(PublicId{tokens.public_id});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::access_withdrawn);
    EXPECT_EQ(refused.error().code, "NO_CONSENT");
    EXPECT_EQ(sign_in().public_id, tokens.public_id) << "a new sign-in brings the person back";
}

TEST_F(ClientTest, DefinesSetsReadsAndDeletesMetafields) {
    const Tokens tokens = sign_in();
    EXPECT_FALSE(must(client.metafield_definition(membership)));
    define_membership();
    const auto definition = must(client.metafield_definition(membership));
    ASSERT_TRUE(definition);
    EXPECT_EQ(definition->type, "single_line_text_field");
    EXPECT_EQ(definition->name, "Membership");
    EXPECT_EQ(definition->identifier.name_space, "app--" + app.client_id);

    EXPECT_EQ(must(client.metafield(access(tokens), membership)), std::nullopt);
    const std::array<Metafield, 1> values{{{membership, "gold \"and\" more"}}};
    must(client.set_metafields(access(tokens), values));
    EXPECT_EQ(must(client.metafield(access(tokens), membership)), "gold \"and\" more");
    const MetafieldPage page = must(client.metafields(access(tokens), {}));
    ASSERT_EQ(page.metafields.size(), 1U);
    EXPECT_EQ(page.metafields[0].identifier.key, "my-membership");
    EXPECT_EQ(page.metafields[0].value, "gold \"and\" more");
    EXPECT_FALSE(page.end_cursor);

    must(client.delete_metafield(access(tokens), membership));
    EXPECT_EQ(must(client.metafield(access(tokens), membership)), std::nullopt);
    must(client.delete_metafield(access(tokens), membership));
}

TEST_F(ClientTest, PagesThroughMetafields) {
    const Tokens tokens = sign_in();
    std::vector<Metafield> values;
    for (int i = 0; i < 5; ++i) {
        const MetafieldKey key{"field-" + std::to_string(i)};
        must(client.create_metafield_definition(
            {.identifier = key, .name = "F", .description = "D", .type = "number_integer"}));
        values.push_back({key, std::to_string(i)});
    }
    must(client.set_metafields(access(tokens), values));
    std::vector<std::string> seen;
    PageRequest request{.first = 2};
    do {
        MetafieldPage page = must(client.metafields(access(tokens), request));
        EXPECT_LE(page.metafields.size(), 2U);
        for (const Metafield& metafield : page.metafields) seen.push_back(metafield.value);
        request.after = page.end_cursor;
    } while (request.after);
    EXPECT_THAT(seen, ::testing::UnorderedElementsAre("0", "1", "2", "3", "4"));
}

TEST_F(ClientTest, SaysWhichInputIsAtFault) {
    const Tokens tokens = sign_in();
    const std::array<Metafield, 1> values{{{{"undefined-key"}, "gold"}}};
    const auto refused = client.set_metafields(access(tokens), values);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::user_error);
    ASSERT_GE(refused.error().field.size(), 2U);
    EXPECT_EQ(refused.error().field[0], "metafields");
    EXPECT_EQ(refused.error().field[1], "0");
    EXPECT_FALSE(refused.error().message.empty());

    const auto over = client.metafields(access(tokens), {.first = 100'000});
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().kind, ErrorKind::graphql);
}

TEST_F(ClientTest, KnowsWrongCredentials) {
    Client other = make_client("lk_cs_wrong");
    const auto refused = other.fetch_tokens(PublicId{"anybody"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::unauthorized);
    EXPECT_EQ(refused.error().code, "UNAUTHORIZED");
    EXPECT_EQ(refused.error().status, 401);
    EXPECT_EQ(other.refresh({"lk_rt_x"}).error().kind, ErrorKind::unauthorized);
    EXPECT_EQ(client.user({"lk_at_wrong"}).error().kind, ErrorKind::unauthorized);
}

TEST_F(ClientTest, WorksFromManyThreads) {
    const Tokens tokens = sign_in();
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 10; ++round) {
                const auto user = client.user(access(tokens));
                ASSERT_TRUE(user) << user.error().message;
                EXPECT_EQ(user->name, "Ada Lovelace");
            }
        });
    }
}

}  // namespace
}  // namespace latchkey::client
