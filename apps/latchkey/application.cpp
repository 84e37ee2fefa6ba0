#include "apps/latchkey/application.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <vector>

#include "apps/latchkey/hosts.hpp"
#include "apps/latchkey/housekeeping.hpp"
#include "apps/latchkey/key_keeper.hpp"
#include "apps/latchkey/realm_site.hpp"
#include "apps/latchkey/store_access.hpp"
#include "endpoints/forms.hpp"
#include "http/chain.hpp"
#include "mail/mail_sender.hpp"
#include "net/server.hpp"
#include "webhooks/sender.hpp"

namespace latchkey::app {
namespace {

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

bool may_do_without_tls(const config::Smtp& smtp) {
    switch (smtp.tls) {
        case config::SmtpTls::required: return false;
        case config::SmtpTls::optional: return true;
        case config::SmtpTls::by_place:
            return smtp.url.starts_with("smtp://127.") || smtp.url.starts_with("smtp://localhost");
    }
    return false;
}

Result<std::unique_ptr<http_client::MailSession>> make_mail_session(const config::Smtp& smtp) {
    http_client::MailServer server;
    server.url = smtp.url;
    server.user = smtp.username;
    server.password = TRY(read_password(smtp.password_file));
    server.ca_file = smtp.ca_file;
    if (may_do_without_tls(smtp)) server.tls = http_client::MailServer::Tls::optional;
    return std::make_unique<http_client::MailSession>(std::move(server));
}

std::unique_ptr<webhooks::Sender> make_webhook_sender(Installation& installation,
                                                      database::WriteLane& lane, Mode mode,
                                                      Log& log) {
    http_client::Policy policy;
    if (mode == Mode::development) policy.addresses = http_client::AddressPolicy::any;
    const webhooks::Sender::Services services{.database = installation.database(),
                                              .lane = lane,
                                              .realms = installation.realms(),
                                              .clock = installation.clock(),
                                              .random = installation.random(),
                                              .log = log};
    return std::make_unique<webhooks::Sender>(services, std::move(policy));
}

/// What an operator can do about a realm that is not served.
std::string_view hint_for(ErrorCode refused) {
    if (refused == ErrorCode::conflict) {
        return "this realm is not served, its host is another realm's: delete it: latchkey realm "
               "delete";
    }
    return "this realm is not served, its host answers 421: set it right and it is served within "
           "15 seconds, or delete it: latchkey realm delete";
}

}  // namespace

// In the order in which they depend on each other: destruction runs backwards. The mail sender
// comes before the store's lane, whose last effects may wake it, so it is stopped before either
// goes.
struct Application::Parts {
    Installation& installation;
    Log& log;
    people::AppReads app_reads;
    Engines engines;
    SharedParts shared;
    std::vector<std::unique_ptr<RealmSite>> sites;
    std::map<std::string, std::string> refused;  // realms that are not served, and why
    Hosts hosts;
    http::Handler handler;
    http::ChainOptions chain;
    std::unique_ptr<http_client::MailSession> mail_session;
    std::unique_ptr<mail::MailSender> mail_sender;
    StoreAccess store;
    std::unique_ptr<webhooks::Sender> webhook_sender;
    store::Retention retention;
    std::unique_ptr<jobs::Upkeep> housekeeping;
    std::unique_ptr<jobs::Upkeep> key_keeper;

    Parts(Installation& its_installation, const config::ServerConfig& config, Mode mode,
          Log& its_log)
        : installation(its_installation),
          log(its_log),
          shared{.ports = installation.ports(),
                 .secret_uses = installation.secret_uses(),
                 .app_reads = app_reads,
                 .engines = engines,
                 .mode = mode,
                 .graphiql = config.graphiql,
                 .on_waiting_mail =
                     [this] {
                         if (mail_sender) mail_sender->wake();
                     }},
          handler([this](const http::Request& request) { return hosts.handle(request); }),
          store(installation.database(), its_log),
          retention{.audit = config.audit_retention} {
        chain.observers.emplace_back([this] { return installation.board().make_observer(); });
        chain.transport = endpoints::transport_of(installation.realm());
        chain.report_bug = [this](std::string_view request_id, std::string_view what) {
            log.write(LogLevel::error, "bug", {{"id", request_id}, {"what", what}});
        };
    }

