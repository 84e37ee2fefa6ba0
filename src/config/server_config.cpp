#include "config/server_config.hpp"

#include <toml++/toml.h>
#include <charconv>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "base/text/origin.hpp"
#include "base/text/realm_name.hpp"
#include "config/own_scopes.hpp"
#include "config/settings_keys.hpp"

namespace latchkey::config {
namespace {

bool set_graphiql(ServerConfig& config, const toml::node& node) {
    const auto value = node.value_exact<bool>();
    if (value) config.graphiql = *value ? Graphiql::always : Graphiql::never;
    return value.has_value();
}

bool set_smtp_tls(ServerConfig& config, const toml::node& node) {
    const auto value = node.value_exact<std::string>();
    if (value == "required") {
        config.smtp.tls = SmtpTls::required;
    } else if (value == "optional") {
        config.smtp.tls = SmtpTls::optional;
    } else {
        return false;
    }
    return true;
}

/// 0 is a value here: no end.
bool set_audit_days(ServerConfig& config, const toml::node& node) {
    constexpr std::int64_t max_days = 36'500;
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > max_days) return false;
    config.audit_retention = std::chrono::days(*value);
    return true;
}

bool set_listen(ServerConfig& config, const toml::node& node) {
    const auto value = node.value_exact<std::string>();
    if (!value) return false;
    auto address = parse_listen_address(*value);
    if (!address) return false;
    config.host = std::move(address->host);
    config.port = address->port;
    return true;
}

bool set_threads(ServerConfig& config, const toml::node& node) {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > 256) return false;
    config.threads = static_cast<unsigned>(*value);
    return true;
}

struct Key {
    Setter<ServerConfig> set;
    std::string_view wanted;
};

const std::map<std::string, Key, std::less<>>& server_keys() {
    using C = ServerConfig;
    static const std::map<std::string, Key, std::less<>> keys{
        {"listen", {set_listen, "\"HOST:PORT\""}},
        {"public_url", {text<C>([](C& c) -> auto& { return c.public_url; }), "a URL in quotes"}},
        {"graphiql", {set_graphiql, "true or false"}},
        {"threads", {set_threads, "a number from 1 to 256"}},
        {"master_key_file", {text<C>([](C& c) -> auto& { return c.master_key_file; }), "a path"}},
        {"tls.certificate", {text<C>([](C& c) -> auto& { return c.tls_certificate; }), "a path"}},
        {"tls.key", {text<C>([](C& c) -> auto& { return c.tls_key; }), "a path"}},
        {"smtp.url", {text<C>([](C& c) -> auto& { return c.smtp.url; }), "smtp://… or smtps://…"}},
        {"smtp.from", {text<C>([](C& c) -> auto& { return c.smtp.from; }), "an address in quotes"}},
        {"smtp.username", {text<C>([](C& c) -> auto& { return c.smtp.username; }), "a text"}},
        {"smtp.password_file",
         {text<C>([](C& c) -> auto& { return c.smtp.password_file; }), "a path"}},
        {"smtp.ca_file", {text<C>([](C& c) -> auto& { return c.smtp.ca_file; }), "a path"}},
        {"smtp.tls", {set_smtp_tls, "\"required\" or \"optional\""}},
        {"lifetimes.audit_days", {set_audit_days, "days, 0 (no end) to 36500"}},
    };
    return keys;
}

Result<void> apply(ServerConfig& config, const toml::table& table, const std::string& prefix);

Result<void> apply_realms(ServerConfig& config, const toml::table& realms) {
    for (const auto& [name, node] : realms) {
        const std::string section = "realm." + std::string(name.str());
        const auto* settings = node.as_table();
        if (settings == nullptr) return bad_key(section, "a section: [realm.NAME]");
        if (!is_realm_name(name.str())) return bad_key(section, realm_name_rule);
        RealmSettings& realm = config.realms[std::string(name.str())];
        realm.brand.name = name.str();
        TRY(apply_settings(realm, *settings, section + "."));
    }
    return {};
}

Result<void> apply_key(ServerConfig& config, const std::string& key, const toml::node& node) {
    const auto known = server_keys().find(key);
    if (known == server_keys().end()) return apply_setting(config.realm, {key, key}, node);
    if (!known->second.set(config, node)) return bad_key(key, known->second.wanted);
    return {};
}

