#include "graphql/language/block_string.hpp"

#include <algorithm>

#include "graphql/language/scan.hpp"

namespace latchkey::graphql::language {
namespace {

// Takes the next line off the front of `rest`; false after the last one.
class Lines {
public:
    explicit Lines(std::string_view raw) : raw_(raw) {}

    bool next(std::string_view& line) {
        if (position_ > raw_.size()) return false;
        const std::size_t end = find_any<'\r', '\n'>(raw_, position_);
        line = raw_.substr(position_, end - position_);
        const bool is_pair = raw_.substr(end, 2) == "\r\n";
        position_ = end + (is_pair ? 2 : 1);
        return true;
    }

private:
    std::string_view raw_;
    std::size_t position_ = 0;
};

std::size_t indentation(std::string_view line) {
    return std::min(line.find_first_not_of(" \t"), line.size());
}

}  // namespace

std::string block_string_value(std::string_view raw) {
    constexpr std::size_t none = std::string_view::npos;
    std::size_t common = none;  // step 3: the smallest indentation after the first line
    std::size_t first = none;   // steps 5 and 6: the lines between which something stands
    std::size_t last = 0;
    std::string_view line;
    Lines look(raw);
    for (std::size_t i = 0; look.next(line); ++i) {
        const std::size_t indent = indentation(line);
        if (indent == line.size()) continue;
        if (i != 0) common = std::min(common, indent);
        first = std::min(first, i);
        last = i;
    }

    std::string value;
    if (first == none) return value;
    Lines take(raw);
    for (std::size_t i = 0; i <= last && take.next(line); ++i) {
        if (i < first) continue;
        if (i != first) value.push_back('\n');
        // Step 4: the common indentation goes.
        value.append(line.substr(i == 0 || common == none ? 0 : std::min(common, line.size())));
    }
    return value;
}

}  // namespace latchkey::graphql::language
