#include "metafields/names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/text.hpp"
#include "metafields/limits.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view reserved_prefix = "app--";
constexpr std::string_view reserved_alias = "$app";
constexpr std::string_view client_gid_prefix = "gid://shopify/Client/";

bool is_name_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

std::optional<std::string> find_text_fault(std::string_view text, std::string_view what,
                                           std::size_t max_characters) {
    if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
        return fmt::format("{} must be text without NUL characters.", what);
    }
    if (count_characters(text) > max_characters) {
        return fmt::format("{} can have at most {} characters.", what, max_characters);
    }
    return std::nullopt;
}

}  // namespace

std::string reserved_namespace(ClientId client_id) {
    return std::string(reserved_prefix) + client_id.text();
}

std::optional<ClientId> find_reserved_owner(ClientId client_id,
                                            std::optional<std::string_view> name_space) {
    if (!name_space || *name_space == reserved_alias) return client_id;
    if (!name_space->starts_with(reserved_prefix)) return std::nullopt;
    return ClientId::from_text(name_space->substr(reserved_prefix.size()));
}

std::string client_gid(ClientId client_id) {
    return std::string(client_gid_prefix) + client_id.text();
}

std::optional<ClientId> parse_client_gid(std::string_view gid) {
    if (!gid.starts_with(client_gid_prefix)) return std::nullopt;
    return ClientId::from_text(gid.substr(client_gid_prefix.size()));
}

std::optional<std::string> find_key_fault(std::string_view key) {
    if (key.size() < min_key_length || key.size() > max_key_length) {
        return fmt::format("Key must have {} to {} characters.", min_key_length, max_key_length);
    }
    if (!std::ranges::all_of(key, is_name_character)) {
        return "Key can hold only letters A-Z and a-z, digits, hyphens and underscores.";
    }
    return std::nullopt;
}

std::optional<std::string> find_namespace_key_fault(std::string_view key) {
    if (auto fault = find_key_fault(key)) return fault;
    if (key.starts_with(reserved_prefix)) return "Key can't begin with app--, which is reserved.";
    return std::nullopt;
}

std::optional<std::string> find_namespace_fault(std::string_view name_space) {
    if (name_space.size() < min_namespace_length || name_space.size() > max_namespace_length) {
        return fmt::format("Namespace must have {} to {} characters.", min_namespace_length,
                           max_namespace_length);
    }
    const auto allowed = [](char c) { return is_name_character(c) || c == '.'; };
    if (!std::ranges::all_of(name_space, allowed)) {
        return "Namespace can hold only letters A-Z and a-z, digits, hyphens and underscores, "
               "with dots between its parts.";
    }
    const bool empty_part = name_space.front() == '.' || name_space.back() == '.' ||
                            name_space.find("..") != std::string_view::npos;
    if (empty_part) return "Namespace can't have an empty part before, after or between dots.";
    return std::nullopt;
}

std::optional<std::string> find_name_fault(std::string_view name) {
    if (trim_ascii(name).empty()) return "Name can't be blank.";
    return find_text_fault(name, "Name", max_name_length);
}

std::optional<std::string> find_description_fault(std::string_view description) {
    return find_text_fault(description, "Description", max_description_length);
}

std::size_t count_characters(std::string_view text) noexcept {
    const auto starts_character = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    };
    return static_cast<std::size_t>(std::ranges::count_if(text, starts_character));
}

}  // namespace latchkey::metafields
