#pragma once

// How metafields are named: keys, namespaces and the texts that people read.
// Every app has a reserved namespace, which it uses without naming it.

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "metafields/problem.hpp"

namespace latchkey::metafields {

/// How a request names a definition. Borrowed for the length of a call.
struct Identifier {
    std::string_view key;
    std::optional<std::string_view> name_space;  // absent: the app's reserved one
};

/// The reserved namespace written out, as definitions show it: "app--" and the client id.
[[nodiscard]] std::string reserved_namespace(ClientId client_id);

/// The app whose reserved namespace this is: left out or "$app" means that of `client_id`. Absent
/// when it is an explicit namespace's path.
[[nodiscard]] std::optional<ClientId> find_reserved_owner(
    ClientId client_id, std::optional<std::string_view> name_space);

/// The global ID of an app, "gid://shopify/Client/" and its id, and back.
[[nodiscard]] std::string client_gid(ClientId client_id);
[[nodiscard]] std::optional<ClientId> parse_client_gid(std::string_view gid);

/// Absent when the key is well formed: 2 to 64 of A-Z a-z 0-9 - _.
[[nodiscard]] std::optional<std::string> find_key_fault(std::string_view key);
/// The same for the key of a namespace, which can't look like a reserved one.
[[nodiscard]] std::optional<std::string> find_namespace_key_fault(std::string_view key);
/// Absent when well formed: 3 to 255 of the same characters, parts separated by single dots.
[[nodiscard]] std::optional<std::string> find_namespace_fault(std::string_view name_space);
[[nodiscard]] std::optional<std::string> find_name_fault(std::string_view name);
[[nodiscard]] std::optional<std::string> find_description_fault(std::string_view description);

/// Unicode code points of a valid UTF-8 text: the "characters" of our limits.
[[nodiscard]] std::size_t count_characters(std::string_view text) noexcept;

}  // namespace latchkey::metafields
