#include "graphql/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/graphql/shop.hpp"
#include "testing/seed_queries.hpp"

namespace latchkey::graphql {
namespace {

using ::testing::HasSubstr;
namespace seed_queries = testing::seed_queries;

TEST(SeedQueries, CurrentUserReadsTheProfile) {
    EXPECT_EQ(run_shop(seed_queries::current_user),
              R"({"data":{"user":{"sub":"u-1","email":"ada@example.com","emailVerified":true,)"
              R"("givenName":"Ada","familyName":"Lovelace","name":"Ada Lovelace",)"
              R"("avatar":null}}})");
}

TEST(SeedQueries, UserMetafieldsReadsAPage) {
    EXPECT_EQ(run_shop(seed_queries::user_metafields),
              R"({"data":{"metafields":{"nodes":[{"definition":{"namespace":null,)"
              R"("key":"my-membership"},"value":"gold"}]}}})");
}

TEST(SeedQueries, UserMembershipReadsOneByKey) {
    EXPECT_EQ(run_shop(seed_queries::user_membership),
              R"({"data":{"metafield":{"value":"gold"}}})");
}

TEST(SeedQueries, FetchTokensForUserTakesAConsentToken) {
    EXPECT_EQ(run_shop(seed_queries::fetch_tokens_for_user, R"({"consentToken": "good"})"),
              R"({"data":{"fetchTokensForUser":{"publicId":"p-1","accessToken":"a","refreshToken":)"
              R"("r","expiresIn":3600,"tokenType":"Bearer","scope":"email","user":{"sub":"u-1",)"
              R"("email":"ada@example.com","emailVerified":true,"givenName":"Ada","familyName":)"
              R"("Lovelace","name":"Ada Lovelace","avatar":null},"userErrors":[]}}})");
}

TEST(SeedQueries, FetchTokensForUserTakesAPublicId) {
    const std::string answer =
        run_shop(seed_queries::fetch_tokens_for_user, R"({"publicId": "unknown"})");
    EXPECT_THAT(answer, HasSubstr(R"("user":null)"));
    EXPECT_THAT(answer,
                HasSubstr(R"("userErrors":[{"field":["publicId"],"message":"No such user."}])"));
}

TEST(Execution, AFailingRootFieldThatMayNotBeNullMakesTheDataNull) {
    EXPECT_EQ(
        run_shop("{ user { email } }", "{}", Signed::out),
        R"({"data":null,"errors":[{"message":"Unauthorized","locations":[{"line":1,"column":3}],)"
        R"("path":["user"],"extensions":{"code":"unauthenticated"}}]})");
}

TEST(Execution, AliasesFragmentsAndConditionsAnswerInTheOrderOfTheQuery) {
    const std::string query = R"(query Q($no: Boolean!, $yes: Boolean = true) {
      me: user { ...Names sub @skip(if: $yes) ... on User @include(if: $no) { email } phone }
    }
    fragment Names on User { name mail: email __typename })";
    EXPECT_EQ(run_shop(query, R"({"no": false})"),
              R"({"data":{"me":{"name":"Ada Lovelace","mail":"ada@example.com",)"
              R"("__typename":"User","phone":null}}})");
    EXPECT_EQ(run_shop(query, R"({"no": true, "yes": false})"),
              R"({"data":{"me":{"name":"Ada Lovelace","mail":"ada@example.com",)"
              R"("__typename":"User","sub":"u-1","email":"ada@example.com","phone":null}}})");
}

TEST(Execution, VariablesThatDoNotFitAreRefusedBeforeAnythingRuns) {
    const std::string answer =
        run_shop("query Q($first: Int!) { metafields(first: $first) { nodes { value } } }",
                 R"({"first": "secret"})");
    EXPECT_EQ(answer.find("\"data\""), std::string::npos);
    EXPECT_THAT(answer, HasSubstr("got an invalid value; Int cannot represent a string."));
    EXPECT_EQ(answer.find("secret"), std::string::npos);
}

TEST(Validation, RefusesOperationsWithoutARootType) {
    const auto shop = make_shop();
    const auto plan = shop->prepare("subscription { user { sub } }");
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().front().rule, "KnownOperationTypes");
    EXPECT_EQ(plan.error().front().message,
              "The subscription operation is not supported by the schema.");
}

}  // namespace
}  // namespace latchkey::graphql
