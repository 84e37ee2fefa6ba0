#pragma once

// How a key of the file is checked and where its value goes. For config/ alone: it knows TOML.

#include <toml++/toml.h>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "config/realm_settings.hpp"

namespace latchkey::config {

[[nodiscard]] inline Failure bad_key(const std::string& key, std::string_view wanted) {
    return fail(ErrorCode::invalid_argument, "The configuration is not valid.",
                "configuration key `" + key + "`: " + std::string(wanted));
}

/// Errors: invalid_argument unless it is an address that mail can come from.
[[nodiscard]] Result<void> check_sender(const std::string& address, const std::string& key);

/// False: the value is none that the key takes.
template <class Settings>
using Setter = std::function<bool(Settings&, const toml::node&)>;

template <class Settings>
[[nodiscard]] Setter<Settings> text(std::function<std::string&(Settings&)> field) {
    return [field = std::move(field)](Settings& settings, const toml::node& node) {
        const auto value = node.value_exact<std::string>();
        if (value) field(settings) = *value;
        return value.has_value();
    };
}

/// A key of a realm's settings, and how the file spells it.
struct SettingKey {
    const std::string& key;      // "brand.name"
    const std::string& in_file;  // "realm.acme.brand.name"
};
/// Errors: invalid_argument.
[[nodiscard]] Result<void> apply_setting(RealmSettings& settings, const SettingKey& key,
                                         const toml::node& node);
/// Every key of a realm's section. Errors: invalid_argument.
[[nodiscard]] Result<void> apply_settings(RealmSettings& settings, const toml::table& table,
                                          const std::string& section);

}  // namespace latchkey::config
