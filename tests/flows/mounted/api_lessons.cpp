// The GraphQL APIs: each field of Mutation is a way of writing of its own.

#include <algorithm>

#include "tests/flows/mounted/lessons.hpp"

namespace latchkey::testing {
namespace {

constexpr std::string_view partners_path = "/api/{version}/partners/graphql.json";
constexpr std::string_view users_path = "/api/{version}/users/graphql.json";

const Withdrawal app_secret{"the app's secret",
                            [](Scene& scene) { scene.execute("DELETE FROM client_secrets"); },
                            {401, "Client authentication failed"}};
const Withdrawal connection{
    "the connection",
    [](Scene& scene) {
        scene.execute("UPDATE connections SET revocations = revocations + 1, state = 2");
    },
    {401, "The access token is not valid"}};

/// Of a person who has not come back since: everything that they agreed to is withdrawn.
const Withdrawal agreement{
    "what the person agreed to",
    [](Scene& scene) {
        scene.execute(
            "INSERT INTO connections (user_id, client_id, state, revocations, scopes, created_at, "
            "updated_at) SELECT users.id, clients.id, 2, 1, '', 0, 0 FROM users, clients");
    },
    {200, R"("userErrors":[{"message")"},
    {"consumed_consent_ids", "audit"},
    "consentToken"};
Withdrawal connection_of(std::string_view in_body, std::string shows) {
    return {"the connection", connection.withdraw, {200, std::move(shows)}, {}, in_body};
}

using Query = std::function<std::string(Scene&)>;

/// A mutation by an app, at `latest` unless only `unstable` has it.
Lesson by_app(std::string name, Query query, std::string shows, Rows rows = Rows::changed) {
    return {
        .name = std::move(name),
        .method = http::Method::post,
        .pattern = partners_path,
        .half = Half::writes,
        .prepare = [query = std::move(query)](
                       Scene& scene) { return scene.partners("mutation{" + query(scene) + "}"); },
        .answer = {200, std::move(shows)},
        .withdrawals = {app_secret},
        .rows = rows};
}

Lesson by_person(std::string name, std::string mutation, std::string shows) {
    return {
        .name = std::move(name),
        .method = http::Method::post,
        .pattern = users_path,
        .half = Half::writes,
        .prepare =
            [mutation = std::move(mutation)](Scene& scene) {
                const TokenTexts tokens = scene.exchange();
                (void)scene.call(scene.partners(
                    R"(mutation{metafieldDefinitionCreate(definition:{key:"score",name:"N",)"
                    R"(description:"",type:"number_integer"}){userErrors{message}}})"));
                (void)scene.call(scene.users(
                    tokens.access,
                    R"(mutation{metafieldsSet(metafields:[{identifier:{key:"score"},value:"1"}]))"
                    R"({userErrors{message}}})"));
                return scene.users(tokens.access, "mutation{" + mutation + "}");
            },
        .answer = {200, std::move(shows)},
        .withdrawals = {connection}};
}

/// The other forms of a path that has lessons: by GET, which reads, and without a version.
void add_forms(std::vector<Lesson>& lessons, std::string_view pattern, const std::string& target,
               const Lesson& query) {
    for (const http::Method method : {http::Method::get, http::Method::post}) {
        Lesson lesson = query;
        const bool is_get = method == http::Method::get;
        lesson.name += is_get ? "ByGet" : "ByPost";
        lesson.method = method;
        lesson.pattern = pattern;
        lesson.half = Half::reads;
        lesson.prepare = [make = query.prepare, target, is_get](Scene& scene) {
            Sent sent = make(scene);
            sent.method = is_get ? http::Method::get : http::Method::post;
            sent.target = is_get ? target + "?query=%7B__typename%7D" : target;
            if (is_get) sent.body.clear();
            return sent;
        };
        lessons.push_back(std::move(lesson));
    }
}

/// A mutation by the URL that names no version.
Lesson without_version(Lesson lesson, std::string_view pattern) {
    lesson.name += "WithoutVersion";
    lesson.pattern = pattern;
    lesson.prepare = [make = lesson.prepare, target = std::string(pattern)](Scene& scene) {
        Sent sent = make(scene);
        sent.target = target;
        return sent;
    };
    return lesson;
}

std::string define_score(Scene& /*scene*/) {
    return R"(metafieldDefinitionCreate(definition:{key:"score",name:"N",description:"",)"
           R"(type:"number_integer",access:{default:READ}}))"
           R"({createdDefinition{key access{default}}userErrors{message}})";
}
std::string create_loyalty(Scene& /*scene*/) {
    return R"(metafieldNamespaceCreate(namespace:{key:"loyalty",name:"N",description:"",)"
           R"(access:{default:READ}}){createdNamespace{key access{default}}userErrors{message}})";
}
/// `query` after another mutation.
Query after(Query first, std::string query) {
    return [first = std::move(first), query = std::move(query)](Scene& scene) {
        (void)scene.call(scene.partners("mutation{" + first(scene) + "}"));
        return query;
    };
}

std::string partner_gid(const Scene& scene) {
    return "gid://shopify/Client/" + scene.partner.client_id;
}

std::string grant_partner(Scene& scene) {
    (void)scene.call(scene.partners("mutation{" + define_score(scene) + "}"));
    return R"(metafieldAccessGrant(identifier:{key:"score"},key:"theirs",)"
           R"(access:{grants:[{grant:WRITE,granteeId:")" +
           partner_gid(scene) + R"("}]}){userErrors{message}})";
}

