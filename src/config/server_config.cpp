#include "config/server_config.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "base/text.hpp"
#include "config/own_scopes.hpp"

namespace latchkey::config {
namespace {

Failure bad_key(const std::string& key, std::string_view wanted) {
    return fail(ErrorCode::invalid_argument, "The configuration is not valid.",
                "configuration key `" + key + "`: " + std::string(wanted));
}

// One row for each key: how its value is checked and where it goes.
using Setter = std::function<bool(ServerConfig&, const toml::node&)>;

Setter text(std::function<std::string&(ServerConfig&)> field) {
    return [field = std::move(field)](ServerConfig& config, const toml::node& node) {
        const auto value = node.value_exact<std::string>();
        if (value) field(config) = *value;
        return value.has_value();
    };
}

Setter seconds(std::function<Seconds&(ServerConfig&)> field) {
    return [field = std::move(field)](ServerConfig& config, const toml::node& node) {
        const auto value = node.value_exact<std::int64_t>();
        if (!value || *value < 1) return false;
        field(config) = Seconds(*value);
        return true;
    };
}

bool set_graphiql(ServerConfig& config, const toml::node& node) {
    const auto value = node.value_exact<bool>();
    if (value) config.graphiql = *value ? Graphiql::always : Graphiql::never;
    return value.has_value();
}

/// 0 is a value here: no end.
bool set_audit_days(ServerConfig& config, const toml::node& node) {
    constexpr std::int64_t max_days = 36'500;
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > max_days) return false;
    config.lifetimes.audit = std::chrono::days(*value);
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
    Setter set;
    std::string_view wanted;
};

const std::map<std::string, Key, std::less<>>& known_keys() {
    using C = ServerConfig;
    static const std::map<std::string, Key, std::less<>> keys{
        {"listen", {set_listen, "\"HOST:PORT\""}},
        {"public_url", {text([](C& c) -> auto& { return c.public_url; }), "a URL in quotes"}},
        {"graphiql", {set_graphiql, "true or false"}},
        {"threads", {set_threads, "a number from 1 to 256"}},
        {"master_key_file", {text([](C& c) -> auto& { return c.master_key_file; }), "a path"}},
        {"tls.certificate", {text([](C& c) -> auto& { return c.tls_certificate; }), "a path"}},
        {"tls.key", {text([](C& c) -> auto& { return c.tls_key; }), "a path"}},
        {"brand.name", {text([](C& c) -> auto& { return c.brand.name; }), "a name in quotes"}},
        {"brand.color",
         {text([](C& c) -> auto& { return c.brand.colors.color; }), "a colour in quotes"}},
        {"brand.text_color",
         {text([](C& c) -> auto& { return c.brand.colors.text_color; }), "a colour in quotes"}},
        {"brand.dark_color",
         {text([](C& c) -> auto& { return c.brand.colors.dark_color; }), "a colour in quotes"}},
        {"brand.dark_text_color",
         {text([](C& c) -> auto& { return c.brand.colors.dark_text_color; }),
          "a colour in quotes"}},
        {"brand.logo", {text([](C& c) -> auto& { return c.brand.logo; }), "a path"}},
        {"brand.dark_logo", {text([](C& c) -> auto& { return c.brand.dark_logo; }), "a path"}},
        {"passkeys.rp_id", {text([](C& c) -> auto& { return c.passkey_rp_id; }), "a domain"}},
        {"smtp.url", {text([](C& c) -> auto& { return c.smtp.url; }), "smtp://… or smtps://…"}},
        {"smtp.from", {text([](C& c) -> auto& { return c.smtp.from; }), "an address in quotes"}},
        {"smtp.username", {text([](C& c) -> auto& { return c.smtp.username; }), "a text"}},
        {"smtp.password_file",
         {text([](C& c) -> auto& { return c.smtp.password_file; }), "a path"}},
        {"smtp.ca_file", {text([](C& c) -> auto& { return c.smtp.ca_file; }), "a path"}},
        {"smtp.tls",
         {text([](C& c) -> auto& { return c.smtp.tls; }), "\"required\" or \"optional\""}},
        {"lifetimes.access_token_seconds",
         {seconds([](C& c) -> auto& { return c.lifetimes.access_token; }), "seconds, 1 or more"}},
        {"lifetimes.consent_token_seconds",
         {seconds([](C& c) -> auto& { return c.lifetimes.consent_token; }), "seconds, 1 or more"}},
        {"lifetimes.refresh_token_seconds",
         {seconds([](C& c) -> auto& { return c.lifetimes.refresh_token; }), "seconds, 1 or more"}},
        {"lifetimes.refresh_idle_seconds",
         {seconds([](C& c) -> auto& { return c.lifetimes.refresh_idle; }), "seconds, 1 or more"}},
        {"lifetimes.refresh_grace_seconds",
         {seconds([](C& c) -> auto& { return c.lifetimes.refresh_grace; }), "seconds, 1 to 60"}},
        {"lifetimes.session_seconds",
         {seconds([](C& c) -> auto& { return c.lifetimes.session; }), "seconds, 1 or more"}},
        {"lifetimes.audit_days", {set_audit_days, "days, 0 (no end) to 36500"}},
    };
    return keys;
}

Result<void> apply(ServerConfig& config, const toml::table& table, const std::string& prefix) {
    for (const auto& [name, node] : table) {
        const std::string key = prefix + std::string(name.str());
        if (key == "scopes") {
            config.scopes = TRY(read_own_scopes(node));
            continue;
        }
        if (const auto* inner = node.as_table()) {
            TRY(apply(config, *inner, key + "."));
            continue;
        }
        const auto known = known_keys().find(key);
        if (known == known_keys().end()) return bad_key(key, "there is no such key");
        if (!known->second.set(config, node)) return bad_key(key, known->second.wanted);
    }
    return {};
}

Result<void> check_public_url(const std::string& url) {
    const bool secure = url.starts_with("https://");
    const bool loopback = url.starts_with("http://127.0.0.1") ||
                          url.starts_with("http://localhost") || url.starts_with("http://[::1]");
    if (!secure && !loopback) {
        return bad_key("public_url", "https://…, or http:// on loopback only");
    }
    const std::size_t host = url.find("//") + 2;
    if (url.find_first_of("/?#@ ", host) != std::string::npos || url.size() == host) {
        return bad_key("public_url", "an origin: scheme, host and port, with nothing after");
    }
    return {};
}

/// The host of an origin, without its port.
std::string_view host_of(std::string_view origin) {
    const std::string_view authority = origin.substr(origin.find("//") + 2);
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

bool is_ip_address(std::string_view host) {
    return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

// WebAuthn L2 5.1.2: an RP ID is the origin's effective domain or a registrable suffix of it.
Result<void> complete_passkeys(ServerConfig& config) {
    const std::string_view host = host_of(config.public_url);
    std::string& id = config.passkey_rp_id;
    if (is_ip_address(host)) {
        if (!id.empty()) return bad_key("passkeys.rp_id", "a public_url with a domain");
        return {};
    }
    if (id.empty()) id = host;
    const bool is_parent = host.size() > id.size() && host.ends_with(id) &&
                           host[host.size() - id.size() - 1] == '.' &&
                           id.find('.') != std::string::npos;
    if (host != id && !is_parent) {
        return bad_key("passkeys.rp_id", "public_url's host, or a parent domain of it");
    }
    return {};
}

Result<void> check_brand(const Brand& brand) {
    const auto starts_character = [](char c) { return (c & 0xC0) != 0x80; };
    const auto characters = std::ranges::count_if(brand.name, starts_character);
    if (characters < 1 || characters > max_brand_name_characters || !is_valid_utf8(brand.name)) {
        return bad_key("brand.name", "1 to 60 characters");
    }
    if (!brand.dark_logo.empty() && brand.logo.empty()) {
        return bad_key("brand.dark_logo", "only with `logo`");
    }
    (void)TRY(branding::make_palette(brand.colors));
    return {};
}

Result<void> check_lifetimes(const Lifetimes& lifetimes) {
    // keys/purposes.hpp counts on these: a retired key must have nothing left to open.
    if (lifetimes.access_token > max_token_lifetimes.access_token) {
        return bad_key("lifetimes.access_token_seconds", "at most 86400: a day");
    }
    if (lifetimes.consent_token > max_token_lifetimes.consent_token) {
        return bad_key("lifetimes.consent_token_seconds", "at most 86400: a day");
    }
    if (lifetimes.refresh_token > max_token_lifetimes.refresh_token) {
        return bad_key("lifetimes.refresh_token_seconds", "at most 34560000: 400 days");
    }
    if (lifetimes.session > max_token_lifetimes.session) {
        return bad_key("lifetimes.session_seconds", "at most 34560000: 400 days");
    }
    if (lifetimes.refresh_grace > Seconds(60)) {
        return bad_key("lifetimes.refresh_grace_seconds", "at most 60");
    }
    return {};
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
    return parse_config(text.str(), std::move(config));
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
    TRY(complete_passkeys(config));
    TRY(check_brand(config.brand));
    TRY(check_lifetimes(config.lifetimes));
    (void)TRY(ScopeRegistry::make(config.scopes));
    if (!config.smtp.url.empty() && config.smtp.from.empty()) {
        return bad_key("smtp.from", "the sender's address, which a mail server needs");
    }
    const std::string& tls = config.smtp.tls;
    if (!tls.empty() && tls != "required" && tls != "optional") {
        return bad_key("smtp.tls", "\"required\" or \"optional\"");
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
