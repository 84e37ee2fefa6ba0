#include "config/own_scopes.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace latchkey::config {
namespace {

Failure bad_scope_key(const std::string& key, std::string_view wanted) {
    return fail(ErrorCode::invalid_argument, "The configuration is not valid.",
                "configuration key `" + key + "`: " + std::string(wanted));
}

bool is_language(std::string_view text) {
    return text.size() == 2 &&
           std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// The one of this language, made where there is none yet.
ScopeText& text_in(OwnScope& scope, std::string_view locale) {
    const auto found = std::ranges::find(scope.texts, locale, &ScopeText::locale);
    if (found != scope.texts.end()) return *found;
    return scope.texts.emplace_back(std::string(locale), std::string());
}

Result<void> read_texts(OwnScope& scope, const std::string& key, const toml::node& texts,
                        std::string ScopeText::* part) {
    const toml::table* table = texts.as_table();
    if (table == nullptr) return bad_scope_key(key, "a text for each language");
    for (const auto& [locale, node] : *table) {
        const std::string place = key + "." + std::string(locale.str());
        if (!is_language(locale.str())) {
            return bad_scope_key(place, "two letters, such as `en`, name a language");
        }
        const auto text = node.value_exact<std::string>();
        if (!text) return bad_scope_key(place, "a text in quotes");
        text_in(scope, locale.str()).*part = *text;
    }
    return {};
}

Result<void> read_claim(OwnScope& scope, const std::string& key, const toml::node& node) {
    const auto name = node.value_exact<std::string>();
    scope.claim = find_claim(name.value_or(std::string()));
    if (scope.claim) return {};
    std::string claims;
    for (int i = 0; i <= static_cast<int>(last_claim); ++i) {
        if (i > 0) claims += ", ";
        claims += to_string(static_cast<Claim>(i));
    }
    return bad_scope_key(key, "one of " + claims);
}

Result<OwnScope> read_scope(const std::string& prefix, const toml::table& table) {
    OwnScope scope;
    for (const auto& [name, node] : table) {
        const std::string key = prefix + "." + std::string(name.str());
        if (name == "name") {
            const auto text = node.value_exact<std::string>();
            if (!text) return bad_scope_key(key, "a name in quotes");
            scope.name = *text;
        } else if (name == "claim") {
            TRY(read_claim(scope, key, node));
        } else if (name == "text") {
            TRY(read_texts(scope, key, node, &ScopeText::label));
        } else if (name == "about") {
            TRY(read_texts(scope, key, node, &ScopeText::about));
        } else {
            return bad_scope_key(key, "there is no such key");
        }
    }
    return scope;
}

}  // namespace

Result<std::vector<OwnScope>> read_own_scopes(const toml::node& scopes) {
    const toml::array* list = scopes.as_array();
    if (list == nullptr) return bad_scope_key("scopes", "a list: write [[scopes]]");
    std::vector<OwnScope> read;
    for (const toml::node& each : *list) {
        const std::string key = "scopes[" + std::to_string(read.size()) + "]";
        const toml::table* table = each.as_table();
        if (table == nullptr) return bad_scope_key(key, "a list of tables: write [[scopes]]");
        read.push_back(TRY(read_scope(key, *table)));
    }
    return read;
}

}  // namespace latchkey::config
