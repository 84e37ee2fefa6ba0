#include "endpoints/graphql/routes.hpp"

#include "endpoints/graphql/graphiql.hpp"

namespace latchkey::endpoints {

using http::Method;

void graphql_routes(http::Router& router, const PartnersApiOptions& partners_options,
                    const UsersApiOptions& users_options) {
    const auto partners = partners_graphql(partners_options);
    const auto users = users_graphql(users_options);
    for (const Method method : {Method::get, Method::post}) {
        router.add(method, "/api/partners/graphql.json", partners);
        router.add(method, "/api/{version}/partners/graphql.json", partners);
        router.add(method, "/api/users/graphql.json", users);
        router.add(method, "/api/{version}/users/graphql.json", users);
    }
}

void graphiql_routes(http::Router& router) {
    const auto partners = graphiql_page({"Partners", "/api/latest/partners/graphql.json"});
    const auto users = graphiql_page({"Users", "/api/latest/users/graphql.json"});
    router.add(Method::get, "/api/partners/graphiql", partners);
    router.add(Method::get, "/api/latest/partners/graphiql", partners);
    router.add(Method::get, "/api/unstable/partners/graphiql",
               graphiql_page({"Partners", "/api/unstable/partners/graphql.json"}));
    router.add(Method::get, "/api/users/graphiql", users);
    router.add(Method::get, "/api/latest/users/graphiql", users);
    router.add(Method::get, "/api/unstable/users/graphiql",
               graphiql_page({"Users", "/api/unstable/users/graphql.json"}));
    router.add(Method::get, "/graphiql/{file}", graphiql_files());
}

}  // namespace latchkey::endpoints
