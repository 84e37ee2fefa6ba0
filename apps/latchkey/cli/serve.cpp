// latchkey serve

#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>

#include "apps/latchkey/application.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "net/server.hpp"
#include "net/stop_signal.hpp"

namespace latchkey::cli {
namespace {

Result<config::ServerConfig> configure(const Serve& command) {
    config::ServerConfig config;
    if (!command.config_file.empty()) {
        config = TRY(config::load_config(command.config_file, std::move(config)));
    }
    config.data_dir = command.data_dir;
    if (!command.master_key_file.empty()) config.master_key_file = command.master_key_file;
    if (!command.public_url.empty()) config.public_url = command.public_url;
    if (!command.brand.empty()) config.realm.brand.name = command.brand;
    if (!command.listen.empty()) {
        auto address = TRY(config::parse_listen_address(command.listen));
        config.host = std::move(address.host);
        config.port = address.port;
    }
    return config::complete_config(std::move(config));
}

/// A line of the log for each request.
class RequestLog final : public http::Observer {
public:
    explicit RequestLog(Log& log) : lines_(log) {}
    void request_started() override {}
    void request_finished(const http::RequestFinished& entry) override {
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(entry.duration);
        lines_.add(LogLevel::info, "request",
                   {{"id", entry.request_id},
                    {"method", entry.method_text},
                    {"path", entry.path},
                    {"status", entry.status},
                    {"bytes", entry.response_bytes},
                    {"us", us.count()},
                    {"peer", entry.peer_address}});
    }
    void flush() override { lines_.flush(); }

private:
    LogBatch lines_;
};

net::ServerOptions server_options(const config::ServerConfig& config, app::Application& application,
                                  const app::Environment& environment, Log& log) {
    net::ServerOptions options{.host = config.host,
                               .port = config.port,
                               .threads = config.threads,
                               .tls = std::nullopt,
                               .limits = {},
                               .handler = application.handler(),
                               .storage = application.storage(),
                               .chain = application.chain(),
                               .clock = environment.clock,
                               .random = environment.random};
    if (!config.tls_certificate.empty()) {
        options.tls = net::TlsFiles{config.tls_certificate, config.tls_key};
    }
    options.chain.observers.emplace_back([&log] { return std::make_unique<RequestLog>(log); });
    return options;
}

}  // namespace

Result<void> run(const Serve& command, const app::Environment& environment) {
    // A reader of the log that went away costs lines, not the server.
    std::signal(SIGPIPE, SIG_IGN);
    net::StopSignal stop;
    const config::ServerConfig config = TRY(configure(command));
    Log log(STDERR_FILENO, environment.clock);
    const auto installation = TRY(app::Installation::open(config, environment));
    const auto mode = command.dev ? app::Mode::development : app::Mode::production;
    const auto application = TRY(app::Application::make(*installation, config, mode, log));
    auto server = TRY(net::Server::start(server_options(config, *application, environment, log)));
    application->start_background();

    log.write(LogLevel::info, "serving",
              {{"url", config.public_url}, {"port", server->port()}, {"pid", getpid()}});
    std::printf("Latchkey serves %s (data in %s)\n", config.public_url.c_str(),
                config.data_dir.c_str());
    std::fflush(stdout);
    ::malloc_trim(0);  // what only starting needed

    const int signal = stop.wait();
    log.write(LogLevel::info, "stopping", {{"signal", signal}});
    server->stop();
    const auto counted = installation->board().totals();
    log.write(LogLevel::info, "stopped",
              {{"requests", counted.finished}, {"unheard", counted.unheard}});
    return {};
}

}  // namespace latchkey::cli
