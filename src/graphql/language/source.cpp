#include "graphql/language/source.hpp"

#include <algorithm>

namespace latchkey::graphql::language {

SourceLocation Locator::locate(Offset offset) noexcept {
    const std::size_t end = std::min<std::size_t>(offset, document_.size());
    if (end < at_) *this = Locator(document_);
    for (; at_ < end; ++at_) {
        const auto byte = static_cast<unsigned char>(document_[at_]);
        const bool line_feed_follows = at_ + 1 < document_.size() && document_[at_ + 1] == '\n';
        if (byte == '\n' || (byte == '\r' && !line_feed_follows)) {
            ++location_.line;
            location_.column = 1;
        } else if (byte >= 0xF0) {
            location_.column += 2;  // a surrogate pair in UTF-16
        } else if ((byte & 0xC0U) != 0x80U) {
            ++location_.column;
        }
    }
    return location_;
}

SourceLocation locate(std::string_view document, Offset offset) noexcept {
    return Locator(document).locate(offset);
}

}  // namespace latchkey::graphql::language
