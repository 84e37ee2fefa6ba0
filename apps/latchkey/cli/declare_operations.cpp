// The commands of who runs the installation: realms, keys, webhooks, roles, the trail, copies.

#include "apps/latchkey/cli/declarations.hpp"

namespace latchkey::cli {
namespace {

void add_purpose(CLI::App& command, std::string& purpose) {
    command.add_option("purpose", purpose, "Which key, as `keys list` shows it")->required();
}

void add_webhook(CLI::App& command, std::string& webhook_id) {
    command.add_option("--webhook-id", webhook_id, "The webhook, as `webhook list` shows it")
        ->required()
        ->type_name("ID");
}

}  // namespace

void declare_realms(Declarations& all) {
    CLI::App* group = all.root().add_subcommand(
        "realm", "Issuers with people, apps, keys and a brand of their own, each on its own host");
    group->require_subcommand(1);
    all.add<RealmCreate>(
        *group, "create", "Make a realm and its keys", [](CLI::App& command, RealmCreate& realm) {
            add_change(command, realm);
            command.add_option("name", realm.name, "For --realm and [realm.NAME]")->required();
            command
                .add_option("--public-url", realm.public_url,
                            "The origin that its people's browsers use, on a host of its own")
                ->required()
                ->type_name("URL");
            command.footer(
                "Running servers serve it within 15 seconds. From then on a host that is no\n"
                "realm's is answered 421. How it looks and how long things live there: section\n"
                "[realm.NAME] of the configuration. Write that first, and give it with --config:\n"
                "it is checked here, and servers read it when they begin to serve the realm.");
        });
    all.add<RealmList>(*group, "list", "List the realms; the first has no name",
                       [](CLI::App& command, RealmList& list) { add_common(command, list); });
    all.add<RealmShow>(*group, "show", "Show one realm", [](CLI::App& command, RealmShow& show) {
        add_common(command, show);
        command.add_option("name", show.name,
                           "As `realm list` shows it (default: the one without a name)");
        command.footer("What a server with this --config would make of it, and what is in it.");
    });
    all.add<RealmDelete>(
        *group, "delete", "Delete a realm that has no people and no apps",
        [](CLI::App& command, RealmDelete& remove) {
            add_change(command, remove);
            command.add_option("name", remove.name, "As `realm list` shows it")->required();
            command.add_flag("--yes", remove.confirmed, "Really delete");
            command.footer(
                "Its keys go with it, its trail stays for its time. Running servers answer 421\n"
                "under its host within 15 seconds.");
        });
}

void declare_keys(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("keys", "The key ring");
    group->require_subcommand(1);
    all.add<KeysList>(
        *group, "list", "List the keys: announced, current, superseded",
        [](CLI::App& command, KeysList& list) { add_common_of_realm(command, list); });
    all.add<KeysRotate>(
        *group, "rotate", "Make and announce the next key of a purpose",
        [](CLI::App& command, KeysRotate& rotate) {
            add_change_of_realm(command, rotate);
            add_purpose(command, rotate.purpose);
            command
                .add_option(
                    "--announce-seconds", rotate.announce_seconds,
                    "From now until its first use (default: 60, or a day for a signing key)")
                ->check(CLI::Range(0, 30 * 24 * 3600));
            command.footer(
                "Running servers read the ring every 15 seconds: with less than that between\n"
                "making and use, one of them may for a moment refuse what another one made.");
        });
    all.add<KeysRetire>(
        *group, "retire", "Delete a key that nothing needs any more",
        [](CLI::App& command, KeysRetire& retire) {
            add_change_of_realm(command, retire);
            add_purpose(command, retire.purpose);
            command.add_option("version", retire.version, "Which of its versions")->required();
            command.add_flag("--at-once", retire.at_once,
                             "Although tokens that it made still live: they end with it");
            command.footer("A key that is current, announced, or seals rows is never deleted.");
        });
    all.add<KeysReseal>(*group, "reseal",
                        "Seal under the current key what older ones sealed; servers do it too",
                        [](CLI::App& command, KeysReseal& reseal) { add_change(command, reseal); });
    all.add<KeysRewrap>(
        *group, "rewrap", "Put the whole ring under another master key",
        [](CLI::App& command, KeysRewrap& rewrap) {
            add_change(command, rewrap);
            command
                .add_option("--new-master-key", rewrap.new_master_key_file,
                            "The file of the key to change to; made when it is missing")
                ->required()
                ->type_name("FILE");
            command.footer(
                "All of the ring is under the old key or all of it under the new one. Then start\n"
                "the servers again with the new key; backups made before still need the old one.");
        });
}

void declare_webhooks(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("webhook", "Who hears of changes");
    group->require_subcommand(1);
    all.add<WebhookCreate>(
        *group, "create", "Subscribe an app's endpoint to changes",
        [](CLI::App& command, WebhookCreate& create) {
            add_change_of_realm(command, create);
            add_client(command, create.client_id);
            command.add_option("--url", create.url, "An https address, reachable from anywhere")
                ->required()
                ->type_name("URL");
            command.add_option("--topics", create.topics, "metafields, connections, or both")
                ->required()
                ->type_name("\"WORD …\"");
            command.footer(
                "The secret that signs the messages is shown once. A server with --dev also calls\n"
                "http addresses on its own machine.");
        });
    all.add<WebhookList>(
        *group, "list", "List the webhooks of an app, or all of them",
        [](CLI::App& command, WebhookList& list) {
            add_common_of_realm(command, list);
            command.add_option("--client-id", list.client_id, "Of this app")->type_name("ID");
        });
    all.add<WebhookDelete>(*group, "delete", "Delete a webhook and what it has not delivered",
                           [](CLI::App& command, WebhookDelete& remove) {
                               add_change_of_realm(command, remove);
                               add_webhook(command, remove.webhook_id);
                           });
    all.add<WebhookDeliveries>(
        *group, "deliveries", "The newest deliveries of a webhook",
        [](CLI::App& command, WebhookDeliveries& deliveries) {
            add_common_of_realm(command, deliveries);
            add_webhook(command, deliveries.webhook_id);
            command.add_option("-n,--lines", deliveries.lines, "How many (default 20)")
                ->check(CLI::Range(1, 1000));
        });
}

void declare_roles(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("role", "Groups of apps that data is shared with");
    group->require_subcommand(1);
    const auto add_member = [](CLI::App& command, auto& member) {
        add_change_of_realm(command, member);
        command.add_option("--role", member.role, "Name of the group")->required();
        add_client(command, member.client_id);
    };
    all.add<RoleAdd>(*group, "add", "Put an app into a group, which begins with its first app",
                     add_member);
    all.add<RoleRemove>(*group, "remove", "Take an app out of a group", add_member);
    all.add<RoleList>(
        *group, "list", "List the groups and their apps",
        [](CLI::App& command, RoleList& list) { add_common_of_realm(command, list); });
}

void declare_audit(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("audit", "Who did what, append-only");
    group->require_subcommand(1);
    all.add<AuditTail>(*group, "tail", "The newest records, oldest first",
                       [](CLI::App& command, AuditTail& tail) {
                           add_common_of_realm(command, tail);
                           command.add_option("-n,--lines", tail.lines, "How many (default 20)")
                               ->check(CLI::Range(1, 10000));
                           command.add_flag("-f,--follow", tail.follow,
                                            "Then print new records as they come, until Ctrl-C");
                       });
}

void declare_backup(Declarations& all) {
    all.add<Backup>(all.root(), "backup", "Copy the store while it is in use",
                    [](CLI::App& command, Backup& backup) {
                        add_data_folder(command, backup.data_dir, "The data folder");
                        add_json(command, backup.format);
                        command
                            .add_option("--to", backup.file, "The copy; it must not be there yet")
                            ->required()
                            ->type_name("FILE");
                        command.footer(
                            "The copy opens with the master key, which is not in it: back that up\n"
                            "once, in another place. How to restore: docs/operations.md");
                    });
}

}  // namespace latchkey::cli