std::vector<Lesson> token_lessons() {
    std::vector<Lesson> lessons = {
        by_app(
            "fetchTokensForUser",
            [](Scene& scene) {
                return "fetchTokensForUser(consentToken:\"" + scene.consent_token() +
                       "\"){accessToken user{email}userErrors{message}}";
            },
            R"("user":{"email":"ada@example.com"},"userErrors":[])"),
        by_app(
            "fetchCustomDataTokenForUser",
            [](Scene& scene) {
                (void)scene.exchange();
                return std::string(R"(fetchCustomDataTokenForUser(email:"ada@example.com"))"
                                   R"({tokenType userErrors{message}})");
            },
            R"("tokenType":"Bearer","userErrors":[])"),
        by_app(
            "refreshTokens",
            [](Scene& scene) {
                return "refreshTokens(refreshToken:\"" + scene.exchange().refresh +
                       "\"){tokenType userErrors{message}}";
            },
            R"("tokenType":"Bearer","userErrors":[])"),
        by_app(
            "fetchTokensForUserByPublicId",
            [](Scene& scene) {
                return "fetchTokensForUser(publicId:\"" + scene.exchange().public_id +
                       "\"){accessToken user{email}userErrors{message}}";
            },
            R"("user":{"email":"ada@example.com"},"userErrors":[])"),
        by_app(
            "revokeConnection",
            [](Scene& scene) {
                return "revokeConnection(publicId:\"" + scene.exchange().public_id +
                       "\"){revoked userErrors{message}}";
            },
            R"("revoked":true,"userErrors":[])"),
    };
    for (Lesson& lesson : lessons) {
        if (lesson.name.starts_with("fetch")) lesson.moment = Moment::told;
    }
    const std::string refused = R"("userErrors":[{"message")";
    const std::pair<std::string_view, Withdrawal> withdrawals[] = {
        {"fetchTokensForUser", agreement},
        {"fetchTokensForUserByPublicId", connection_of("publicId", refused)},
        {"refreshTokens", connection_of("refreshToken", refused)},
        {"revokeConnection", connection_of("publicId", R"("revoked":false)")}};
    for (const auto& [name, withdrawal] : withdrawals) {
        std::ranges::find(lessons, name, &Lesson::name)->withdrawals.push_back(withdrawal);
    }
    return lessons;
}

