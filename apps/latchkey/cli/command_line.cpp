#include "apps/latchkey/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>

namespace latchkey::cli {
namespace {

constexpr int usage_error = 2;

// Options and the command they fill: each `add_…` declares one command, and `chosen` keeps what
// the parsed line selects.
class Declarations {
public:
    Declarations() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", LATCHKEY_VERSION);
        app_.footer(
            "Every command works on the data folder directly, also while the server runs.\n"
            "Start here:\n"
            "  latchkey serve --data ./data --dev\n"
            "  latchkey app create --data ./data --name Shop --origin http://localhost:8081 \\\n"
            "      --redirect-uri http://localhost:8081/callback --scopes \"email profile\"");
    }

    CLI::App& root() { return app_; }

    // A command whose options fill a T.
    template <class T>
    T& add(CLI::App& parent, const std::string& name, const std::string& text,
           std::function<void(CLI::App&, T&)> declare) {
        auto holder = std::make_shared<T>();
        CLI::App* command = parent.add_subcommand(name, text);
        declare(*command, *holder);
        command->callback([this, holder] { chosen_ = *holder; });
        return *holder;
    }

    std::optional<Command> take() { return std::move(chosen_); }

private:
    CLI::App app_{"Latchkey: self-hosted sign-in with delegated consent.", "latchkey"};
    std::optional<Command> chosen_;
};

void add_data_folder(CLI::App& command, std::string& data_dir, const std::string& text) {
    command.add_option("--data", data_dir, text)
        ->required()
        ->type_name("DIR")
        ->envname("LATCHKEY_DATA");
}

/// Which installation: its folder, its master key and its configuration.
template <class T>
void add_data(CLI::App& command, T& chosen) {
    add_data_folder(command, chosen.data_dir, "The data folder; made when it is missing");
    command.add_option("--master-key-file", chosen.master_key_file, "Default: DIR/master.key")
        ->type_name("FILE")
        ->envname("LATCHKEY_MASTER_KEY_FILE");
    command.add_option("--config", chosen.config_file, "TOML file: see docs/configuration.md")
        ->type_name("FILE")
        ->envname("LATCHKEY_CONFIG");
}

void add_json(CLI::App& command, Format& format) {
    command.add_flag_callback(
        "--json", [&format] { format = Format::json; }, "Print one JSON value");
}

void add_common(CLI::App& command, Common& common) {
    add_data(command, common);
    add_json(command, common.format);
}

void add_client(CLI::App& command, std::string& client_id) {
    command.add_option("--client-id", client_id, "The app, as `app list` shows it")
        ->required()
        ->type_name("ID");
}

CLI::Option* add_logo(CLI::App& command, std::string& logo) {
    return command
        .add_option("--logo", logo, "PNG, JPEG, WebP or SVG, at most 24 KiB; beside the name")
        ->type_name("FILE");
}

void declare_serve(Declarations& all) {
    all.add<Serve>(all.root(), "serve", "Run the server", [](CLI::App& command, Serve& serve) {
        add_data(command, serve);
        command.add_option("--listen", serve.listen, "Address and port (default 127.0.0.1:8080)")
            ->type_name("HOST:PORT");
        command
            .add_option("--public-url", serve.public_url, "The origin that people's browsers use")
            ->type_name("URL");
        command.add_option("--brand", serve.brand, "The name people see")->type_name("NAME");
        command.add_flag("--dev", serve.dev,
                         "Development: mail shows at /dev/mailbox, GraphiQL is on");
        command.footer("SIGTERM or Ctrl-C stops it: answers in flight finish first.");
    });
}

void declare_apps(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("app", "Partners' apps (OAuth clients)");
    group->require_subcommand(1);
    all.add<AppCreate>(*group, "create", "Register an app", [](CLI::App& command, AppCreate& app) {
        add_common(command, app);
        command.add_option("--name", app.name, "What people see when it asks for consent")
            ->required();
        command.add_option("--origin", app.origins, "Of pages that may embed the sign-in")
            ->type_name("URL");
        command.add_option("--redirect-uri", app.redirect_uris, "Callback, matched byte for byte")
            ->type_name("URL");
        command.add_option("--scopes", app.scopes, "In quotes: openid email phone profile name …")
            ->required()
            ->type_name("\"WORD …\"");
        add_logo(command, app.logo);
        command.footer("The secret is shown once. The server keeps only its hash.");
    });
    all.add<AppUpdate>(
        *group, "update", "Change an app; what is not named stays",
        [](CLI::App& command, AppUpdate& app) {
            add_common(command, app);
            add_client(command, app.client_id);
            command.add_option("--name", app.name, "What people see when it asks for consent");
            command.add_option("--origin", app.origins, "In place of all that it has")
                ->type_name("URL");
            command.add_option("--redirect-uri", app.redirect_uris, "In place of all that it has")
                ->type_name("URL");
            CLI::Option* logo = add_logo(command, app.logo);
            command.add_flag("--no-logo", app.no_logo, "Show none")->excludes(logo);
        });
    all.add<AppList>(*group, "list", "List the apps",
                     [](CLI::App& command, AppList& app) { add_common(command, app); });
    all.add<AppShow>(*group, "show", "Show one app", [](CLI::App& command, AppShow& app) {
        add_common(command, app);
        add_client(command, app.client_id);
    });
    all.add<AppRotateSecret>(
        *group, "rotate-secret", "Make a new secret; the old one stays valid for a while",
        [](CLI::App& command, AppRotateSecret& app) {
            add_common(command, app);
            add_client(command, app.client_id);
            command
                .add_option("--overlap-seconds", app.overlap_seconds,
                            "How long the old secret still works (default: a day; 0: not at all)")
                ->check(CLI::Range(0, 30 * 24 * 3600));
        });
    all.add<AppDelete>(*group, "delete", "Delete an app and everything of it",
                       [](CLI::App& command, AppDelete& app) {
                           add_common(command, app);
                           add_client(command, app.client_id);
                           command.add_flag("--yes", app.confirmed, "Really delete");
                       });
}

void declare_users(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("user", "People");
    group->require_subcommand(1);
    all.add<UserCreate>(*group, "create", "Create a user", [](CLI::App& command, UserCreate& user) {
        add_common(command, user);
        command.add_option("--email", user.email, "E-mail address")->required();
        command.add_flag("--email-verified", user.email_verified, "It is known to be theirs");
        command.add_option("--phone", user.phone, "Phone number, E.164: +4915112345678");
        command.add_flag("--phone-verified", user.phone_verified, "It is known to be theirs");
        command.add_option("--given-name", user.given_name);
        command.add_option("--family-name", user.family_name);
        command.add_option("--avatar", user.avatar, "https URL of a picture")->type_name("URL");
    });
    all.add<UserShow>(*group, "show", "Show one user", [](CLI::App& command, UserShow& user) {
        add_common(command, user);
        auto* which = command.add_option_group("which", "One of");
        which->add_option("--user-id", user.user_id)->type_name("ID");
        which->add_option("--email", user.email);
        which->require_option(1);
    });
}

void declare_consents(Declarations& all) {
    CLI::App* consent = all.root().add_subcommand("consent", "Consent tokens");
    consent->require_subcommand(1);
    all.add<ConsentIssue>(
        *consent, "issue", "Issue a consent token, for support and tests (audited)",
        [](CLI::App& command, ConsentIssue& issue) {
            add_common(command, issue);
            add_client(command, issue.client_id);
            command.add_option("--user-id", issue.user_id)->required()->type_name("ID");
            command.add_option("--scopes", issue.scopes, "What the person consented to, in quotes")
                ->required()
                ->type_name("\"WORD …\"");
            command
                .add_option("--lifetime-seconds", issue.lifetime_seconds,
                            "How long it can be exchanged (default: 300)")
                ->check(CLI::Range(1, 3600));
        });
}

void declare_connections(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("connection", "Who is connected to which app");
    group->require_subcommand(1);
    all.add<ConnectionList>(*group, "list",
                            "List connections of an app, of a user, or the one of both",
                            [](CLI::App& command, ConnectionList& list) {
                                add_common(command, list);
                                command.add_option("--client-id", list.client_id)->type_name("ID");
                                command.add_option("--user-id", list.user_id)->type_name("ID");
                            });
    all.add<ConnectionRevoke>(
        *group, "revoke", "Withdraw an app's access to a user, at once",
        [](CLI::App& command, ConnectionRevoke& revoke) {
            add_common(command, revoke);
            add_client(command, revoke.client_id);
            command.add_option("--user-id", revoke.user_id)->required()->type_name("ID");
        });
}

void declare_tokens(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("token", "One token, given on standard input");
    group->require_subcommand(1);
    const std::string how =
        "Give the token on standard input, so that it stands in no history and no process list:\n"
        "  latchkey token show --data ./data < token.txt";
    all.add<TokenShow>(*group, "show", "What a token is worth right now",
                       [&how](CLI::App& command, TokenShow& show) {
                           add_common(command, show);
                           command.footer(how);
                       });
    all.add<TokenRevoke>(*group, "revoke",
                         "Revoke a token: a refresh token ends its session, an access token itself",
                         [&how](CLI::App& command, TokenRevoke& revoke) {
                             add_common(command, revoke);
                             command.footer(how);
                         });
}

void add_purpose(CLI::App& command, std::string& purpose) {
    command.add_option("purpose", purpose, "Which key, as `keys list` shows it")->required();
}

void declare_keys(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("keys", "The key ring");
    group->require_subcommand(1);
    all.add<KeysList>(*group, "list", "List the keys: announced, current, superseded",
                      [](CLI::App& command, KeysList& list) { add_common(command, list); });
    all.add<KeysRotate>(
        *group, "rotate", "Make and announce the next key of a purpose",
        [](CLI::App& command, KeysRotate& rotate) {
            add_common(command, rotate);
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
            add_common(command, retire);
            add_purpose(command, retire.purpose);
            command.add_option("version", retire.version, "Which of its versions")->required();
            command.add_flag("--at-once", retire.at_once,
                             "Although tokens that it made still live: they end with it");
            command.footer("A key that is current, announced, or seals rows is never deleted.");
        });
    all.add<KeysReseal>(*group, "reseal",
                        "Seal under the current key what older ones sealed; servers do it too",
                        [](CLI::App& command, KeysReseal& reseal) { add_common(command, reseal); });
    all.add<KeysRewrap>(
        *group, "rewrap", "Put the whole ring under another master key",
        [](CLI::App& command, KeysRewrap& rewrap) {
            add_common(command, rewrap);
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

void add_webhook(CLI::App& command, std::string& webhook_id) {
    command.add_option("--webhook-id", webhook_id, "The webhook, as `webhook list` shows it")
        ->required()
        ->type_name("ID");
}

void declare_webhooks(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("webhook", "Who hears of changes");
    group->require_subcommand(1);
    all.add<WebhookCreate>(
        *group, "create", "Subscribe an app's endpoint to changes",
        [](CLI::App& command, WebhookCreate& create) {
            add_common(command, create);
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
    all.add<WebhookList>(*group, "list", "List the webhooks of an app, or all of them",
                         [](CLI::App& command, WebhookList& list) {
                             add_common(command, list);
                             command.add_option("--client-id", list.client_id)->type_name("ID");
                         });
    all.add<WebhookDelete>(*group, "delete", "Delete a webhook and what it has not delivered",
                           [](CLI::App& command, WebhookDelete& remove) {
                               add_common(command, remove);
                               add_webhook(command, remove.webhook_id);
                           });
    all.add<WebhookDeliveries>(
        *group, "deliveries", "The newest deliveries of a webhook",
        [](CLI::App& command, WebhookDeliveries& deliveries) {
            add_common(command, deliveries);
            add_webhook(command, deliveries.webhook_id);
            command.add_option("-n,--lines", deliveries.lines, "How many (default 20)")
                ->check(CLI::Range(1, 1000));
        });
}

void declare_roles(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("role", "Groups of apps that data is shared with");
    group->require_subcommand(1);
    const auto add_member = [](CLI::App& command, auto& member) {
        add_common(command, member);
        command.add_option("--role", member.role, "Name of the group")->required();
        add_client(command, member.client_id);
    };
    all.add<RoleAdd>(*group, "add", "Put an app into a group, which begins with its first app",
                     add_member);
    all.add<RoleRemove>(*group, "remove", "Take an app out of a group", add_member);
    all.add<RoleList>(*group, "list", "List the groups and their apps",
                      [](CLI::App& command, RoleList& list) { add_common(command, list); });
}

void declare_audit(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("audit", "Who did what, append-only");
    group->require_subcommand(1);
    all.add<AuditTail>(*group, "tail", "The newest records, oldest first",
                       [](CLI::App& command, AuditTail& tail) {
                           add_common(command, tail);
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

}  // namespace

std::variant<Command, int> parse_command_line(int argc, char** argv) {
    Declarations all;
    declare_serve(all);
    declare_apps(all);
    declare_users(all);
    declare_consents(all);
    declare_connections(all);
    declare_tokens(all);
    declare_keys(all);
    declare_webhooks(all);
    declare_roles(all);
    declare_audit(all);
    declare_backup(all);
    try {
        all.root().parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return all.root().exit(error, std::cout, std::cerr) == 0 ? 0 : usage_error;
    }
    auto chosen = all.take();
    if (!chosen) return usage_error;
    return std::move(*chosen);
}

}  // namespace latchkey::cli