    Result<void> serve(const std::vector<const OpenRealm*>& realms) {
        std::vector<std::unique_ptr<RealmSite>> opened;
        std::vector<Hosts::Addition> additions;
        for (const OpenRealm* realm : realms) {
            const auto& site = opened.emplace_back(std::make_unique<RealmSite>(*realm, shared));
            additions.push_back({site->realm(), site->router()});
        }
        TRY(hosts.add(additions));
        std::ranges::move(opened, std::back_inserter(sites));
        for (const OpenRealm* realm : realms) {
            refused.erase(realm->realm.name);
            if (realm->realm.name.empty()) continue;
            log.write(LogLevel::info, "realm.served",
                      {{"realm", realm->realm.name}, {"url", realm->realm.public_origin}});
            if (installation.has_shared_sender(realm->realm.name)) {
                log.write(
                    LogLevel::warning, "realm.shared_sender",
                    {{"realm", realm->realm.name},
                     {"hint", "its mail comes from [smtp] from: give its section mail_from"}});
            }
        }
        return {};
    }

    /// Its site stays in memory: requests may be in it.
    void stop_serving(const OpenRealm& realm) {
        hosts.remove(realm.realm);
        log.write(LogLevel::info, "realm.gone", {{"realm", realm.realm.name}});
    }

    /// In the log once, and again when the reason is another one.
    void refuse(const RealmsFound::Refused& realm) {
        std::string& reason = refused[realm.name];
        if (reason == realm.error.detail) return;
        reason = realm.error.detail;
        log.write(LogLevel::error, "realm.refused",
                  {{"realm", realm.name},
                   {"code", to_string(realm.error.code)},
                   {"detail", reason},
                   {"hint", hint_for(realm.error.code)}});
    }

    Result<void> take(const RealmsFound& found) {
        if (found.has_others) hosts.expect_others();
        for (const OpenRealm* realm : found.gone) stop_serving(*realm);
        for (const auto& realm : found.refused) refuse(realm);
        TRY(serve(found.opened));
        return {};
    }

    void warn_of(const std::vector<std::string>& sections) {
        for (const std::string& name : sections) {
            log.write(LogLevel::warning, "realm.unknown_section",
                      {{"section", "realm." + name},
                       {"hint", "the configuration names a realm that is not there"}});
        }
    }

    Result<void> make_mail_sender(const config::Smtp& smtp, Mode mode) {
        if (mode == Mode::development) return {};
        if (smtp.url.empty()) {
            log.write(LogLevel::warning, "mail.off",
                      {{"hint", "no [smtp] url is configured: nobody can receive a sign-in code"}});
            return {};
        }
        mail_session = TRY(make_mail_session(smtp));
        mail_sender = std::make_unique<mail::MailSender>(
            mail::MailSender::Services{.database = installation.database(),
                                       .lane = store.lane(),
                                       .realms = installation.realms(),
                                       .clock = installation.clock(),
                                       .random = installation.random(),
                                       .session = *mail_session,
                                       .log = log});
        return {};
    }
};

Result<std::unique_ptr<Application>> Application::make(Installation& installation,
                                                       const config::ServerConfig& config,
                                                       Mode mode, Log& log) {
    auto parts = std::make_unique<Parts>(installation, config, mode, log);
    parts->engines = TRY(make_engines(mode, log));
    TRY(parts->take(installation.first_found()));
    parts->warn_of(installation.first_found().unknown);
    TRY(parts->make_mail_sender(config.smtp, mode));
    parts->webhook_sender = make_webhook_sender(installation, parts->store.lane(), mode, log);
    return std::unique_ptr<Application>(new Application(std::move(parts)));
}

Application::Application(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Application::~Application() {
    if (parts_->mail_sender) parts_->mail_sender->stop();
}

const http::Handler& Application::handler() const noexcept { return parts_->handler; }

const http::ChainOptions& Application::chain() const noexcept { return parts_->chain; }

net::Storage& Application::storage() noexcept { return parts_->store; }

const http::Router* Application::find_routes(std::string_view realm_name) const noexcept {
    const auto named = std::ranges::find(parts_->sites, realm_name,
                                         [](const auto& site) { return site->realm().name; });
    return named == parts_->sites.end() ? nullptr : &(*named)->router();
}

Result<void> Application::serve_new_realms() {
    const auto found = TRY(parts_->installation.look_for_realms());
    return parts_->take(found);
}

std::vector<http::Router::Route> Application::routes() const {
    return parts_->sites.front()->router().routes();
}

void Application::start_background() {
    if (parts_->mail_sender) parts_->mail_sender->start();
    parts_->webhook_sender->start();
    parts_->housekeeping = make_housekeeping({parts_->installation.database(), parts_->store.lane(),
                                              parts_->installation.clock(), parts_->log},
                                             parts_->app_reads, parts_->retention);
    parts_->housekeeping->start();
    parts_->key_keeper = make_key_keeper(parts_->installation, parts_->store.lane(), parts_->log,
                                         [this] { return serve_new_realms(); });
    parts_->key_keeper->start();
}

}  // namespace latchkey::app
