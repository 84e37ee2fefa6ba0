// latchkey realm create | list | show | delete

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "admin/realms.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

constexpr std::string_view realm_list = "see `latchkey realm list`";

/// The first realm's is unknown until a server has served it.
json::Value::Data url_of(const RealmRecord& realm) {
    if (realm.public_url.empty()) return nullptr;
    return realm.public_url;
}

Fields realm_fields(const RealmRecord& realm) {
    Fields fields;
    fields.add("name", realm.name)
        .add("publicUrl", url_of(realm))
        .add_time("createdAt", realm.created_at);
    return fields;
}

/// A section that was misspelt would be nobody's, silently.
void warn_of_unknown_sections(const app::Installation& installation,
                              const std::vector<RealmRecord>& there) {
    for (const std::string& name : installation.unknown_sections(there)) {
        fmt::print(stderr, "latchkey: [realm.{}] of the configuration: there is no such realm\n",
                   name);
    }
}

/// What the configuration leaves open of a realm that was made just now.
void tell_of_defaults(const RealmCreate& command, const config::ServerConfig& configured,
                      const app::Installation& installation) {
    if (command.config_file.empty()) return;
    const auto section = configured.realms.find(command.name);
    if (section == configured.realms.end()) {
        fmt::print(stderr, "latchkey: no [realm.{}] in {}: the defaults hold, anyone may sign up\n",
                   command.name, command.config_file);
    }
    if (installation.has_shared_sender(command.name)) {
        fmt::print(stderr,
                   "latchkey: its mail comes from {}, as the first realm's does: mail_from in "
                   "[realm.{}] changes that\n",
                   configured.smtp.from, command.name);
    }
}

/// The named realm that is on the first one's host, so that no server starts; null: none is.
const RealmRecord* find_clash(const config::ServerConfig& configured,
                              const std::vector<RealmRecord>& there) {
    const std::string& first =
        configured.public_url.empty() ? there.front().public_url : configured.public_url;
    return admin::find_realm_on_host(there, first);
}

void warn_of_clash(const config::ServerConfig& configured, const std::vector<RealmRecord>& there) {
    const RealmRecord* other = find_clash(configured, there);
    if (other == nullptr) return;
    fmt::print(stderr, "latchkey: the realm {} is on the first realm's host: no server starts so\n",
               other->name);
}

json::Value lifetimes_object(const config::Lifetimes& lifetimes) {
    return Fields()
        .add("accessTokenSeconds", lifetimes.access_token.count())
        .add("consentTokenSeconds", lifetimes.consent_token.count())
        .add("refreshTokenSeconds", lifetimes.refresh_token.count())
        .add("refreshIdleSeconds", lifetimes.refresh_idle.count())
        .add("refreshGraceSeconds", lifetimes.refresh_grace.count())
        .add("sessionSeconds", lifetimes.session.count())
        .value();
}

/// What the configuration says of a realm; nulls if a server would not open it.
void add_setup(Fields& fields, const Result<app::RealmSetup>& setup) {
    if (!setup) {
        for (const char* name : {"signUp", "brand", "passkeyDomain", "mailFrom", "lifetimes"}) {
            fields.add(name, nullptr);
        }
        return;
    }
    const config::RealmSettings& settings = setup->settings;
    const auto or_null = [](const std::string& text) {
        return text.empty() ? std::nullopt : std::optional(text);
    };
    fields.add("signUp", std::string(settings.sign_up == config::SignUp::open ? "open" : "closed"))
        .add("brand", settings.brand.name)
        .add_text("passkeyDomain", or_null(settings.passkey_rp_id))
        .add_text("mailFrom", or_null(settings.mail_from))
        .add("lifetimes", lifetimes_object(settings.lifetimes).data());
}

/// Why a server with this configuration would not serve it.
std::optional<std::string> find_refusal(const RealmRecord& realm, const RealmRecord* clash,
                                        const Result<app::RealmSetup>& setup) {
    if (clash != nullptr && (realm.name.empty() || realm.id == clash->id)) {
        return "the first realm and the realm " + clash->name + " are on one host";
    }
    if (setup) return std::nullopt;
    const Error& error = setup.error();
    return error.detail.empty() ? std::string(error.public_text.view()) : error.detail;
}

}  // namespace

Result<void> run(const RealmCreate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    app::Installation& installation = operation->installation();
    const config::ServerConfig configured = TRY(read_config(command));
    const admin::NewRealm wanted{command.name, command.public_url, configured.public_url};
    TRY(admin::check_new_realm(wanted));
    RealmRecord record;
    record.name = wanted.name;
    record.public_url = wanted.public_url;
    (void)TRY(installation.get_setup(record));
    const auto keys = TRY(admin::make_realm_keys(
        installation.keys().wrapping(), installation.random(), installation.clock().now()));
    const auto realm = TRY(operation->write([&](const auto& act, auto& tx) {
        return admin::create_realm(tx, wanted, keys, act.now, act.by);
    }));
    print(realm_fields(realm).value(), command.format);
    tell_of_defaults(command, configured, installation);
    auto tx = TRY(installation.database().read());
    warn_of_unknown_sections(installation, TRY(admin::list_realms(*tx)));
    return {};
}

Result<void> run(const RealmList& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto realms = TRY(admin::list_realms(*tx));
    print(rows_of(realms, [](const auto& realm) { return realm_fields(realm).value(); }),
          command.format);
    warn_of_unknown_sections(*installation, realms);
    warn_of_clash(TRY(read_config(command)), realms);
    return {};
}

Result<void> run(const RealmShow& command, const app::Environment& environment) {
    // Not opened for this realm: one that cannot be opened is shown, too.
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto details =
        TRY(or_see(realm_list, admin::get_realm(*tx, command.name, installation->clock().now())));
    const auto realms = TRY(admin::list_realms(*tx));
    const auto setup = installation->get_setup(details.record);
    const RealmRecord* clash = find_clash(TRY(read_config(command)), realms);
    const auto refusal = find_refusal(details.record, clash, setup);
    Fields fields = realm_fields(details.record);
    add_setup(fields, setup);
    fields.add("people", details.residents.people)
        .add("apps", details.residents.apps)
        .add("keys", std::int64_t(details.keys.size()))
        .add("served", !refusal)
        .add_text("notServedBecause", refusal);
    print(fields.value(), command.format);
    if (command.config_file.empty()) {
        fmt::print(stderr, "latchkey: without --config these are the settings by default\n");
    }
    warn_of_unknown_sections(*installation, realms);
    return {};
}

Result<void> run(const RealmDelete& command, const app::Environment& environment) {
    if (!command.confirmed) {
        return fail(ErrorCode::invalid_argument, "Not confirmed.",
                    "this deletes the realm and its keys for good; add --yes to do it");
    }
    const auto operation = TRY(Operation::open(command, environment));
    TRY(or_see(realm_list, operation->write([&](const auto& act, auto& tx) {
        return admin::delete_realm(tx, command.name, act.now, act.by);
    })));
    print(Fields().add("name", command.name).add("deleted", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
