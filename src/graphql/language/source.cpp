#include "graphql/language/source.hpp"

#include <algorithm>

namespace latchkey::graphql::language {

SourceLocation locate(std::string_view document, Offset offset) noexcept {
    const std::size_t end = std::min<std::size_t>(offset, document.size());
    SourceLocation location;
    for (std::size_t i = 0; i < end; ++i) {
        const auto byte = static_cast<unsigned char>(document[i]);
        const bool line_feed_follows = i + 1 < document.size() && document[i + 1] == '\n';
        if (byte == '\n' || (byte == '\r' && !line_feed_follows)) {
            ++location.line;
            location.column = 1;
        } else if (byte >= 0xF0) {
            location.column += 2;  // a surrogate pair in UTF-16
        } else if ((byte & 0xC0U) != 0x80U) {
            ++location.column;
        }
    }
    return location;
}

}  // namespace latchkey::graphql::language
