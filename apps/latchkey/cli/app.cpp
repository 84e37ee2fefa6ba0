// latchkey app create | update | list | show | rotate-secret | delete

#include <fmt/format.h>

#include "admin/clients.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/pages.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "branding/logo.hpp"
#include "clients/clients.hpp"

namespace latchkey::cli {
namespace {

constexpr std::string_view app_list = "see `latchkey app list`";

json::Value app_object(const admin::ClientDetails& details) {
    const ClientRecord& client = details.record;
    json::Array secrets;
    for (const ClientSecretRecord& secret : client.secrets) {
        secrets.push_back(Fields()
                              .add_time("createdAt", secret.created_at)
                              .add_time("expiresAt", secret.expires_at)
                              .add_time("lastUsedAt", secret.last_used_at)
                              .value());
    }
    json::Value::Data logo_size = nullptr;
    if (const auto& logo = details.logo) {
        logo_size = fmt::format("{} x {}", logo->width, logo->height);
    }
    return Fields()
        .add("clientId", client.id.text())
        .add("name", client.name)
        .add("logo", std::move(logo_size))
        .add("scopes", client.scopes.text)
        .add("origins", string_list(client.origins).data())
        .add("redirectUris", string_list(client.redirect_uris).data())
        .add("secrets", std::move(secrets))
        .add_time("createdAt", client.created_at)
        .value();
}

json::Value app_row(const ClientRecord& client) {
    return Fields()
        .add("clientId", client.id.text())
        .add("name", client.name)
        .add("scopes", client.scopes.text)
        .add_time("createdAt", client.created_at)
        .value();
}

}  // namespace

Result<void> run(const AppCreate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const ScopeSet scopes = TRY(parse_scopes(operation->realm(), command.scopes));
    clients::NewClient wanted{command.name, command.origins, command.redirect_uris, scopes};
    if (!command.logo.empty()) wanted.logo = TRY(branding::read_logo(command.logo));
    const auto created = TRY(operation->write(
        [&](const auto& act, auto& tx) { return clients::create_client(act, tx, wanted); }));
    Fields fields;
    fields.add("clientId", created.record.id.text());
    fields.add("clientSecret", std::string(created.secret.reveal()));
    print(fields.value(), command.format);
    return {};
}

Result<void> run(const AppUpdate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const ClientId id = TRY(parse_client_id(command.client_id));
    if (command.name.empty() && command.origins.empty() && command.redirect_uris.empty() &&
        command.logo.empty() && !command.no_logo) {
        return fail(ErrorCode::invalid_argument, "There is nothing to change.",
                    "give --name, --origin, --redirect-uri, --logo or --no-logo");
    }
    clients::ClientChange change;
    if (!command.name.empty()) change.name = command.name;
    if (!command.origins.empty()) change.origins = command.origins;
    if (!command.redirect_uris.empty()) change.redirect_uris = command.redirect_uris;
    if (!command.logo.empty()) change.logo = TRY(branding::read_logo(command.logo));
    if (command.no_logo) change.logo = clients::ClientChange::NoLogo{};
    const auto changed = TRY(or_see(app_list, operation->write([&](const auto& act, auto& tx) {
        return admin::update_client(act, tx, id, change);
    })));
    print(app_object(changed), command.format);
    return {};
}

Result<void> run(const AppList& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto apps = TRY((all_pages<ClientRecord, ClientId>([&](const auto& request) {
        return admin::list_clients(installation->realm(), *tx, request);
    })));
    print(rows_of(apps, app_row), command.format);
    return {};
}

Result<void> run(const AppShow& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const ClientId id = TRY(parse_client_id(command.client_id));
    print(app_object(TRY(or_see(app_list, admin::get_client(installation->realm(), *tx, id)))),
          command.format);
    return {};
}

Result<void> run(const AppRotateSecret& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const ClientId id = TRY(parse_client_id(command.client_id));
    const Seconds overlap(command.overlap_seconds);
    const auto secret = TRY(or_see(app_list, operation->write([&](const auto& act, auto& tx) {
        return clients::rotate_client_secret(act, tx, id, overlap);
    })));
    print(Fields()
              .add("clientId", id.text())
              .add("clientSecret", std::string(secret.reveal()))
              .add("oldSecretWorksForSeconds", command.overlap_seconds)
              .value(),
          command.format);
    return {};
}

Result<void> run(const AppDelete& command, const app::Environment& environment) {
    if (!command.confirmed) {
        return fail(ErrorCode::invalid_argument, "Not confirmed.",
                    "this deletes the app, its connections and its metafields for good; "
                    "add --yes to do it");
    }
    const auto operation = TRY(Operation::open(command, environment));
    const ClientId id = TRY(parse_client_id(command.client_id));
    TRY(or_see(app_list, operation->write([&](const auto& act, auto& tx) {
        return clients::delete_client(act, tx, id);
    })));
    print(Fields().add("clientId", id.text()).add("deleted", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
