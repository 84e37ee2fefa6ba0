#pragma once

// The mount list: the only place where the protocols' routes meet.

#include <memory>

#include "apps/latchkey/installation.hpp"
#include "base/log.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "graphql/engine.hpp"
#include "http/router.hpp"
#include "people/app_reads.hpp"

namespace latchkey::app {

/// Development shows mail at /dev/mailbox in place of sending it, and serves GraphiQL.
enum class Mode : std::uint8_t { production, development };

/// The two APIs, each in the two versions the contract names.
struct Engines {
    std::unique_ptr<graphql::Engine> partners_latest, partners_unstable;
    std::unique_ptr<graphql::Engine> users_latest, users_unstable;
};

/// Errors: invalid_argument when a schema and its resolvers do not fit, which is a bug.
[[nodiscard]] Result<Engines> make_engines(Mode mode, Log& log);

/// What the routes of a realm are made with. Everything outlives the router.
struct RouteParts {
    endpoints::SignInParts pages;
    clients::SecretUses& secret_uses;
    people::AppReads& app_reads;
    const Engines& engines;
    Mode mode;
    config::Graphiql graphiql;
};
void mount_routes(http::Router& router, const RouteParts& parts);

}  // namespace latchkey::app
