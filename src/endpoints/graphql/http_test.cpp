#include "endpoints/graphql/http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "base/text/text.hpp"
#include "crypto/digest.hpp"
#include "testing/replies.hpp"

namespace latchkey::endpoints {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view sdl = R"(
type Query { hello(name: String): String!  items(first: Int): [Item!]!  bad: Int! }
type Item { id: ID! }
type Mutation { rename(to: String!): String }
)";

struct Caller {};
struct Item {
    std::string id;
};
const Item item{"1"};

graphql::Schema make_schema() {
    graphql::Resolvers resolvers;
    resolvers.root("Query")
        .field("hello",
               [](graphql::Call& call) {
                   const auto name = call.argument<std::optional<std::string_view>>("name");
                   return graphql::Value::owned("Hello " + std::string(name.value_or("you")));
               })
        .field("items", [] { return graphql::Value::list({graphql::Value::object(item)}); })
        .field("bad",
               []() -> Result<graphql::Value> { return fail(ErrorCode::unavailable, "Not now."); });
    resolvers.object<Item>("Item").field("id", &Item::id);
    resolvers.root("Mutation").field("rename", [](graphql::Call& call) {
        return graphql::Value::owned(std::string(call.argument<std::string_view>("to")));
    });
    return graphql::Schema::build(std::array{sdl}, std::move(resolvers)).value();
}

/// One endpoint that lets everybody in who says so.
class GraphqlHttp : public ::testing::Test {
protected:
    struct Ask {
        http::Method method = http::Method::post;
        std::string_view body = {};
        std::string_view query = {};
        std::string_view content_type = "application/json";
        std::string_view accept = {};
        std::string_view cost = {};
        std::string_view authorization = "yes";
        std::function<void()> before_writing = {};
    };

    http::Reply ask(const Ask& ask) {
        std::vector<http::Header> headers;
        const auto add = [&](std::string_view name, std::string_view value) {
            if (!value.empty()) headers.push_back({name, value});
        };
        add("Content-Type", ask.content_type);
        add("Accept", ask.accept);
        add("X-Latchkey-GraphQL-Cost", ask.cost);
        add("Authorization", ask.authorization);
        http::Request request;
        request.method = ask.method;
        request.body = ask.body;
        request.query = ask.query;
        request.headers = headers;
        return handler_(request);
    }
    http::Response answer(const Ask& asked) {
        http::Reply reply = ask(asked);
        if (asked.before_writing) asked.before_writing();
        return testing::finish(std::move(reply));
    }

    http::Response post(std::string_view body) { return answer({.body = body}); }
    http::Response get(std::string_view query) {
        return answer({.method = http::Method::get, .query = query, .content_type = {}});
    }

    int looked_up_ = 0;  // how often a caller was
    bool is_withdrawn_ = false;
    graphql::Engine engine_{make_schema()};

    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }

private:
    struct EverybodyWhoSaysSo {
        using Credentials = std::string_view;
        using Context = Caller;

        static Result<Credentials> read_credentials(const http::Request& request) {
            const auto given = request.header("Authorization");
            if (!given) return fail(ErrorCode::unauthenticated, "Who are you?");
            return *given;
        }
        Result<Context> authenticate(Credentials given, auto& /*store*/) const {
            ++test.looked_up_;
            if (given == "busy") return fail(ErrorCode::unavailable, "Busy.");
            if (given == "old") return fail(ErrorCode::invalid_token, "Not any more.");
            if (given != "yes" || test.is_withdrawn_) {
                return fail(ErrorCode::unauthenticated, "Who are you?");
            }
            return Caller{};
        }
        GraphqlHttp& test;
    };

    http::Handler handler_ =
        make_graphql_handler({.engines = {engine_, engine_},
                              .challenges = {R"(Basic realm="r")", R"(Basic realm="r", no good)"},
                              .max_body_bytes = 2'000},
                             EverybodyWhoSaysSo{*this});
};