Result<void> apply(ServerConfig& config, const toml::table& table, const std::string& prefix) {
    for (const auto& [name, node] : table) {
        const std::string key = prefix + std::string(name.str());
        const auto* inner = node.as_table();
        if (key == "scopes") {
            config.scopes = TRY(read_own_scopes(node));
        } else if (inner != nullptr && key == "realm") {
            TRY(apply_realms(config, *inner));
        } else if (inner != nullptr) {
            TRY(apply(config, *inner, key + "."));
        } else {
            TRY(apply_key(config, key, node));
        }
    }
    return {};
}

Result<void> check_sections(const RealmSections& realms) {
    for (const auto& [name, settings] : realms) {
        TRY(check_settings(settings, "realm." + name + "."));
    }
    return {};
}

Result<void> check_public_url(const std::string& url) {
    const auto fault = find_origin_fault(url);
    if (!fault) return {};
    const auto spelt = respell_origin(url);
    return bad_key("public_url", std::string(*fault) + (spelt ? ": " + *spelt : ""));
}

}  // namespace

Result<ServerConfig> parse_config(std::string_view toml_text, ServerConfig config) {
    try {
        const toml::table table = toml::parse(toml_text);
        TRY(apply(config, table, ""));
    } catch (const toml::parse_error& error) {
        std::ostringstream place;
        place << error.description() << " at line " << error.source().begin.line << ", column "
              << error.source().begin.column;
        return fail(ErrorCode::malformed, "The configuration is not valid TOML.", place.str());
    }
    return config;
}

Result<ServerConfig> load_config(const std::string& path, ServerConfig config) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorCode::not_found, "The configuration file cannot be read.",
                    "cannot open " + path);
    }
    std::ostringstream text;
    text << file.rdbuf();
    config.file = path;
    return parse_config(text.str(), std::move(config));
}

Result<RealmSections> read_sections(const ServerConfig& config) {
    if (config.file.empty()) return config.realms;
    ServerConfig read = TRY(load_config(config.file, {}));
    TRY(check_sections(read.realms));
    return std::move(read.realms);
}

Result<ServerConfig> complete_config(ServerConfig config) {
    if (config.data_dir.empty()) {
        return fail(ErrorCode::invalid_argument, "The configuration is not valid.",
                    "no data folder: give --data DIR");
    }
    if (config.tls_certificate.empty() != config.tls_key.empty()) {
        return bad_key("tls", "certificate and key go together");
    }
    if (config.master_key_file.empty()) config.master_key_file = config.data_dir + "/master.key";
    if (config.public_url.empty()) {
        const bool ipv6 = config.host.find(':') != std::string::npos;
        const std::string host = ipv6 ? "[" + config.host + "]" : config.host;
        config.public_url = (config.tls_key.empty() ? "http://" : "https://") + host + ":" +
                            std::to_string(config.port);
    }
    TRY(check_public_url(config.public_url));
    config.realm = TRY(complete_settings(std::move(config.realm), config.public_url, ""));
    TRY(check_sections(config.realms));
    (void)TRY(ScopeRegistry::make(config.scopes));
    if (!config.smtp.from.empty()) TRY(check_sender(config.smtp.from, "smtp.from"));
    if (!config.smtp.url.empty() && config.smtp.from.empty()) {
        return bad_key("smtp.from", "the sender's address, which a mail server needs");
    }
    return config;
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    std::uint16_t port = 0;
    std::string_view host;
    if (colon != std::string_view::npos) {
        host = text.substr(0, colon);
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + colon + 1, end, port);
        if (read.ec != std::errc() || read.ptr != end) port = 0;
    }
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (host.find_first_of(":[]") != std::string_view::npos) {
        host = {};
    }
    if (host.empty() || port == 0) {
        return fail(ErrorCode::invalid_argument, "The listen address is not valid.",
                    "listen address: HOST:PORT with a port from 1 to 65535, such as "
                    "127.0.0.1:8080 or [::1]:8080");
    }
    return ListenAddress{std::string(host), port};
}

}  // namespace latchkey::config
