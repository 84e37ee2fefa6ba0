#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"
#include "metafields/types/json_text.hpp"

namespace latchkey::metafields {
namespace {

enum class Nesting : std::uint8_t { root, block, list, inline_text };

struct NodeKind {
    std::string_view type;
    Nesting stands_in;  // what kind of parent it may have
    Nesting holds;      // what its children stand in; of a text, nothing
};

// The ecosystem's tree: root > paragraph, heading, list > list-item > link, text.
constexpr NodeKind node_kinds[] = {
    {"paragraph", Nesting::root, Nesting::inline_text},
    {"heading", Nesting::root, Nesting::inline_text},
    {"list", Nesting::root, Nesting::list},
    {"list-item", Nesting::list, Nesting::inline_text},
    {"link", Nesting::inline_text, Nesting::inline_text},
    {"text", Nesting::inline_text, Nesting::block},
};

std::string_view text_member(const json::Value& node, std::string_view name) {
    const std::string* text = node.find_string(name);
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool has_its_members(std::string_view type, const json::Value& node) {
    if (type == "text") {
        return node.find_string("value") != nullptr;
    }
    if (type == "link") return !text_member(node, "url").empty();
    if (type == "list") {
        const std::string_view list_type = text_member(node, "listType");
        return list_type == "ordered" || list_type == "unordered";
    }
    if (type == "heading") {
        constexpr std::int64_t deepest_heading = 6;
        const json::Value* level = node.find("level");
        return level != nullptr && level->integer() != nullptr && *level->integer() >= 1 &&
               *level->integer() <= deepest_heading;
    }
    return true;
}

/// The depth is bounded by the JSON parser.
bool is_children(const json::Value& parent, Nesting nesting) {
    const json::Value* children = parent.find("children");
    if (children == nullptr || children->array() == nullptr) return false;
    return std::ranges::all_of(*children->array(), [nesting](const json::Value& node) {
        const std::string_view type = text_member(node, "type");
        const auto kind = std::ranges::find(node_kinds, type, &NodeKind::type);
        if (kind == std::end(node_kinds) || kind->stands_in != nesting) return false;
        if (!has_its_members(type, node)) return false;
        return type == "text" || is_children(node, kind->holds);
    });
}

Checked canonical_rich_text(std::string_view value) {
    const auto document = parse_json(value);
    if (!document || text_member(*document, "type") != "root" ||
        !is_children(*document, Nesting::root)) {
        return refuse(
            "Value must be rich text: a JSON tree whose root holds paragraphs, headings "
            "and lists of text and links, such as {\"type\":\"root\",\"children\":"
            "[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"value\":\"Hi\"}]}"
            "]}.");
    }
    return minify(value);
}

constexpr ScalarType types[] = {
    {"rich_text_field",
     Category::TEXT,
     ListForm::none,
     max_value_bytes,
     canonical_rich_text,
     nullptr,
     {}},
};

}  // namespace

std::span<const ScalarType> rich_text_types() noexcept { return types; }

}  // namespace latchkey::metafields
