#pragma once

// The command line as values: what each command was asked to do. CLI11 stays in the .cpp (it costs
// 11 s to compile).

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace latchkey::cli {

enum class Format : std::uint8_t { human, json };

struct Common {
    std::string data_dir, master_key_file, config_file;
    std::string realm;  // empty: the one that is there from the start
    Format format = Format::human;
};

struct Serve {
    std::string data_dir, master_key_file, listen, public_url, config_file, brand;
    bool dev = false;
};

struct RealmCreate : Common {
    std::string name, public_url;
};
struct RealmList : Common {};
struct RealmShow : Common {
    std::string name;
};
struct RealmDelete : Common {
    std::string name;
    bool confirmed = false;
};

struct AppCreate : Common {
    std::string name, scopes, logo;
    std::vector<std::string> origins, redirect_uris;
};
struct AppUpdate : Common {
    std::string client_id, name, logo;  // empty: as it is
    std::vector<std::string> origins, redirect_uris;
    bool no_logo = false;
};
struct AppList : Common {};
struct AppShow : Common {
    std::string client_id;
};
struct AppRotateSecret : Common {
    std::string client_id;
    std::int64_t overlap_seconds = 24 * 3600;
};
struct AppDelete : Common {
    std::string client_id;
    bool confirmed = false;
};

struct UserCreate : Common {
    std::string email;
    std::optional<std::string> phone, given_name, family_name, avatar;
    bool email_verified = false, phone_verified = false;
};
struct UserShow : Common {
    std::string user_id, email;  // one of them
};

struct ConsentIssue : Common {
    std::string client_id, user_id, scopes;
    std::optional<std::int64_t> lifetime_seconds;
};

struct ConnectionList : Common {
    std::string client_id, user_id;  // one of them, or both
};
struct ConnectionRevoke : Common {
    std::string client_id, user_id;
};

struct TokenShow : Common {};    // the token comes on standard input
struct TokenRevoke : Common {};  // likewise

struct KeysList : Common {};
struct KeysRotate : Common {
    std::string purpose;
    std::optional<std::int64_t> announce_seconds;
};
struct KeysRetire : Common {
    std::string purpose;
    std::int64_t version = 0;
    bool at_once = false;
};
struct KeysReseal : Common {};
struct KeysRewrap : Common {
    std::string new_master_key_file;
};

struct WebhookCreate : Common {
    std::string client_id, url, topics;
};
struct WebhookList : Common {
    std::string client_id;  // empty: of every app
};
struct WebhookDelete : Common {
    std::string webhook_id;
};
struct WebhookDeliveries : Common {
    std::string webhook_id;
    int lines = 20;
};

struct RoleAdd : Common {
    std::string role, client_id;
};
struct RoleRemove : Common {
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

using Command =
    std::variant<Serve, RealmCreate, RealmList, RealmShow, RealmDelete, AppCreate, AppUpdate,
                 AppList, AppShow, AppRotateSecret, AppDelete, UserCreate, UserShow, ConsentIssue,
                 ConnectionList, ConnectionRevoke, TokenShow, TokenRevoke, KeysList, KeysRotate,
                 KeysRetire, KeysReseal, KeysRewrap, WebhookCreate, WebhookList, WebhookDelete,
                 WebhookDeliveries, RoleAdd, RoleRemove, RoleList, AuditTail, Backup>;

/// How a command prints; the server has no output of its own.
[[nodiscard]] inline Format format_of(const Serve&) { return Format::human; }
[[nodiscard]] inline Format format_of(const Backup& backup) { return backup.format; }
[[nodiscard]] inline Format format_of(const Common& common) { return common.format; }

/// What to run, or, when help was asked for or the line is wrong, the exit status after having
/// printed it (0 for help, 2 for a usage error).
[[nodiscard]] std::variant<Command, int> parse_command_line(int argc, char** argv);

}  // namespace latchkey::cli
