// latchkey app create | update | list | show | rotate-secret | delete

#include <fmt/format.h>

#include "admin/clients.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "branding/logo.hpp"
#include "clients/clients.hpp"

namespace latchkey::cli {
namespace {

json::Value describe(const admin::ClientDetails& details) {
    const ClientRecord& client = details.record;
    json::Array secrets;
    for (const ClientSecretRecord& secret : client.secrets) {
        Fields fields;
        fields.add("createdAt", iso_time(secret.created_at));
        if (secret.expires_at) {
            fields.add("expiresAt", iso_time(*secret.expires_at));
        } else {
            fields.add("expiresAt", nullptr);
        }
        if (secret.last_used_at) {
            fields.add("lastUsedAt", iso_time(*secret.last_used_at));
        } else {
            fields.add("lastUsedAt", nullptr);
        }
        secrets.push_back(fields.value());
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
        .add("createdAt", iso_time(client.created_at))
        .value();
}

}  // namespace

Result<void> run(const AppCreate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const ScopeSet scopes = TRY(operation->realm().scopes.parse(command.scopes));
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
    clients::ClientChange change;
    if (!command.name.empty()) change.name = command.name;
    if (!command.origins.empty()) change.origins = command.origins;
    if (!command.redirect_uris.empty()) change.redirect_uris = command.redirect_uris;
    if (!command.logo.empty()) change.logo = TRY(branding::read_logo(command.logo));
    if (command.no_logo) change.logo = clients::ClientChange::NoLogo{};
    const auto changed = TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::update_client(act, tx, id, change); }));
    print(describe(changed), command.format);
    return {};
}

Result<void> run(const AppList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    json::Array rows;
    admin::PageRequest<ClientId> request;
    do {
        const auto page = TRY(admin::list_clients(world->realm(), *tx, request));
        for (const ClientRecord& client : page.rows) {
            rows.push_back(Fields()
                               .add("clientId", client.id.text())
                               .add("name", client.name)
                               .add("scopes", client.scopes.text)
                               .add("createdAt", iso_time(client.created_at))
                               .value());
        }
        request.after = page.next;
    } while (request.after);
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

Result<void> run(const AppShow& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    const ClientId id = TRY(parse_client_id(command.client_id));
    print(describe(TRY(admin::get_client(world->realm(), *tx, id))), command.format);
    return {};
}

Result<void> run(const AppRotateSecret& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const ClientId id = TRY(parse_client_id(command.client_id));
    const Seconds overlap(command.overlap_seconds);
    const auto secret = TRY(operation->write([&](const auto& act, auto& tx) {
        return clients::rotate_client_secret(act, tx, id, overlap);
    }));
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
    TRY(operation->write(
        [&](const auto& act, auto& tx) { return clients::delete_client(act, tx, id); }));
    print(Fields().add("clientId", id.text()).add("deleted", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
