#pragma once

// What an operator can set: defaults here, then a TOML file, then the command line.
// docs/configuration.md lists the same keys; a test holds the two together.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "config/realm_settings.hpp"
#include "model/scope_registry.hpp"

namespace latchkey::config {

/// Whether mail may be handed over without TLS. `by_place`: to a server on this machine alone.
enum class SmtpTls : std::uint8_t { by_place, required, optional };

/// Mail leaves by SMTP. Empty `url` means no mail server: only --dev can sign people in then.
struct Smtp {
    std::string url;            // smtp://host:587 or smtps://host:465
    std::string from;           // the sender's address
    std::string username;       // empty: no authentication
    std::string password_file;  // its first line is the password
    std::string ca_file;        // PEM; empty: the system's certificates
    SmtpTls tls = SmtpTls::by_place;
};

/// Whether the pages to try the APIs at are served.
enum class Graphiql : std::uint8_t { in_development, always, never };

/// The sections [realm.NAME], by name.
using RealmSections = std::map<std::string, RealmSettings, std::less<>>;

struct ServerConfig {
    std::string file;  // that it was read from; empty: from none
    std::string data_dir;
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string public_url;       // issuer and base of every link; default: http(s)://host:port
    std::string tls_certificate;  // PEM files; both or neither
    std::string tls_key;
    std::string master_key_file;  // default: <data_dir>/master.key
    RealmSettings realm;          // of the realm that is there from the start
    RealmSections realms;         // of the others
    unsigned threads = 0;         // 0 = one a core
    Graphiql graphiql = Graphiql::in_development;
    Smtp smtp;
    Seconds audit_retention{400L * 24 * 3600};  // of a record in the trail; 0: it stays for good
    std::vector<OwnScope> scopes;               // besides those of the contract
};

/// Sets what the TOML text names, over `config`. An unknown key is an error, not a surprise.
/// Errors: malformed (with line and column), invalid_argument (with the key), in `detail`.
[[nodiscard]] Result<ServerConfig> parse_config(std::string_view toml, ServerConfig config);

/// The same from a file. Errors: also not_found, no_permission.
[[nodiscard]] Result<ServerConfig> load_config(const std::string& path, ServerConfig config);

/// The sections as the file has them now: a realm may come while the server runs. Errors: those of
/// load_config; a section that is not right. The rest of the file is looked at no further.
[[nodiscard]] Result<RealmSections> read_sections(const ServerConfig& config);

/// Fills in defaults that follow from others and checks the whole: addresses, lifetimes, pairs,
/// every section. Those of `realms` are completed when their public URLs are known
/// (complete_settings).
[[nodiscard]] Result<ServerConfig> complete_config(ServerConfig config);

/// "HOST:PORT" or "[IPv6]:PORT" into host and port. Errors: invalid_argument.
struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;
};
[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace latchkey::config
