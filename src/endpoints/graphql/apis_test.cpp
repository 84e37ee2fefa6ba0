// Who may call the two APIs, what strangers reach, and what is noted of a call.

#include "endpoints/graphql/apis.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/partners/api.hpp"
#include "api/users/api.hpp"
#include "people/app_reads.hpp"
#include "testing/delegation_world.hpp"
#include "testing/replies.hpp"
#include "testing/transactions.hpp"

namespace latchkey::endpoints {
namespace {

using testing::must;

constexpr std::string_view mutation =
    R"({"query":"mutation{metafieldDelete(identifier:{key:\"k\"}){userErrors{message}}}"})";
constexpr std::string_view query = R"({"query":"{user{sub}}"})";

class GraphqlApis : public ::testing::Test {
protected:
    using MakeEngine = decltype(api::users::make_engine);
    static const graphql::Engine& engine_of(MakeEngine& make) {
        static std::map<MakeEngine*, std::unique_ptr<graphql::Engine>> engines;
        auto& engine = engines[&make];
        if (!engine) engine = must(make(api::Version::latest, {}));
        return *engine;
    }

    http::Reply ask(const http::Handler& api, std::string_view authorization,
                    std::string_view body) {
        headers_ = {{"Content-Type", "application/json"}};
        if (!authorization.empty()) headers_.push_back({"Authorization", authorization});
        http::Request request;
        request.method = http::Method::post;
        request.headers = headers_;
        request.body = body;
        return api(request);
    }
    /// Refused on the loop: 401 without a look at the store.
    void expect_stranger(const http::Handler& api, std::string_view authorization) {
        for (const std::string_view body : {mutation, query, std::string_view("not JSON")}) {
            const http::Reply reply = ask(api, authorization, body);
            const auto* response = std::get_if<http::Response>(&reply);
            ASSERT_NE(response, nullptr) << authorization;
            EXPECT_EQ(response->status, 401) << authorization;
        }
    }
    std::int64_t noted() {
        return testing::write_once(*world_.database, [&](auto& tx) { return reads_.write(tx); });
    }

    testing::DelegationWorld world_;
    people::AppReads reads_;
    http::Handler partners_ =
        partners_graphql({.realm = world_.realm,
                          .ports = world_.ports(),
                          .secret_uses = world_.secret_uses,
                          .engines = {engine_of(api::partners::make_engine),
                                      engine_of(api::partners::make_engine)}});
    http::Handler users_ = users_graphql(
        {.realm = world_.realm,
         .ports = world_.ports(),
         .reads = reads_,
         .engines = {engine_of(api::users::make_engine), engine_of(api::users::make_engine)}});

private:
    std::vector<http::Header> headers_;
};

TEST_F(GraphqlApis, AStrangerReachesNeitherTheStoreNorTheLane) {
    for (const std::string_view nobody :
         {"", "Basic", "Basic =", "Bearer x", "Digest x", "Basic OnNlY3JldA"}) {
        expect_stranger(partners_, nobody);
    }
    std::string forged = "Bearer " + std::string(world_.connect().access_token.reveal());
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    for (const std::string_view nobody :
         {std::string_view(), std::string_view("Bearer"), std::string_view("Basic YTpi"),
          std::string_view(forged)}) {
        expect_stranger(users_, nobody);
    }
}

TEST_F(GraphqlApis, AMutationIsNotedWhenItIsKept) {
    const std::string bearer = "Bearer " + std::string(world_.connect().access_token.reveal());
    // Known from here on: what is not known is planned for a caller who was looked at.
    EXPECT_EQ(testing::finish(ask(users_, bearer, mutation), *world_.database).status, 200);
    EXPECT_EQ(noted(), 1);
    const http::Reply reply = ask(users_, bearer, mutation);
    const auto& write = std::get<http::Write>(reply);
    {
        const auto group = must(world_.database->begin_group(database::Isolation::isolated));
        EXPECT_EQ(write(*group).status, 200);
    }
    EXPECT_EQ(noted(), 0) << "the group was thrown away";
    must(database::run_group(
        *world_.database, database::Isolation::joint,
        [&](database::WriteGroup& group) { EXPECT_EQ(write(group).status, 200); },
        [](const std::exception_ptr& bug) { std::rethrow_exception(bug); }));
    EXPECT_EQ(noted(), 1);
}

TEST_F(GraphqlApis, AQueryIsNotedAtOnce) {
    const std::string bearer = "Bearer " + std::string(world_.connect().access_token.reveal());
    EXPECT_EQ(testing::finish(ask(users_, bearer, query), *world_.database).status, 200);
    EXPECT_EQ(noted(), 1);
}

}  // namespace
}  // namespace latchkey::endpoints
