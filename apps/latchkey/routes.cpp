#include "apps/latchkey/routes.hpp"

#include "api/partners/api.hpp"
#include "api/users/api.hpp"
#include "embedded/page_scripts.hpp"
#include "endpoints/account/account.hpp"
#include "endpoints/dev/mailbox.hpp"
#include "endpoints/graphql/apis.hpp"
#include "endpoints/graphql/graphiql.hpp"
#include "endpoints/oauth/routes.hpp"
#include "endpoints/sdk/calls.hpp"
#include "endpoints/sdk/sdk.hpp"
#include "endpoints/site/front_page.hpp"
#include "endpoints/site/logos.hpp"
#include "pages/assets.hpp"

namespace latchkey::app {
namespace {

using http::Method;

/// For a browser's window: a sentence, and no page that could fail in turn.
http::Response page_refusal(int status, Literal /*code*/, Literal message) {
    return http::text_response(status, std::string(message.view()))
        .with("Cache-Control", "no-store");
}

http::Handler health() {
    return [](const http::Request&) -> http::Reply {
        return http::json_response(200, R"({"status":"ok"})").with("Cache-Control", "no-store");
    };
}

http::Handler page_files() {
    auto files = pages::page_assets();
    for (const embedded::File& script : embedded::page_scripts()) {
        files.push_back({script.name, script.contents});
    }
    return pages::assets(std::move(files));
}

void mount_apis(http::Router& router, const RouteServices& with) {
    const auto partners = endpoints::partners_graphql(
        {.realm = with.services.realm,
         .ports = with.services.ports,
         .secret_uses = with.services.secret_uses,
         .engines = {*with.engines.partners_latest, *with.engines.partners_unstable}});
    const auto users = endpoints::users_graphql(
        {.realm = with.services.realm,
         .ports = with.services.ports,
         .reads = with.app_reads,
         .engines = {*with.engines.users_latest, *with.engines.users_unstable}});
    for (const Method method : {Method::get, Method::post}) {
        router.add(method, "/api/partners/graphql.json", partners);
        router.add(method, "/api/{version}/partners/graphql.json", partners);
        router.add(method, "/api/users/graphql.json", users);
        router.add(method, "/api/{version}/users/graphql.json", users);
    }
}

endpoints::SignInServices sign_in_services(const RouteServices& with) {
    return {with.services, with.codes, with.passkeys, with.sign_in_options};
}

void mount_account(http::Router& router, const RouteServices& with) {
    const endpoints::SignInServices account = sign_in_services(with);
    const auto post = [&router](Literal path, http::Handler handler) {
        router.add(Method::post, path, std::move(handler));
    };
    router.add(Method::get, "/account", endpoints::account_page(account));
    router.add(Method::get, "/account/email", endpoints::account_email_page(account));
    router.add(Method::get, "/account/delete", endpoints::account_delete_page(account));
    post("/account/apps/disconnect", endpoints::account_disconnect(account));
    post("/account/details", endpoints::account_details(account));
    post("/account/email", endpoints::account_email(account));
    post("/account/email/code", endpoints::account_email_code(account));
    post("/account/passkeys/add", endpoints::account_add_passkey(account));
    post("/account/passkeys/rename", endpoints::account_rename_passkey(account));
    post("/account/passkeys/remove", endpoints::account_remove_passkey(account));
    post("/account/sessions/end", endpoints::account_end_session(account));
    post("/account/sessions/end-others", endpoints::account_end_others(account));
    post("/account/sign-out", endpoints::account_sign_out(account));
    post("/account/data", endpoints::account_data(account));
    post("/account/delete", endpoints::account_delete(account));
}

void mount_sign_in(http::Router& router, const RouteServices& with) {
    const endpoints::SignInServices sign_in = sign_in_services(with);
    router.add(Method::get, "/sign-in", endpoints::sign_in_page(sign_in));
    router.add(Method::get, "/sign-in/link", endpoints::sign_in_link(sign_in));
    router.add(Method::post, "/sign-in/email", endpoints::sign_in_email(sign_in));
    router.add(Method::post, "/sign-in/code", endpoints::sign_in_code(sign_in));
    router.add(Method::post, "/sign-in/passkey", endpoints::sign_in_passkey(sign_in));
    router.add(Method::post, "/sign-in/name", endpoints::sign_in_name(sign_in));
    router.add(Method::post, "/sign-in/consent", endpoints::sign_in_consent(sign_in));
    router.add(Method::get, "/assets/{file}", page_files());
    router.add(Method::get, "/brand/{version}", endpoints::brand_logos(sign_in.options.brand));
    router.add(Method::get, "/app-logos/{client_id}/{version}",
               endpoints::app_logos(with.services.database));
}

void mount_sdk(http::Router& router, const RouteServices& with) {
    router.add(Method::get, "/sdk/config.json", endpoints::sdk_config(with.sign_in_options.brand));
    router.add(Method::post, "/sdk/recognition",
               endpoints::sdk_recognition(sign_in_services(with)));
    router.add(Method::post, "/sdk/result", endpoints::sdk_result(sign_in_services(with)));
    router.add(Method::get, "/sdk/{file}", endpoints::sdk_files());
    // Where pages written for the Shop platform load it from: the base URL is all that changes.
    router.add(Method::get, "/shopifycloud/shop-js/modules/v2/{file}", endpoints::sdk_files());
}

void mount_development(http::Router& router, const RouteServices& with) {
    router.add(
        Method::get, "/",
        endpoints::development_front_page(with.sign_in_options.brand, with.services.ports.random));
    router.add(Method::get, "/dev/mailbox",
               endpoints::dev_mailbox({with.services.database, with.services.realm.keys,
                                       with.services.ports.random, with.sign_in_options.brand}));
}

bool serves_graphiql(const RouteServices& with) {
    switch (with.graphiql) {
        case config::Graphiql::in_development: return with.mode == Mode::development;
        case config::Graphiql::always: return true;
        case config::Graphiql::never: return false;
    }
    return false;
}

void mount_graphiql(http::Router& router) {
    const auto partners =
        endpoints::graphiql_page({"Partners", "/api/latest/partners/graphql.json"});
    const auto users = endpoints::graphiql_page({"Users", "/api/latest/users/graphql.json"});
    router.add(Method::get, "/api/partners/graphiql", partners);
    router.add(Method::get, "/api/latest/partners/graphiql", partners);
    router.add(Method::get, "/api/unstable/partners/graphiql",
               endpoints::graphiql_page({"Partners", "/api/unstable/partners/graphql.json"}));
    router.add(Method::get, "/api/users/graphiql", users);
    router.add(Method::get, "/api/latest/users/graphiql", users);
    router.add(Method::get, "/api/unstable/users/graphiql",
               endpoints::graphiql_page({"Users", "/api/unstable/users/graphql.json"}));
    router.add(Method::get, "/graphiql/{file}", endpoints::graphiql_files());
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

void mount_routes(http::Router& router, const RouteServices& with) {
    router.refuse_in("/", page_refusal);
    router.refuse_in("/api/", http::error_response);
    router.refuse_in("/sdk/", http::error_response);
    endpoints::add_oauth_routes(
        router, {with.services.realm, with.services.ports, with.services.secret_uses});
    router.add(Method::get, "/healthz", health());
    mount_apis(router, with);
    mount_sign_in(router, with);
    mount_account(router, with);
    mount_sdk(router, with);
    if (with.mode == Mode::development) {
        mount_development(router, with);
    } else {
        router.add(Method::get, "/", endpoints::front_page());
    }
    if (serves_graphiql(with)) mount_graphiql(router);
}

}  // namespace latchkey::app
