#include "apps/latchkey/open_realm.hpp"

#include <algorithm>
#include <utility>

#include "apps/latchkey/brand.hpp"
#include "base/text/text.hpp"
#include "rendering/catalogue.hpp"

namespace latchkey::app {
namespace {

// The first realm's consent tokens are made and read by this installation alone, also by commands
// that do not know which URL the server is reached at: they name the installation, by a value
// derived from the realm's keys.
std::string installation_name(const keys::KeyRing& keys) {
    constexpr std::size_t name_bytes = 8;
    const Secret derived = keys.derive(keys::Purpose::public_id, "installation name");
    return "urn:latchkey:" + to_hex(derived.reveal_bytes().first(name_bytes));
}

struct RealmNames {
    std::string public_origin;
    std::string issuer;
    std::string partners_audience;
};

RealmNames names_of(const RealmRecord& realm, const config::ServerConfig& config,
                    const keys::KeyRing& keys) {
    if (!realm.name.empty()) {
        return {.public_origin = realm.public_url,
                .issuer = realm.public_url,
                .partners_audience = realm.public_url + "/api/partners"};
    }
    const std::string installation = installation_name(keys);
    return {.public_origin = config.public_url,
            .issuer = installation,
            .partners_audience = installation + ":partners"};
}

std::string settings_prefix(const RealmRecord& realm) {
    return realm.name.empty() ? "" : "realm." + realm.name + ".";
}

Result<config::RealmSettings> settings_of(const RealmRecord& realm,
                                          const config::ServerConfig& config) {
    if (realm.name.empty()) return config.realm;  // complete already
    const auto section = config.realms.find(realm.name);
    config::RealmSettings settings;
    settings.brand.name = realm.name;
    if (section != config.realms.end()) settings = section->second;
    return config::complete_settings(std::move(settings), realm.public_url, settings_prefix(realm));
}

realm::Lifetimes lifetimes_of(const config::Lifetimes& settings) {
    return {.consent_token = settings.consent_token,
            .access_token = settings.access_token,
            .refresh_absolute = settings.refresh_token,
            .refresh_idle = settings.refresh_idle,
            .refresh_grace = settings.refresh_grace,
            .session = settings.session};
}

bool is_language_of_pages(std::string_view locale) {
    return std::ranges::any_of(rendering::catalogues(), [&](const rendering::Catalogue& catalogue) {
        return catalogue.locale() == locale;
    });
}

/// A text in a language that no page has would be read by nobody.
Result<void> check_languages(const std::vector<OwnScope>& scopes) {
    std::string languages;
    for (const auto& catalogue : rendering::catalogues()) {
        languages += (languages.empty() ? "" : ", ") + std::string(catalogue.locale());
    }
    for (const OwnScope& scope : scopes) {
        for (const ScopeText& text : scope.texts) {
            if (is_language_of_pages(text.locale)) continue;
            return fail(ErrorCode::invalid_argument, "The configuration is not valid.",
                        "scope `" + scope.name + "`: a text in `" + text.locale +
                            "`, and pages are in " + languages);
        }
    }
    return {};
}

realm::SignUp sign_up_of(config::SignUp setting) {
    switch (setting) {
        case config::SignUp::open: return realm::SignUp::open;
        case config::SignUp::closed: return realm::SignUp::closed;
    }
    return realm::SignUp::closed;
}

}  // namespace

Result<RealmSetup> set_up_realm(const RealmRecord& record, const config::ServerConfig& config) {
    config::RealmSettings settings = TRY(settings_of(record, config));
    branding::Brand brand = TRY(load_brand(settings.brand, settings_prefix(record)));
    return RealmSetup{std::move(settings), std::move(brand)};
}

Result<std::unique_ptr<OpenRealm>> make_realm(const RealmRecord& record,
                                              const config::ServerConfig& config, RealmSetup setup,
                                              std::unique_ptr<keys::KeyRing> keys) {
    const RealmNames names = names_of(record, config, *keys);
    const config::RealmSettings& settings = setup.settings;
    auto scopes = TRY(ScopeRegistry::make(config.scopes));
    TRY(check_languages(config.scopes));
    const keys::KeyRing& ring = *keys;
    return std::unique_ptr<OpenRealm>(new OpenRealm{
        .keys = std::move(keys),
        .realm = {.keys = ring,
                  .issuer = names.issuer,
                  .partners_audience = names.partners_audience,
                  .lifetimes = lifetimes_of(settings.lifetimes),
                  .name = record.name,
                  .public_origin = names.public_origin,
                  .brand = std::move(setup.brand),
                  .passkey_domain = settings.passkey_rp_id,
                  .mail_from = settings.mail_from.empty() ? config.smtp.from : settings.mail_from,
                  .sign_up = sign_up_of(settings.sign_up),
                  .scopes = std::move(scopes)}});
}

}  // namespace latchkey::app
