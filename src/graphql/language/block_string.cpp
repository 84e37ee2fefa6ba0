#include "graphql/language/block_string.hpp"

#include <algorithm>
#include <vector>

namespace latchkey::graphql::language {
namespace {

std::vector<std::string_view> split_lines(std::string_view raw) {
    std::vector<std::string_view> lines;
    std::size_t start = 0;
    for (;;) {
        const std::size_t end = raw.find_first_of("\r\n", start);
        lines.push_back(raw.substr(start, end == std::string_view::npos ? end : end - start));
        if (end == std::string_view::npos) return lines;
        const bool pair = raw[end] == '\r' && end + 1 < raw.size() && raw[end + 1] == '\n';
        start = end + (pair ? 2 : 1);
    }
}

std::size_t indentation(std::string_view line) {
    return std::min(line.find_first_not_of(" \t"), line.size());
}

}  // namespace

std::string block_string_value(std::string_view raw) {
    std::vector<std::string_view> lines = split_lines(raw);

    // Step 3: the smallest indentation of the lines after the first that are not blank.
    std::size_t common = std::string_view::npos;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::size_t indent = indentation(lines[i]);
        if (indent < lines[i].size()) common = std::min(common, indent);
    }
    // Step 4: take it away.
    if (common != std::string_view::npos) {
        for (std::size_t i = 1; i < lines.size(); ++i) {
            lines[i].remove_prefix(std::min(common, lines[i].size()));
        }
    }
    // Steps 5 and 6: no blank lines at the start and at the end.
    const auto blank = [](std::string_view line) { return indentation(line) == line.size(); };
    const auto first = std::ranges::find_if_not(lines, blank);
    const auto last = std::find_if_not(lines.rbegin(), lines.rend(), blank).base();

    std::string value;
    for (auto line = first; line < last; ++line) {
        if (line != first) value.push_back('\n');
        value.append(*line);
    }
    return value;
}

}  // namespace latchkey::graphql::language