TEST_F(GraphqlHttp, AnswersAQueryFromEitherMethod) {
    const http::Response posted =
        post(R"({"query":"query A($n: String) { hello(name: $n) } query B { __typename }",)"
             R"("operationName":"A","variables":{"n":"Ada"},"extensions":{}})");
    EXPECT_EQ(posted.status, 200);
    EXPECT_EQ(posted.body_view(), R"({"data":{"hello":"Hello Ada"}})");
    EXPECT_EQ(header(posted, "Content-Type"), "application/json; charset=utf-8");
    EXPECT_EQ(header(posted, "X-Latchkey-API-Version"), "latest");
    const http::Response got =
        get("query=query+A(%24n:String)%7Bhello(name:%24n)%7D&variables=%7B%22n%22:%22B%22%7D"
            "&operationName=&extensions=%7B%7D");
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body_view(), R"({"data":{"hello":"Hello B"}})");
}

TEST_F(GraphqlHttp, RunsMutationsByPostOnly) {
    const std::string_view rename = R"({"query":"mutation { rename(to: \"x\") }"})";
    EXPECT_EQ(post(rename).body_view(), R"({"data":{"rename":"x"}})");
    EXPECT_EQ(header(post(rename), "X-Latchkey-API-Version"), "latest");
    const http::Response refused = get("query=mutation%7Brename(to:%22x%22)%7D");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(header(refused, "Allow"), "POST");
}

TEST_F(GraphqlHttp, RefusesWhatIsNoRequest) {
    struct Row {
        std::string_view body;
        int status;
        std::string_view complaint;
    };
    const std::string too_long = R"({"query":")" + std::string(2'000, 'x') + R"("})";
    const std::array rows = {
        Row{"", 400, "not valid JSON"},
        Row{"{", 400, "not valid JSON"},
        Row{"\"{ hello }\"", 400, "must be a JSON object"},
        Row{R"([{"query":"{ hello }"}])", 400, "Batches are not served"},
        Row{"{}", 400, "\\\"query\\\" must be a string"},
        Row{R"({"query":null})", 400, "\\\"query\\\" must be a string"},
        Row{R"({"query":7})", 400, "\\\"query\\\" must be a string"},
        Row{R"({"query":"{ hello }","variables":[]})", 400, "\\\"variables\\\" must be an object"},
        Row{R"({"query":"{ hello }","variables":"{}"})", 400, "\\\"variables\\\" must be"},
        Row{R"({"query":"{ hello }","operationName":1})", 400, "\\\"operationName\\\" must be"},
        Row{R"({"query":"{ hello }","extensions":true})", 400, "\\\"extensions\\\" must be"},
        Row{R"({"query":"{ hello }","query":"{ bad }"})", 400, "not valid JSON"},
        Row{too_long, 413, "PAYLOAD_TOO_LARGE"},
    };
    for (const Row& row : rows) {
        const http::Response response = post(row.body);
        EXPECT_EQ(response.status, row.status) << row.body;
        EXPECT_THAT(response.body_view(), HasSubstr(row.complaint)) << row.body;
    }
}

TEST_F(GraphqlHttp, RefusesQueryStringsThatAreNoRequest) {
    for (const std::string_view query :
         {"", "query=%7Bhello%7D&query=%7Bbad%7D", "query=%7Bhello%7D&variables=7",
          "query=%7Bhello%7D&variables=%7B", "query=%7Bhello%7D&extensions=[]", "query=%ZZ"}) {
        EXPECT_EQ(get(query).status, 400) << query;
    }
}

TEST_F(GraphqlHttp, TakesJsonOnly) {
    for (const std::string_view type : {"", "text/plain", "application/x-www-form-urlencoded",
                                        "multipart/form-data", "application/graphql"}) {
        EXPECT_EQ(answer({.body = R"({"query":"{ hello }"})", .content_type = type}).status, 415)
            << type;
    }
    EXPECT_EQ(answer({.body = R"({"query":"{ hello }"})",
                      .content_type = "application/json; charset=utf-8"})
                  .status,
              200);
}

