#pragma once

// The mount list: the only place where handlers meet.

#include <memory>

#include "apps/latchkey/application.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "graphql/engine.hpp"
#include "http/router.hpp"
#include "people/app_reads.hpp"

namespace latchkey::app {

/// The two APIs, each in the two versions the contract names.
struct Engines {
    std::unique_ptr<graphql::Engine> partners_latest, partners_unstable;
    std::unique_ptr<graphql::Engine> users_latest, users_unstable;
};

/// Errors: invalid_argument when a schema and its resolvers do not fit, which is a bug.
[[nodiscard]] Result<Engines> make_engines(Mode mode, Log& log);

struct RouteServices {
    const realm::Services& services;
    people::EmailCodes& codes;
    const webauthn::Passkeys& passkeys;
    people::AppReads& app_reads;
    const endpoints::SignInOptions& sign_in_options;
    const Engines& engines;
    Mode mode;
    config::Graphiql graphiql;
};
void mount_routes(http::Router& router, const RouteServices& with);

}  // namespace latchkey::app
