#include "apps/latchkey/routes.hpp"

#include <string>

#include "api/partners/api.hpp"
#include "api/users/api.hpp"
#include "endpoints/account/routes.hpp"
#include "endpoints/dev/routes.hpp"
#include "endpoints/graphql/routes.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/routes.hpp"
#include "endpoints/sdk/routes.hpp"
#include "endpoints/sign_in/routes.hpp"
#include "endpoints/site/routes.hpp"
#include "http/error_response.hpp"

namespace latchkey::app {
namespace {

/// For a browser's window: a sentence, and no page that could fail in turn.
http::Response page_refusal(int status, Literal /*code*/, Literal message) {
    return http::text_response(status, std::string(message.view()))
        .with("Cache-Control", "no-store");
}

bool serves_graphiql(const RouteParts& parts) {
    switch (parts.graphiql) {
        case config::Graphiql::in_development: return parts.mode == Mode::development;
        case config::Graphiql::always: return true;
        case config::Graphiql::never: return false;
    }
    return false;
}

void mount_graphql(http::Router& router, const RouteParts& parts) {
    const Engines& engines = parts.engines;
    endpoints::graphql_routes(router,
                              {.realm = parts.pages.realm,
                               .ports = parts.pages.ports,
                               .secret_uses = parts.secret_uses,
                               .engines = {*engines.partners_latest, *engines.partners_unstable}},
                              {.realm = parts.pages.realm,
                               .ports = parts.pages.ports,
                               .reads = parts.app_reads,
                               .engines = {*engines.users_latest, *engines.users_unstable}});
}

// Told of every field error that is the server's own fault; the rest is the caller's affair.
api::EngineSettings settings_of(Mode mode, Log& log) {
    api::EngineSettings settings;
    if (mode == Mode::development) settings.suggestions = graphql::Suggestions::on;
    settings.on_field_error = [&log](const graphql::FieldError& failed) {
        if (failed.error.code != ErrorCode::internal) return;
        log.write(LogLevel::error, "graphql.field",
                  {{"coordinate", failed.coordinate}, {"detail", failed.error.detail}});
    };
    return settings;
}

}  // namespace

Result<Engines> make_engines(Mode mode, Log& log) {
    using api::Version;
    Engines engines;
    engines.partners_latest =
        TRY(api::partners::make_engine(Version::latest, settings_of(mode, log)));
    engines.partners_unstable =
        TRY(api::partners::make_engine(Version::unstable, settings_of(mode, log)));
    engines.users_latest = TRY(api::users::make_engine(Version::latest, settings_of(mode, log)));
    engines.users_unstable =
        TRY(api::users::make_engine(Version::unstable, settings_of(mode, log)));
    return engines;
}

void mount_routes(http::Router& router, const RouteParts& parts) {
    const realm::Realm& realm = parts.pages.realm;
    router.refuse_in("/", page_refusal);
    router.refuse_in("/api/", http::error_response);
    router.refuse_in("/sdk/", http::error_response);
    router.refuse_in("/oauth/", endpoints::oauth_refusal);
    mount_graphql(router, parts);
    endpoints::oauth_routes(router, {realm, parts.pages.ports, parts.secret_uses});
    endpoints::sign_in_routes(router, parts.pages);
    endpoints::account_routes(router, parts.pages);
    endpoints::sdk_routes(router, parts.pages);
    endpoints::site_routes(router, realm);
    if (parts.mode == Mode::development) {
        endpoints::dev_routes(router, realm, parts.pages.ports);
    } else {
        endpoints::front_page_route(router);
    }
    if (serves_graphiql(parts)) endpoints::graphiql_routes(router);
}

}  // namespace latchkey::app