TEST_F(GraphqlHttp, NegotiatesTheMediaTypeAndWithItTheStatusOfARefusal) {
    struct Row {
        std::string_view accept;
        std::string_view content_type;  // empty: 406
        int status;                     // of a document that does not validate
    };
    const std::array rows = {
        Row{"", "application/json; charset=utf-8", 200},
        Row{"*/*", "application/json; charset=utf-8", 200},
        Row{"application/*", "application/json; charset=utf-8", 200},
        Row{"application/json", "application/json; charset=utf-8", 200},
        Row{"application/graphql-response+json", "application/graphql-response+json; charset=utf-8",
            400},
        Row{"application/graphql-response+json, application/json;q=0.9",
            "application/graphql-response+json; charset=utf-8", 400},
        Row{"application/graphql-response+json;q=0.1, application/json",
            "application/json; charset=utf-8", 200},
        Row{"text/html", "", 406},
        Row{"application/json;q=0", "", 406},
    };
    for (const Row& row : rows) {
        const http::Response good =
            answer({.body = R"({"query":"{ hello }"})", .accept = row.accept});
        EXPECT_EQ(good.status, row.content_type.empty() ? 406 : 200) << row.accept;
        if (row.content_type.empty()) continue;
        EXPECT_EQ(header(good, "Content-Type"), row.content_type) << row.accept;
        const http::Response bad =
            answer({.body = R"({"query":"{ unknown }"})", .accept = row.accept});
        EXPECT_EQ(bad.status, row.status) << row.accept;
        EXPECT_THAT(bad.body_view(), Not(HasSubstr("\"data\""))) << row.accept;
    }
}

TEST_F(GraphqlHttp, CallsAnExecutionThatFailedAnAnswerAllTheSame) {
    const http::Response response =
        answer({.body = R"({"query":"{ bad }"})", .accept = "application/graphql-response+json"});
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body_view(), HasSubstr("\"data\":null"));
}

TEST_F(GraphqlHttp, AsksWhoCallsBeforeAnythingElse) {
    const http::Response unknown = answer({.body = "not JSON", .authorization = {}});
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(header(unknown, "WWW-Authenticate"), "Basic realm=\"r\"");
    EXPECT_THAT(unknown.body_view(), HasSubstr("\"UNAUTHORIZED\""));
    EXPECT_EQ(answer({.body = "{}", .authorization = "busy"}).status, 503);
    EXPECT_EQ(header(answer({.body = "{}", .authorization = "old"}), "WWW-Authenticate"),
              "Basic realm=\"r\", no good");
}

TEST_F(GraphqlHttp, LooksAMutationsCallerUpOnceWhereItWrites) {
    const Ask rename{.body = R"({"query":"mutation { rename(to: \"x\") }"})"};
    // Before its document is planned, and where it writes.
    EXPECT_EQ(answer(rename).status, 200);
    EXPECT_EQ(looked_up_, 2);
    EXPECT_EQ(answer(rename).status, 200);
    EXPECT_EQ(looked_up_, 3);
    EXPECT_EQ(post(R"({"query":"{ hello }"})").status, 200);
    EXPECT_EQ(looked_up_, 4);
}

TEST_F(GraphqlHttp, PlansNothingForAStranger) {
    const Ask rename{.body = R"({"query":"mutation { rename(to: \"x\") }"})"};
    // Until its caller is known nobody knows that it is a mutation.
    EXPECT_TRUE(std::holds_alternative<http::Read>(ask(rename)));
    is_withdrawn_ = true;
    EXPECT_EQ(answer(rename).status, 401);
    EXPECT_TRUE(std::holds_alternative<http::Read>(ask(rename)));
    is_withdrawn_ = false;
    EXPECT_EQ(answer(rename).status, 200);
    EXPECT_TRUE(std::holds_alternative<http::Write>(ask(rename)));
    EXPECT_EQ(get("query=mutation%7Brename(to:%22x%22)%7D").status, 405);
}

TEST_F(GraphqlHttp, RefusesAMutationWhoseCallerIsWithdrawnBeforeItWrites) {
    Ask rename{.body = R"({"query":"mutation { rename(to: \"x\") }"})"};
    EXPECT_EQ(answer(rename).status, 200);
    rename.before_writing = [this] { is_withdrawn_ = true; };
    const http::Response refused = answer(rename);
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(header(refused, "WWW-Authenticate"), "Basic realm=\"r\"");
    // And is a stranger again.
    EXPECT_EQ(post("garbage").status, 401);
    is_withdrawn_ = false;
    EXPECT_EQ(post(R"({"query":"{ hello }"})").status, 200);
    is_withdrawn_ = true;
    EXPECT_EQ(post(R"({"query":"{ hello }"})").status, 401);
}

TEST_F(GraphqlHttp, AnswersHeadAsGet) {
    const http::Response head =
        answer({.method = http::Method::head, .query = "query=%7Bhello%7D", .content_type = {}});
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body_view(), R"({"data":{"hello":"Hello you"}})");
    EXPECT_EQ(answer({.method = http::Method::head,
                      .query = "query=mutation%7Brename(to:%22x%22)%7D",
                      .content_type = {}})
                  .status,
              405);
}

TEST_F(GraphqlHttp, NeverSpeaksOfOtherOrigins) {
    for (const auto& [name, value] : post(R"({"query":"{ hello }"})").headers) {
        EXPECT_FALSE(name.starts_with("Access-Control")) << name;
    }
    EXPECT_EQ(answer({.method = http::Method::options}).status, 405);
}

std::string persisted(std::string_view query, const std::string& hash) {
    std::string body = "{";
    if (!query.empty()) body += "\"query\":\"" + std::string(query) + "\",";
    return body + R"("extensions":{"persistedQuery":{"version":1,"sha256Hash":")" + hash + "\"}}}";
}

TEST_F(GraphqlHttp, RunsAPersistedQueryByItsHashOnceItHasSeenTheText) {
    const std::string hash = to_hex(crypto::sha256("{ hello }"));
    const http::Response first = post(persisted("", hash));
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body_view(), R"({"errors":[{"message":"PersistedQueryNotFound",)"
                                 R"("extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]})");
    EXPECT_THAT(post(persisted("{ hello }", hash)).body_view(), HasSubstr("Hello you"));
    EXPECT_THAT(post(persisted("", hash)).body_view(), HasSubstr("Hello you"));
    const http::Response got =
        get("extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22" + hash +
            "%22%7D%7D");
    EXPECT_THAT(got.body_view(), HasSubstr("Hello you"));
}

