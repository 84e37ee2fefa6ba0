#include "testing/graphql/shop.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace latchkey::graphql {
namespace {

constexpr std::string_view sdl = R"(
type Query {
  user: User!
  metafield(identifier: CustomDataKeyPairInput!): Metafield
  metafields(
    after: String  before: String  first: Int  last: Int
    identifiers: [CustomDataKeyPairInput!] = []
  ): MetafieldConnection!
}
type Mutation {
  fetchTokensForUser(consentToken: String, publicId: String): FetchTokensForUserPayload
}
"The authenticated user; a field whose scope the token lacks is null"
type User {
  avatar: String  email: String  emailVerified: Boolean  familyName: String  givenName: String
  name: String  phone: String  phoneVerified: Boolean  sub: String
}
input CustomDataKeyPairInput { key: String!  namespace: String }
interface CustomDataPermissible { key: String!  namespace: String }
type MetafieldDefinition implements CustomDataPermissible { key: String!  namespace: String }
type Metafield { definition: MetafieldDefinition!  ownerType: CustomDataOwnerType!  value: String! }
enum CustomDataOwnerType { SHOP_USER }
type MetafieldConnection { edges: [MetafieldEdge!]!  nodes: [Metafield!]! }
type MetafieldEdge { cursor: String!  node: Metafield! }
type FetchTokensForUserPayload {
  accessToken: String  expiresIn: Int  publicId: String  refreshToken: String  scope: String
  tokenType: String  user: User  userErrors: [FetchTokensForUserUserError!]!
}
type FetchTokensForUserUserError {
  code: FetchTokensForUserUserErrorErrorCode!
  field: [String!]!
  message: String!
}
enum FetchTokensForUserUserErrorErrorCode { INVALID_TOKEN NO_CONSENT NO_USER }
)";

struct Person {
    std::string sub = "u-1";
    std::string email = "ada@example.com";
    std::optional<std::string> phone;
    std::string given_name = "Ada";
    std::string family_name = "Lovelace";
    std::string name = "Ada Lovelace";
};
struct Definition {
    std::string key = "my-membership";
};
struct Metafield {
    Definition definition;
    std::string value = "gold";
};
struct Page {
    std::vector<Metafield> nodes;
};
struct UserError {
    std::string code;
    std::string field;
    std::string message;
};
struct Payload {
    bool is_good = false;
    std::vector<UserError> errors;
};

const Person ada;
const Metafield membership;

void bind_user(Resolvers& resolvers) {
    resolvers.object<Person>("User")
        .field("sub", &Person::sub)
        .field("email", &Person::email)
        .field("emailVerified", [] { return Value::boolean(true); })
        .field("phone", &Person::phone)
        .field("phoneVerified", [] { return Value::null(); })
        .field("givenName", &Person::given_name)
        .field("familyName", &Person::family_name)
        .field("name", &Person::name)
        .field("avatar", [] { return Value::null(); });
}

void bind_metafields(Resolvers& resolvers) {
    resolvers.object<Definition>("MetafieldDefinition")
        .field("key", &Definition::key)
        .field("namespace", [] { return Value::null(); });
    resolvers.object<Metafield>("Metafield")
        .field("definition", &Metafield::definition)
        .field("ownerType", [] { return Value::text("SHOP_USER"); })
        .field("value", &Metafield::value);
    resolvers.object<Page>("MetafieldConnection").field("nodes", &Page::nodes).field("edges", [] {
        return Value::list({});
    });
    resolvers.object<UserError>("MetafieldEdge")
        .field("cursor", &UserError::code)
        .field("node", [] { return Value::object(membership); });
}

void bind_payload(Resolvers& resolvers) {
    const auto token = [](const char* text) {
        return [text](const Payload& it) { return it.is_good ? Value::text(text) : Value(); };
    };
    resolvers.object<Payload>("FetchTokensForUserPayload")
        .field("accessToken", token("a"))
        .field("refreshToken", token("r"))
        .field("publicId", token("p-1"))
        .field("scope", token("email"))
        .field("tokenType", token("Bearer"))
        .field("expiresIn",
               [](const Payload& it) { return it.is_good ? Value::integer(3600) : Value(); })
        .field("user", [](const Payload& it) { return it.is_good ? Value::object(ada) : Value(); })
        .field("userErrors", &Payload::errors);
    resolvers.object<UserError>("FetchTokensForUserUserError")
        .field("code", &UserError::code)
        .field("field", [](const UserError& it) { return Value::list({Value::text(it.field)}); })
        .field("message", &UserError::message);
}

Resolvers shop_resolvers() {
    Resolvers resolvers;
    resolvers.root("Query")
        .field("user",
               [](Call& call) -> Result<Value> {
                   if (call.context<ShopContext>().signed_ == Signed::out) {
                       return fail(ErrorCode::unauthenticated, "Unauthorized");
                   }
                   return Value::object(ada);
               })
        .field("metafield",
               [](Call& call) {
                   const auto key = call.argument("identifier").field("key").as<std::string_view>();
                   return key == "my-membership" ? Value::object(membership) : Value();
               })
        .field("metafields", [](Call& call) {
            const auto first = call.argument<std::optional<std::int64_t>>("first");
            Page page;
            if (first.value_or(1) > 0) page.nodes.push_back(membership);
            return Value::make_object(std::move(page));
        });
    resolvers.root("Mutation").field("fetchTokensForUser", [](Call& call) {
        Payload payload;
        payload.is_good = call.argument<std::optional<std::string_view>>("consentToken") == "good";
        if (!payload.is_good) payload.errors = {{"NO_USER", "publicId", "No such user."}};
        return Value::make_object(std::move(payload));
    });
    bind_user(resolvers);
    bind_metafields(resolvers);
    bind_payload(resolvers);
    return resolvers;
}

}  // namespace

std::string_view shop_sdl() { return sdl; }

std::unique_ptr<Engine> make_shop(EngineOptions options) {
    auto schema = Schema::build(std::array{sdl}, shop_resolvers());
    if (!schema) {
        std::fputs(schema.error().detail.c_str(), stderr);
        std::abort();
    }
    return std::make_unique<Engine>(*std::move(schema), std::move(options));
}

std::string run_on(const Engine& engine, std::string_view query, std::string_view variables,
                   Signed signed_in) {
    std::string out;
    auto plan = engine.prepare(query);
    if (!plan) {
        append_response(out, plan.error());
        return out;
    }
    ShopContext context{signed_in};
    engine.execute(**plan, json::parse(variables).value(), context, out);
    return out;
}

std::string run_shop(std::string_view query, std::string_view variables, Signed signed_in) {
    static const std::unique_ptr<Engine> shop = make_shop();
    return run_on(*shop, query, variables, signed_in);
}

}  // namespace latchkey::graphql
