#include "config/realm_settings.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/host.hpp"
#include "base/text/origin.hpp"
#include "base/text/text.hpp"
#include "config/settings_keys.hpp"
#include "model/token_lifetimes.hpp"

namespace latchkey::config {
namespace {

using R = RealmSettings;

Setter<R> seconds(std::function<Seconds&(R&)> field) {
    return [field = std::move(field)](R& settings, const toml::node& node) {
        const auto value = node.value_exact<std::int64_t>();
        if (!value || *value < 1) return false;
        field(settings) = Seconds(*value);
        return true;
    };
}

bool set_sign_up(R& settings, const toml::node& node) {
    const auto value = node.value_exact<std::string>();
    if (value != "open" && value != "closed") return false;
    settings.sign_up = value == "open" ? SignUp::open : SignUp::closed;
    return true;
}

struct RealmKey {
    Setter<R> set;
    std::string_view wanted;
};

const std::map<std::string, RealmKey, std::less<>>& realm_keys() {
    constexpr std::string_view seconds_wanted = "seconds, 1 or more";
    constexpr std::string_view color_wanted = "a colour in quotes";
    static const std::map<std::string, RealmKey, std::less<>> keys{
        {"sign_up", {set_sign_up, "\"open\" or \"closed\""}},
        {"mail_from", {text<R>([](R& r) -> auto& { return r.mail_from; }), "an address in quotes"}},
        {"brand.name", {text<R>([](R& r) -> auto& { return r.brand.name; }), "a name in quotes"}},
        {"brand.color",
         {text<R>([](R& r) -> auto& { return r.brand.colors.color; }), color_wanted}},
        {"brand.text_color",
         {text<R>([](R& r) -> auto& { return r.brand.colors.text_color; }), color_wanted}},
        {"brand.dark_color",
         {text<R>([](R& r) -> auto& { return r.brand.colors.dark_color; }), color_wanted}},
        {"brand.dark_text_color",
         {text<R>([](R& r) -> auto& { return r.brand.colors.dark_text_color; }), color_wanted}},
        {"brand.logo", {text<R>([](R& r) -> auto& { return r.brand.logo; }), "a path"}},
        {"brand.dark_logo", {text<R>([](R& r) -> auto& { return r.brand.dark_logo; }), "a path"}},
        {"passkeys.rp_id", {text<R>([](R& r) -> auto& { return r.passkey_rp_id; }), "a domain"}},
        {"lifetimes.access_token_seconds",
         {seconds([](R& r) -> auto& { return r.lifetimes.access_token; }), seconds_wanted}},
        {"lifetimes.consent_token_seconds",
         {seconds([](R& r) -> auto& { return r.lifetimes.consent_token; }), seconds_wanted}},
        {"lifetimes.refresh_token_seconds",
         {seconds([](R& r) -> auto& { return r.lifetimes.refresh_token; }), seconds_wanted}},
        {"lifetimes.refresh_idle_seconds",
         {seconds([](R& r) -> auto& { return r.lifetimes.refresh_idle; }), seconds_wanted}},
        {"lifetimes.refresh_grace_seconds",
         {seconds([](R& r) -> auto& { return r.lifetimes.refresh_grace; }), "seconds, 1 to 60"}},
        {"lifetimes.session_seconds",
         {seconds([](R& r) -> auto& { return r.lifetimes.session; }), seconds_wanted}},
    };
    return keys;
}

Result<void> apply_table(R& settings, const toml::table& table, const std::string& section,
                         const std::string& prefix) {
    for (const auto& [name, node] : table) {
        const std::string key = prefix + std::string(name.str());
        if (const auto* inner = node.as_table()) {
            TRY(apply_table(settings, *inner, section, key + "."));
        } else {
            const std::string in_file = section + key;
            TRY(apply_setting(settings, {key, in_file}, node));
        }
    }
    return {};
}

// WebAuthn L2 5.1.2: an RP ID is the origin's effective domain or a registrable suffix of it.
Result<void> complete_passkeys(R& settings, const std::string& public_url,
                               const std::string& prefix) {
    const std::string_view host = host_of(public_url);
    std::string& id = settings.passkey_rp_id;
    if (is_ip_address(host)) {
        if (!id.empty()) return bad_key(prefix + "passkeys.rp_id", "a public_url with a domain");
        return {};
    }
    if (id.empty()) id = host;
    const bool is_parent = host.size() > id.size() && host.ends_with(id) &&
                           host[host.size() - id.size() - 1] == '.' &&
                           id.find('.') != std::string::npos;
    if (host != id && !is_parent) {
        return bad_key(prefix + "passkeys.rp_id", "public_url's host, or a parent domain of it");
    }
    return {};
}

Result<void> check_brand(const Brand& brand, const std::string& prefix) {
    const auto characters = display_length(brand.name);
    if (!characters) return bad_key(prefix + "brand.name", "one line of text");
    if (characters < 1 || characters > max_brand_name_characters) {
        return bad_key(prefix + "brand.name", "1 to 60 characters");
    }
    if (!brand.dark_logo.empty() && brand.logo.empty()) {
        return bad_key(prefix + "brand.dark_logo", "only with `logo`");
    }
    auto palette = branding::make_palette(brand.colors);
    if (!palette) {
        Error error = palette.error();
        if (!prefix.empty()) error.detail = "in [" + prefix + "brand]: " + error.detail;
        return Failure(std::move(error));
    }
    return {};
}

Result<void> check_lifetimes(const Lifetimes& lifetimes, const std::string& prefix) {
    if (lifetimes.access_token > max_access_token_life) {
        return bad_key(prefix + "lifetimes.access_token_seconds", "at most 86400: a day");
    }
    if (lifetimes.consent_token > max_consent_token_life) {
        return bad_key(prefix + "lifetimes.consent_token_seconds", "at most 86400: a day");
    }
    if (lifetimes.refresh_token > max_refresh_token_life) {
        return bad_key(prefix + "lifetimes.refresh_token_seconds", "at most 34560000: 400 days");
    }
    if (lifetimes.session > max_session_life) {
        return bad_key(prefix + "lifetimes.session_seconds", "at most 34560000: 400 days");
    }
    if (lifetimes.refresh_grace > max_refresh_grace) {
        return bad_key(prefix + "lifetimes.refresh_grace_seconds", "at most 60");
    }
    return {};
}

}  // namespace

Result<void> check_sender(const std::string& address, const std::string& key) {
    constexpr std::size_t max_address_size = 254;  // RFC 5321 4.5.3.1.3
    constexpr std::string_view separators = " <>,;:\"\\()[]";
    const std::size_t at = address.find('@');
    const bool has_halves = at != 0 && at < address.size() - 1 && at == address.rfind('@');
    if (!has_halves || !display_length(address) || address.size() > max_address_size ||
        address.find_first_of(separators) != std::string::npos) {
        return bad_key(key, "an address: name@example.com");
    }
    return {};
}

Result<void> apply_setting(RealmSettings& settings, const SettingKey& key, const toml::node& node) {
    const auto known = realm_keys().find(key.key);
    if (known == realm_keys().end()) return bad_key(key.in_file, "there is no such key");
    if (!known->second.set(settings, node)) return bad_key(key.in_file, known->second.wanted);
    return {};
}

Result<void> apply_settings(RealmSettings& settings, const toml::table& table,
                            const std::string& section) {
    return apply_table(settings, table, section, "");
}

Result<void> check_settings(const RealmSettings& settings, const std::string& prefix) {
    TRY(check_brand(settings.brand, prefix));
    TRY(check_lifetimes(settings.lifetimes, prefix));
    if (!settings.mail_from.empty()) TRY(check_sender(settings.mail_from, prefix + "mail_from"));
    const std::string& domain = settings.passkey_rp_id;
    if (!domain.empty() && (!is_host(domain) || is_ip_address(domain))) {
        return bad_key(prefix + "passkeys.rp_id", "a domain: example.com");
    }
    return {};
}

Result<RealmSettings> complete_settings(RealmSettings settings, const std::string& public_url,
                                        const std::string& prefix) {
    TRY(complete_passkeys(settings, public_url, prefix));
    TRY(check_settings(settings, prefix));
    return settings;
}

}  // namespace latchkey::config
