#include "metafields/types/json_text.hpp"

#include <algorithm>
#include <list>

#include "metafields/limits.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view json_space = " \t\r\n";

/// Follows a valid document character by character: are we inside a string?
class StringTracker {
public:
    /// True when `c` belongs to a string, its quotes included.
    bool step(char c) {
        if (!inside_) {
            inside_ = c == '"';
            return inside_;
        }
        if (escaped_) {
            escaped_ = false;
        } else if (c == '\\') {
            escaped_ = true;
        } else if (c == '"') {
            inside_ = false;
        }
        return true;
    }

private:
    bool inside_ = false;
    bool escaped_ = false;
};

/// The parts of a minified list of items or members, at the commas of the outermost level.
std::vector<std::string_view> split_at_commas(std::string_view body) {
    std::vector<std::string_view> parts;
    if (body.empty()) return parts;
    StringTracker tracker;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (tracker.step(body[i])) continue;
        if (body[i] == '[' || body[i] == '{') ++depth;
        if (body[i] == ']' || body[i] == '}') --depth;
        if (body[i] == ',' && depth == 0) {
            parts.push_back(body.substr(start, i - start));
            start = i + 1;
        }
    }
    parts.push_back(body.substr(start));
    return parts;
}

}  // namespace

std::optional<json::Value> parse_json(std::string_view text) {
    const json::ParseLimits limits{.max_bytes = max_value_bytes, .max_depth = max_json_depth};
    auto parsed = json::parse(text, limits);
    if (!parsed) return std::nullopt;
    return std::move(*parsed);
}

const json::Value* parse_setting(std::string_view setting) {
    struct Kept {
        std::string text;
        std::optional<json::Value> value;
    };
    constexpr std::size_t kept_settings = 16;
    thread_local std::list<Kept> kept;  // the one used last comes first
    const auto found = std::ranges::find(kept, setting, &Kept::text);
    if (found != kept.end()) {
        kept.splice(kept.begin(), kept, found);
    } else {
        kept.push_front({std::string(setting), parse_json(setting)});
        if (kept.size() > kept_settings) kept.pop_back();
    }
    const auto& value = kept.front().value;
    return value ? &*value : nullptr;
}

std::string minify(std::string_view document) {
    std::string out;
    out.reserve(document.size());
    StringTracker tracker;
    for (const char c : document) {
        const bool in_string = tracker.step(c);
        if (in_string || json_space.find(c) == std::string_view::npos) out.push_back(c);
    }
    return out;
}

std::optional<std::vector<std::string_view>> split_array(std::string_view array) {
    if (!array.starts_with('[') || !array.ends_with(']')) return std::nullopt;
    return split_at_commas(array.substr(1, array.size() - 2));
}

std::vector<std::string_view> split_members(std::string_view object) {
    if (object.size() < 2) return {};
    auto members = split_at_commas(object.substr(1, object.size() - 2));
    for (std::string_view& member : members) {
        StringTracker tracker;
        std::size_t colon = 0;
        while (tracker.step(member[colon]) || member[colon] != ':') ++colon;
        member.remove_prefix(colon + 1);
    }
    return members;
}

}  // namespace latchkey::metafields
