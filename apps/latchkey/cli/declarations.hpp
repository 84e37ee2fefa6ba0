#pragma once

// What the declarations of commands share. It knows CLI11, which costs 11 s to compile: for the
// files that declare commands alone.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "apps/latchkey/cli/command_line.hpp"
#include "base/text/text.hpp"

namespace latchkey::cli {

// Options and the command they fill: each `add_…` declares one command, and `chosen` keeps what
// the parsed line selects.
class Declarations {
public:
    Declarations() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", LATCHKEY_VERSION);
    }

    CLI::App& root() { return app_; }

    // A command whose options fill a T.
    template <class T>
    T& add(CLI::App& parent, const std::string& name, const std::string& text,
           const std::function<void(CLI::App&, T&)>& declare) {
        auto holder = std::make_shared<T>();
        CLI::App* command = parent.add_subcommand(name, text);
        declare(*command, *holder);
        refuse_blanks(*command);
        command->callback([this, holder] { chosen_ = *holder; });
        return *holder;
    }

    std::optional<Command> take() { return std::move(chosen_); }

private:
    // `--name ""` is a mistake (a variable of a script that is not set), never "as it is".
    static void refuse_blanks(CLI::App& command) {
        for (CLI::App* group : command.get_subcommands([](CLI::App*) { return true; })) {
            refuse_blanks(*group);
        }
        for (CLI::Option* option : command.get_options()) {
            option->check(
                [](const std::string& value) {
                    const bool is_blank = trim_ascii(value).empty();
                    return std::string(is_blank ? "is empty: give a value, or leave it out" : "");
                },
                "");
        }
    }

    CLI::App app_{"Latchkey: self-hosted sign-in with delegated consent.", "latchkey"};
    std::optional<Command> chosen_;
};

inline void add_data_folder(CLI::App& command, std::string& data_dir, const std::string& text) {
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

inline void add_json(CLI::App& command, Format& format) {
    command.add_flag_callback(
        "--json", [&format] { format = Format::json; }, "Print one JSON value");
}

/// For what is about all realms.
inline void add_common(CLI::App& command, Common& common) {
    add_data(command, common);
    add_json(command, common.format);
}

/// For what is about people, apps, keys or the trail: each is one realm's.
inline void add_common_of_realm(CLI::App& command, Common& common) {
    add_common(command, common);
    command
        .add_option("--realm", common.realm,
                    "Whose, as `realm list` shows it (default: the one without a name)")
        ->type_name("NAME")
        ->envname(realm_variable);
}

/// Whoever changes something stands in the audit trail.
inline void add_operator(CLI::App& command, Change& change) {
    command
        .add_option("--operator", change.operator_name,
                    "Who does this, for the audit trail (default: who called sudo, or the user "
                    "that it runs as)")
        ->type_name("NAME")
        ->envname("LATCHKEY_OPERATOR");
    command.add_option("--reason", change.reason, "Why, for the audit trail; 500 bytes at most")
        ->type_name("TEXT");
}

/// For what changes something in all realms.
inline void add_change(CLI::App& command, Change& change) {
    add_common(command, change);
    add_operator(command, change);
}

/// For what changes something in one realm.
inline void add_change_of_realm(CLI::App& command, Change& change) {
    add_common_of_realm(command, change);
    add_operator(command, change);
}

inline void add_client(CLI::App& command, std::string& client_id) {
    command.add_option("--client-id", client_id, "The app, as `app list` shows it")
        ->required()
        ->type_name("ID");
}

inline CLI::Option* add_logo(CLI::App& command, std::string& logo) {
    return command
        .add_option("--logo", logo, "PNG, JPEG, WebP or SVG, at most 24 KiB; beside the name")
        ->type_name("FILE");
}

// By topic.
void declare_realms(Declarations& all);
void declare_keys(Declarations& all);
void declare_webhooks(Declarations& all);
void declare_roles(Declarations& all);
void declare_audit(Declarations& all);
void declare_backup(Declarations& all);

}  // namespace latchkey::cli