std::vector<Lesson> metafield_lessons() {
    return {
        by_app(
            "metafieldDefinitionCreate", define_score,
            R"("createdDefinition":{"key":"score","access":{"default":"READ"}},"userErrors":[])"),
        by_app(
            "metafieldDefinitionUpdate",
            after(define_score, R"(metafieldDefinitionUpdate(definition:{identifier:{key:"score"},)"
                                R"(key:"points"}){updatedDefinition{key}userErrors{message}})"),
            R"("updatedDefinition":{"key":"points"},"userErrors":[])"),
        by_app("metafieldDefinitionDelete",
               after(define_score, R"(metafieldDefinitionDelete(identifier:{key:"score"}))"
                                   R"({deletedDefinition{key}userErrors{message}})"),
               R"("deletedDefinition":{"key":"score"},"userErrors":[])"),
        by_app(
            "standardMetafieldDefinitionEnable",
            [](Scene&) {
                return std::string(R"(standardMetafieldDefinitionEnable(key:"k",namespace:"n"))"
                                   R"({userErrors{message}})");
            },
            "no standard metafield definitions", Rows::same),
        by_app(
            "metafieldNamespaceCreate", create_loyalty,
            R"("createdNamespace":{"key":"loyalty","access":{"default":"READ"}},"userErrors":[])"),
        by_app("metafieldNamespaceUpdate",
               after(create_loyalty,
                     R"(metafieldNamespaceUpdate(namespace:{identifier:{key:"loyalty"},)"
                     R"(name:"M"}){updatedNamespace{name}userErrors{message}})"),
               R"("updatedNamespace":{"name":"M"},"userErrors":[])"),
        by_app("metafieldNamespaceDelete",
               after(create_loyalty, R"(metafieldNamespaceDelete(identifier:{key:"loyalty"}))"
                                     R"({deletedNamespace{key}userErrors{message}})"),
               R"("deletedNamespace":{"key":"loyalty"},"userErrors":[])"),
        by_app("metafieldAccessGrant", grant_partner, R"("userErrors":[])"),
        by_app(
            "metafieldAccessRevoke",
            [](Scene& scene) {
                (void)scene.call(scene.partners("mutation{" + grant_partner(scene) + "}"));
                return R"(metafieldAccessRevoke(identifier:{key:"score"},targets:[{granteeId:")" +
                       partner_gid(scene) + R"("}]){userErrors{message}})";
            },
            R"("userErrors":[])"),
    };
}

}  // namespace

std::vector<Lesson> partners_lessons() {
    std::vector<Lesson> lessons = token_lessons();
    for (Lesson& lesson : metafield_lessons()) lessons.push_back(std::move(lesson));
    lessons.push_back(without_version(lessons.front(), "/api/partners/graphql.json"));
    const Lesson query{.name = "PartnersQuery",
                       .prepare = [](Scene& scene) { return scene.partners("{__typename}"); },
                       .answer = {200, R"({"data":{"__typename":"Query"}})"},
                       .withdrawals = {app_secret}};
    add_forms(lessons, partners_path, "/api/latest/partners/graphql.json", query);
    Lesson plain = query;
    plain.name += "WithoutVersion";
    add_forms(lessons, "/api/partners/graphql.json", "/api/partners/graphql.json", plain);
    return lessons;
}

std::vector<Lesson> users_lessons() {
    std::vector<Lesson> lessons = {
        by_person("metafieldsSet",
                  R"(metafieldsSet(metafields:[{identifier:{key:"score"},value:"7"}]))"
                  R"({metafields{value definition{access{default}}}userErrors{message}})",
                  R"("metafields":[{"value":"7","definition":{"access":{"default":null}}}])"),
        by_person("metafieldDelete",
                  R"(metafieldDelete(identifier:{key:"score"}))"
                  R"({deletedMetafield{value}userErrors{message}})",
                  R"("deletedMetafield":{"value":"1"},"userErrors":[])"),
        by_person("metafieldsDelete",
                  R"(metafieldsDelete(identifiers:[{key:"score"}]))"
                  R"({deletedMetafields{value}userErrors{message}})",
                  R"("deletedMetafields":[{"value":"1"}],"userErrors":[])"),
    };
    lessons.push_back(without_version(lessons.front(), "/api/users/graphql.json"));
    const Lesson query{
        .name = "UsersQuery",
        .prepare =
            [](Scene& scene) { return scene.users(scene.exchange().access, "{__typename}"); },
        .answer = {200, R"({"data":{"__typename":"Query"}})"},
        .withdrawals = {connection}};
    add_forms(lessons, users_path, "/api/latest/users/graphql.json", query);
    Lesson plain = query;
    plain.name += "WithoutVersion";
    add_forms(lessons, "/api/users/graphql.json", "/api/users/graphql.json", plain);
    return lessons;
}

}  // namespace latchkey::testing
