#include "apps/latchkey/cli/command_line.hpp"

#include <iostream>

#include "apps/latchkey/cli/declarations.hpp"

namespace latchkey::cli {
namespace {

constexpr int usage_error = 2;

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
        add_change_of_realm(command, app);
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
            add_change_of_realm(command, app);
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
                     [](CLI::App& command, AppList& app) { add_common_of_realm(command, app); });
    all.add<AppShow>(*group, "show", "Show one app", [](CLI::App& command, AppShow& app) {
        add_common_of_realm(command, app);
        add_client(command, app.client_id);
    });
    all.add<AppRotateSecret>(
        *group, "rotate-secret", "Make a new secret; the old one stays valid for a while",
        [](CLI::App& command, AppRotateSecret& app) {
            add_change_of_realm(command, app);
            add_client(command, app.client_id);
            command
                .add_option("--overlap-seconds", app.overlap_seconds,
                            "How long the old secret still works (default: a day; 0: not at all)")
                ->check(CLI::Range(0, 30 * 24 * 3600));
        });
    all.add<AppDelete>(*group, "delete", "Delete an app and everything of it",
                       [](CLI::App& command, AppDelete& app) {
                           add_change_of_realm(command, app);
                           add_client(command, app.client_id);
                           command.add_flag("--yes", app.confirmed, "Really delete");
                       });
}

void declare_users(Declarations& all) {
    CLI::App* group = all.root().add_subcommand("user", "People");
    group->require_subcommand(1);
    all.add<UserCreate>(*group, "create", "Create a user", [](CLI::App& command, UserCreate& user) {
        add_change_of_realm(command, user);
        command.add_option("--email", user.email, "E-mail address")->required();
        command.add_flag("--email-verified", user.email_verified, "It is known to be theirs");
        command.add_option("--phone", user.phone, "Phone number, E.164: +4915112345678");
        command.add_flag("--phone-verified", user.phone_verified, "It is known to be theirs");
        command.add_option("--given-name", user.given_name);
        command.add_option("--family-name", user.family_name);
        command.add_option("--avatar", user.avatar, "https URL of a picture")->type_name("URL");
    });
    all.add<UserShow>(*group, "show", "Show one user", [](CLI::App& command, UserShow& user) {
        add_common_of_realm(command, user);
        auto* which = command.add_option_group("which", "One of");
        which->add_option("--user-id", user.user_id)->type_name("ID");
        which->add_option("--email", user.email);
        which->require_option(1);
    });
    all.add<UserDelete>(
        *group, "delete", "Delete a user for good; every app loses access at once",
        [](CLI::App& command, UserDelete& user) {
            add_change_of_realm(command, user);
            command.add_option("--user-id", user.user_id)->required()->type_name("ID");
            command.add_flag("--yes", user.confirmed, "Really delete");
        });
}

void declare_consents(Declarations& all) {
    CLI::App* consent = all.root().add_subcommand("consent", "Consent tokens");
    consent->require_subcommand(1);
    all.add<ConsentIssue>(
        *consent, "issue", "Issue a consent token, for support and tests (audited)",
        [](CLI::App& command, ConsentIssue& issue) {
            add_change_of_realm(command, issue);
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
                                add_common_of_realm(command, list);
                                command.add_option("--client-id", list.client_id)->type_name("ID");
                                command.add_option("--user-id", list.user_id)->type_name("ID");
                            });
    all.add<ConnectionRevoke>(
        *group, "revoke", "Withdraw an app's access to a user, at once",
        [](CLI::App& command, ConnectionRevoke& revoke) {
            add_change_of_realm(command, revoke);
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
                           add_common_of_realm(command, show);
                           command.footer(how);
                       });
    all.add<TokenRevoke>(*group, "revoke",
                         "Revoke a token: a refresh token ends its session, an access token itself",
                         [&how](CLI::App& command, TokenRevoke& revoke) {
                             add_change_of_realm(command, revoke);
                             command.footer(how);
                         });
}

}  // namespace

std::variant<Command, int> parse_command_line(int argc, char** argv) {
    Declarations all;
    declare_serve(all);
    declare_realms(all);
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
