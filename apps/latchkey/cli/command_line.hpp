#pragma once

// The command line as values: what each command was asked to do. CLI11 stays in the .cpp (it costs
// 11 s to compile).

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace latchkey::cli {

/// Names the realm where --realm is left out.
inline constexpr const char* realm_variable = "LATCHKEY_REALM";

enum class Format : std::uint8_t { human, json };

struct Common {
    std::string data_dir, master_key_file, config_file;
    std::string realm;  // empty: the one that is there from the start
    Format format = Format::human;
};

/// What changes something, with who does it and why, for the audit trail.
struct Change : Common {
    std::string operator_name;  // empty: operator_of's
    std::string reason;
};

struct Serve {
    std::string data_dir, master_key_file, listen, public_url, config_file, brand;
    bool dev = false;
};

struct RealmCreate : Change {
    std::string name, public_url;
};
struct RealmList : Common {};
struct RealmShow : Common {
    std::string name;  // empty: the one that is there from the start
};
struct RealmDelete : Change {
    std::string name;
    bool confirmed = false;
};

struct AppCreate : Change {
    std::string name, scopes, logo;
    std::vector<std::string> origins, redirect_uris;
};
struct AppUpdate : Change {
    std::string client_id, name, logo;  // empty: as it is
    std::vector<std::string> origins, redirect_uris;
    bool no_logo = false;
};
struct AppList : Common {};
struct AppShow : Common {
    std::string client_id;
};
struct AppRotateSecret : Change {
    std::string client_id;
    std::int64_t overlap_seconds = 24 * 3600;
};
struct AppDelete : Change {
    std::string client_id;
    bool confirmed = false;
};

struct UserCreate : Change {
    std::string email;
    std::optional<std::string> phone, given_name, family_name, avatar;
    bool email_verified = false, phone_verified = false;
};
struct UserDelete : Change {
    std::string user_id;
    bool confirmed = false;
};
struct UserShow : Common {
    std::string user_id, email;  // one of them
};

struct ConsentIssue : Change {
    std::string client_id, user_id, scopes;
    std::optional<std::int64_t> lifetime_seconds;
};

struct ConnectionList : Common {
    std::string client_id, user_id;  // one of them, or both
};
struct ConnectionRevoke : Change {
    std::string client_id, user_id;
};

struct TokenShow : Common {};    // the token comes on standard input
struct TokenRevoke : Change {};  // likewise

struct KeysList : Common {};
struct KeysRotate : Change {
    std::string purpose;
    std::optional<std::int64_t> announce_seconds;
};
struct KeysRetire : Change {
    std::string purpose;
    std::int64_t version = 0;
    bool at_once = false;
};
struct KeysReseal : Change {};
struct KeysRewrap : Change {
    std::string new_master_key_file;
};

struct WebhookCreate : Change {
    std::string client_id, url, topics;
};
struct WebhookList : Common {
    std::string client_id;  // empty: of every app
};
struct WebhookDelete : Change {
    std::string webhook_id;
};
struct WebhookDeliveries : Common {
    std::string webhook_id;
    int lines = 20;
};

struct RoleAdd : Change {
    std::string role, client_id;
};
struct RoleRemove : Change {
    std::string role, client_id;
};
struct RoleList : Common {};

struct AuditTail : Common {
    int lines = 20;
    bool follow = false;
};

/// Needs no master key: what it copies is sealed.
struct Backup {
    std::string data_dir, file;
    Format format = Format::human;
};

using Command = std::variant<Serve, RealmCreate, RealmList, RealmShow, RealmDelete, AppCreate,
                             AppUpdate, AppList, AppShow, AppRotateSecret, AppDelete, UserCreate,
                             UserShow, UserDelete, ConsentIssue, ConnectionList, ConnectionRevoke,
                             TokenShow, TokenRevoke, KeysList, KeysRotate, KeysRetire, KeysReseal,
                             KeysRewrap, WebhookCreate, WebhookList, WebhookDelete,
                             WebhookDeliveries, RoleAdd, RoleRemove, RoleList, AuditTail, Backup>;

/// How a command prints; the server has no output of its own.
[[nodiscard]] inline Format format_of(const Serve&) { return Format::human; }
[[nodiscard]] inline Format format_of(const Backup& backup) { return backup.format; }
[[nodiscard]] inline Format format_of(const Common& common) { return common.format; }

/// What to run, or, when help was asked for or the line is wrong, the exit status after having
/// printed it (0 for help, 2 for a usage error).
[[nodiscard]] std::variant<Command, int> parse_command_line(int argc, char** argv);

}  // namespace latchkey::cli
