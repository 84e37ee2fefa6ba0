#include "metafields/json_text.hpp"

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

}  // namespace

std::optional<json::Value> parse_json(std::string_view text) {
    const json::ParseLimits limits{.max_bytes = max_value_bytes, .max_depth = max_json_depth};
    auto parsed = json::parse(text, limits);
    if (!parsed) return std::nullopt;
    return std::move(*parsed);
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
    const std::string_view body = array.substr(1, array.size() - 2);
    std::vector<std::string_view> items;
    if (body.empty()) return items;
    StringTracker tracker;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (tracker.step(body[i])) continue;
        if (body[i] == '[' || body[i] == '{') ++depth;
        if (body[i] == ']' || body[i] == '}') --depth;
        if (body[i] == ',' && depth == 0) {
            items.push_back(body.substr(start, i - start));
            start = i + 1;
        }
    }
    items.push_back(body.substr(start));
    return items;
}

}  // namespace latchkey::metafields
