#pragma once

// The server without its sockets: every part made once and wired by reference. The serve command
// puts net::Server in front of it; the flow tests call its handler directly.

#include <memory>
#include <vector>

#include "apps/latchkey/installation.hpp"
#include "apps/latchkey/routes.hpp"
#include "base/log.hpp"
#include "config/server_config.hpp"
#include "http/chain.hpp"
#include "http/message.hpp"
#include "http/router.hpp"
#include "net/server.hpp"

namespace latchkey::app {

class Application {
public:
    /// Errors: invalid_argument (a schema without its resolvers: a bug of the build), and those of
    /// reading the SMTP password.
    [[nodiscard]] static Result<std::unique_ptr<Application>> make(
        Installation& installation, const config::ServerConfig& config, Mode mode, Log& log);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// Every route of every realm, and what goes around all of them.
    [[nodiscard]] const http::Handler& handler() const noexcept;
    [[nodiscard]] const http::ChainOptions& chain() const noexcept;
    /// Where the reads and writes that the handler hands over run; as net::ServerOptions::storage.
    [[nodiscard]] net::Storage& storage() noexcept;
    /// Serves the realms that were made since, by whichever process, and those that were deleted no
    /// longer; the key keeper does it now and then. One that cannot be served is refused by itself,
    /// in the log, and tried again. Errors: those of the store.
    [[nodiscard]] Result<void> serve_new_realms();
    /// What is mounted for the realm of this name; null: none is served.
    [[nodiscard]] const http::Router* find_routes(std::string_view realm_name) const noexcept;
    /// The mount list, the same for every realm, for a test that must not forget a route.
    [[nodiscard]] std::vector<http::Router::Route> routes() const;
    /// Starts what works in the background: mail, housekeeping.
    void start_background();

private:
    struct Parts;
    explicit Application(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace latchkey::app
