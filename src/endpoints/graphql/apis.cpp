#include "endpoints/graphql/apis.hpp"

#include "api/partners/context.hpp"
#include "api/users/context.hpp"
#include "endpoints/graphql/http.hpp"
#include "endpoints/oauth/bearer_authentication.hpp"
#include "endpoints/oauth/client_authentication.hpp"
#include "http/error_response.hpp"
#include "people/app_reads.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view version_header = "X-Latchkey-API-Version";

struct Api {
    VersionedEngines engines;
    GraphqlAuthenticate authenticate;
    std::string challenge;
    Random& random;
};

http::Handler handler_of(const Api& api, const graphql::Engine& engine, api::Version version) {
    return make_graphql_handler(
        {.engine = engine,
         .authenticate = api.authenticate,
         .www_authenticate = api.challenge,
         .random = api.random,
         .headers = {{version_header, std::string(api::to_string(version))}}});
}

http::Handler by_version(http::Handler latest, http::Handler unstable) {
    return [latest = std::move(latest),
            unstable = std::move(unstable)](const http::Request& request) -> http::Reply {
        const std::string_view name = request.parameters[0];
        const auto version =
            name.empty() ? std::optional(api::Version::latest) : api::find_version(name);
        if (!version) {
            return http::error_response(404, "UNKNOWN_VERSION",
                                        "Unknown API version. Known: latest, unstable.");
        }
        switch (*version) {
            case api::Version::latest: return latest(request);
            case api::Version::unstable: return unstable(request);
        }
        return latest(request);
    };
}

http::Handler versioned(const Api& api) {
    return by_version(handler_of(api, api.engines.latest, api::Version::latest),
                      handler_of(api, api.engines.unstable, api::Version::unstable));
}

}  // namespace

http::Handler partners_graphql(const realm::Services& services, VersionedEngines engines) {
    const auto authenticate = [&services](const http::Request& request) -> Result<GraphqlCaller> {
        const Timestamp now = services.ports.clock.now();
        auto tx = TRY(services.database.read());
        auto client =
            TRY(authenticate_basic(services.realm, *tx, request, now, services.secret_uses));
        return GraphqlCaller(std::make_shared<api::partners::RequestContext>(
            services, std::move(client), now, request.request_id, request.peer_address,
            request.header("Idempotency-Key")));
    };
    return versioned({.engines = engines,
                      .authenticate = authenticate,
                      .challenge = "Basic realm=\"Partners API\", charset=\"UTF-8\"",
                      .random = services.ports.random});
}

http::Handler users_graphql(const realm::Services& services, VersionedEngines engines,
                            people::AppReads& reads) {
    const auto authenticate = [&services,
                               &reads](const http::Request& request) -> Result<GraphqlCaller> {
        const Timestamp now = services.ports.clock.now();
        auto tx = TRY(services.database.read());
        grants::Access access = TRY(authenticate_bearer(services.realm, *tx, request, now));
        if (access.connected) {
            const ConnectionRecord& connection = access.connected->connection;
            reads.note(connection.user_id, connection.client_id, now);
        }
        return GraphqlCaller(std::make_shared<api::users::RequestContext>(
            services, std::move(access), now, request.request_id, request.peer_address));
    };
    return versioned({.engines = engines,
                      .authenticate = authenticate,
                      .challenge = "Bearer realm=\"Users API\"",
                      .random = services.ports.random});
}

}  // namespace latchkey::endpoints