TEST_F(GraphqlHttp, BelievesNoHashThatIsNotTheQuerysOwn) {
    const std::string other = to_hex(crypto::sha256("{ bad }"));
    const http::Response response = post(persisted("{ hello }", other));
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(response.body_view(), HasSubstr("PERSISTED_QUERY_HASH_MISMATCH"));
    EXPECT_THAT(post(persisted("", other)).body_view(), HasSubstr("PersistedQueryNotFound"));
}

TEST_F(GraphqlHttp, RemembersNoQueryThatIsNotGood) {
    const std::string hash = to_hex(crypto::sha256("{ unknown }"));
    EXPECT_THAT(post(persisted("{ unknown }", hash)).body_view(), HasSubstr("Cannot query field"));
    EXPECT_THAT(post(persisted("", hash)).body_view(), HasSubstr("PersistedQueryNotFound"));
}

TEST_F(GraphqlHttp, RemembersNothingThatAStrangerSent) {
    const std::string hash = to_hex(crypto::sha256("{ hello }"));
    const std::string body = persisted("{ hello }", hash);
    EXPECT_EQ(answer({.body = body, .authorization = "no"}).status, 401);
    EXPECT_EQ(engine_.find_plan("{ hello }", {}), nullptr);
    EXPECT_THAT(post(persisted("", hash)).body_view(), HasSubstr("PersistedQueryNotFound"));
    EXPECT_EQ(post(body).status, 200);
    EXPECT_NE(engine_.find_plan("{ hello }", {}), nullptr);
}

TEST_F(GraphqlHttp, RefusesPersistedQueriesOfAnotherShape) {
    for (const std::string_view shape :
         {"7", "{}", R"({"version":2,"sha256Hash":"00"})", R"({"version":1,"sha256Hash":"00"})",
          R"({"version":1})", R"({"version":1,"sha256Hash":7})"}) {
        const std::string body =
            R"({"query":"{ hello }","extensions":{"persistedQuery":)" + std::string(shape) + "}}";
        EXPECT_EQ(post(body).status, 400) << shape;
    }
}

TEST_F(GraphqlHttp, TellsTheCostOnlyWhenAsked) {
    const std::string_view body = R"({"query":"{ items(first: 5) { id } }"})";
    EXPECT_EQ(answer({.body = body, .cost = "1"}).body_view(),
              R"({"data":{"items":[{"id":"1"}]},"extensions":{"cost":{"requestedQueryCost":5,)"
              R"("actualQueryCost":1,"throttleStatus":{"maximumAvailable":10000,)"
              R"("currentlyAvailable":10000,"restoreRate":10000}}}})");
    EXPECT_THAT(post(body).body_view(), Not(HasSubstr("cost")));
}

}  // namespace
}  // namespace latchkey::endpoints
