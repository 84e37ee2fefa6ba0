#include "apps/latchkey/application.hpp"

#include <fstream>

#include "apps/latchkey/brand.hpp"
#include "apps/latchkey/housekeeping.hpp"
#include "apps/latchkey/key_keeper.hpp"
#include "apps/latchkey/routes.hpp"
#include "apps/latchkey/store_access.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "http/chain.hpp"
#include "http/router.hpp"
#include "mail/code_mail.hpp"
#include "mail/mail_sender.hpp"
#include "net/server.hpp"
#include "people/email_codes.hpp"
#include "webhooks/sender.hpp"

namespace latchkey::app {
namespace {

http::Transport transport_of(const config::ServerConfig& config) {
    return config.public_url.starts_with("https://") ? http::Transport::https
                                                     : http::Transport::loopback_http;
}

Result<Secret> read_password(const std::string& path) {
    if (path.empty()) return Secret();
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) {
        return fail(ErrorCode::not_found, "The SMTP password cannot be read.",
                    "smtp.password_file: cannot read a line from " + path);
    }
    return Secret(std::move(line));
}

Result<std::unique_ptr<http_client::MailSession>> make_mail_session(const config::Smtp& smtp) {
    http_client::MailServer server;
    server.url = smtp.url;
    server.user = smtp.username;
    server.password = TRY(read_password(smtp.password_file));
    server.ca_file = smtp.ca_file;
    const bool on_loopback =
        smtp.url.starts_with("smtp://127.") || smtp.url.starts_with("smtp://localhost");
    const bool may_do_without = smtp.tls.empty() ? on_loopback : smtp.tls == "optional";
    if (may_do_without) server.tls = http_client::MailServer::Tls::optional;
    return std::make_unique<http_client::MailSession>(std::move(server));
}

std::unique_ptr<webhooks::Sender> make_webhook_sender(World& world, database::WriteLane& lane,
                                                      Mode mode, Log& log) {
    http_client::Policy policy;
    if (mode == Mode::development) policy.addresses = http_client::AddressPolicy::any;
    const webhooks::Sender::Services services{.database = world.database(),
                                              .lane = lane,
                                              .keys = world.keys(),
                                              .public_ids = world.services().realm.public_ids,
                                              .clock = world.clock(),
                                              .random = world.random(),
                                              .log = log};
    return std::make_unique<webhooks::Sender>(services, std::move(policy));
}

}  // namespace

// In the order in which they depend on each other: destruction runs backwards. The mail sender
// comes before the store's lane, whose last effects may wake it, so it is stopped before either
// goes.
struct Application::Parts {
    World& world;
    Log& log;
    endpoints::SignInOptions sign_in_options;
    mail::OutboxCodeMailer code_mailer;
    people::EmailCodes codes;
    webauthn::RelyingParty relying_party;
    webauthn::Passkeys passkeys;
    people::AppReads app_reads;
    Engines engines;
    http::Router router;
    http::Handler handler;
    http::ChainOptions chain;
    std::unique_ptr<http_client::MailSession> mail_session;
    std::unique_ptr<mail::MailSender> mail_sender;
    StoreAccess store;
    std::unique_ptr<webhooks::Sender> webhook_sender;
    store::Retention retention;
    std::unique_ptr<jobs::Upkeep> housekeeping;
    std::unique_ptr<jobs::Upkeep> key_keeper;

    Parts(World& its_world, const config::ServerConfig& config, branding::Brand brand, Log& its_log)
        : world(its_world),
          log(its_log),
          sign_in_options{std::move(brand), config.public_url, transport_of(config),
                          config.lifetimes.session},
          code_mailer(world.keys(), config.brand.name,
                      [this] {
                          if (mail_sender) mail_sender->wake();
                      }),
          codes({world.keys(), world.random(), code_mailer}),
          relying_party{config.passkey_rp_id, config.public_url, config.brand.name},
          passkeys({world.keys(), world.random(), relying_party}),
          store(world.database(), its_log),
          retention{.audit = config.lifetimes.audit} {}
};

Result<std::unique_ptr<Application>> Application::make(World& world,
                                                       const config::ServerConfig& config,
                                                       Mode mode, Log& log) {
    auto brand = TRY(load_brand(config.brand));
    auto parts = std::make_unique<Parts>(world, config, std::move(brand), log);
    parts->engines = TRY(make_engines(mode, log));
    mount_routes(parts->router, {.services = world.services(),
                                 .codes = parts->codes,
                                 .passkeys = parts->passkeys,
                                 .app_reads = parts->app_reads,
                                 .sign_in_options = parts->sign_in_options,
                                 .engines = parts->engines,
                                 .mode = mode,
                                 .graphiql = config.graphiql});
    const http::Router& router = parts->router;
    parts->handler = [&router](const http::Request& request) { return router.handle(request); };
    parts->chain.observers.emplace_back([&world] { return world.board().make_observer(); });
    parts->chain.transport = parts->sign_in_options.transport;
    parts->chain.report_bug = [&log](std::string_view request_id, std::string_view what) {
        log.write(LogLevel::error, "bug", {{"id", request_id}, {"what", what}});
    };
    if (!config.smtp.url.empty() && mode == Mode::production) {
        parts->mail_session = TRY(make_mail_session(config.smtp));
        const mail::MailSender::Services services{.database = world.database(),
                                                  .lane = parts->store.lane(),
                                                  .keys = world.keys(),
                                                  .clock = world.clock(),
                                                  .random = world.random(),
                                                  .session = *parts->mail_session,
                                                  .log = log};
        parts->mail_sender = std::make_unique<mail::MailSender>(
            services, mail::Sender{config.smtp.from, config.brand.name});
    } else if (mode == Mode::production) {
        log.write(LogLevel::warning, "mail.off",
                  {{"hint", "no [smtp] url is configured: nobody can receive a sign-in code"}});
    }
    parts->webhook_sender = make_webhook_sender(world, parts->store.lane(), mode, log);
    return std::unique_ptr<Application>(new Application(std::move(parts)));
}

Application::Application(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Application::~Application() {
    if (parts_->mail_sender) parts_->mail_sender->stop();
}

const http::Handler& Application::handler() const noexcept { return parts_->handler; }

const http::ChainOptions& Application::chain() const noexcept { return parts_->chain; }

net::Storage& Application::storage() noexcept { return parts_->store; }

std::vector<http::Router::Route> Application::routes() const { return parts_->router.routes(); }

void Application::start_background() {
    if (parts_->mail_sender) parts_->mail_sender->start();
    parts_->webhook_sender->start();
    parts_->housekeeping = make_housekeeping(
        {parts_->world.database(), parts_->store.lane(), parts_->world.clock(), parts_->log},
        parts_->app_reads, parts_->retention);
    parts_->housekeeping->start();
    parts_->key_keeper = make_key_keeper(parts_->world, parts_->store.lane(), parts_->log);
    parts_->key_keeper->start();
}

}  // namespace latchkey::app
