#include "apps/latchkey/cli/command_line.hpp"

#include <iostream>
#include <sstream>

#include "apps/latchkey/cli/declarations.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

constexpr int usage_error = 2;

void add_user(CLI::App& command, std::string& user_id) {
    command.add_option("--user-id", user_id, "The person, as `user show --email …` shows it")
        ->required()
        ->type_name("ID");
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
        command.add_option("--given-name", user.given_name, "Their first name");
        command.add_option("--family-name", user.family_name, "Their last name");
        command.add_option("--avatar", user.avatar, "https URL of a picture")->type_name("URL");
    });
    all.add<UserShow>(*group, "show", "Show one user", [](CLI::App& command, UserShow& user) {
        add_common_of_realm(command, user);
        auto* which = command.add_option_group("which", "One of");
        which->add_option("--user-id", user.user_id, "As `user create` shows it")->type_name("ID");
        which->add_option("--email", user.email, "In any spelling");
        which->require_option(1);
    });
    all.add<UserDelete>(*group, "delete", "Delete a user for good; every app loses access at once",
                        [](CLI::App& command, UserDelete& user) {
                            add_change_of_realm(command, user);
                            add_user(command, user.user_id);
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
            add_user(command, issue.user_id);
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
    all.add<ConnectionList>(
        *group, "list", "List connections of an app, of a user, or the one of both",
        [](CLI::App& command, ConnectionList& list) {
            add_common_of_realm(command, list);
            command.add_option("--client-id", list.client_id, "Of this app")->type_name("ID");
            command.add_option("--user-id", list.user_id, "Of this person")->type_name("ID");
        });
    all.add<ConnectionRevoke>(*group, "revoke", "Withdraw an app's access to a user, at once",
                              [](CLI::App& command, ConnectionRevoke& revoke) {
                                  add_change_of_realm(command, revoke);
                                  add_client(command, revoke.client_id);
                                  add_user(command, revoke.user_id);
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
                         "Revoke a token: a refresh token ends its family, an access token itself",
                         [&how](CLI::App& command, TokenRevoke& revoke) {
                             add_change_of_realm(command, revoke);
                             command.footer(how);
                         });
}

/// Once all commands are declared: each takes the footer that the root has by then.
void add_footer(Declarations& all) {
    all.root().footer(
        "Every command works on the data folder directly, also while the server runs.\n"
        "Start here:\n"
        "  latchkey serve --data ./data --dev\n"
        "  latchkey app create --data ./data --name Shop --origin http://localhost:8081 \\\n"
        "      --redirect-uri http://localhost:8081/callback --scopes \"email profile\"");
}

/// The word that stands where a command should, with what could; empty if none is wrong.
std::string find_unknown_command(const CLI::App& root) {
    const CLI::App* group = &root;
    std::string line = "latchkey";
    for (auto chosen = root.get_subcommands(); !chosen.empty();) {
        group = chosen.front();
        line += " " + group->get_name();
        chosen = group->get_subcommands();
    }
    const auto commands = group->get_subcommands([](const CLI::App*) { return true; });
    const auto words = group->remaining();
    const bool is_named = !words.empty() && !words.front().starts_with('-');
    if (commands.empty() || !is_named) return {};
    std::string names;
    for (const CLI::App* command : commands) {
        names += (names.empty() ? "" : ", ") + command->get_name();
    }
    return "There is no `" + line + " " + words.front() + "`. There are: " + names +
           "\nRun with --help for more information.\n";
}

/// The exit status, when what was wrong with the line, or the help, has been printed.
int explain(const CLI::App& root, const CLI::ParseError& error) {
    std::ostringstream text;
    const int status = root.exit(error, std::cout, text);
    if (status == 0) return 0;
    const std::string unknown = find_unknown_command(root);
    std::cerr << without_tokens(unknown.empty() ? text.str() : unknown);
    return usage_error;
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
    add_footer(all);
    try {
        all.root().parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return explain(all.root(), error);
    }
    auto chosen = all.take();
    if (!chosen) return usage_error;
    return std::move(*chosen);
}

}  // namespace latchkey::cli
