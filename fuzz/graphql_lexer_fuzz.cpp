// The GraphQL lexer: whatever the text, tokens follow each other inside it and come to an end.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text/text.hpp"
#include "graphql/language/lexer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace language = latchkey::graphql::language;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (!latchkey::is_valid_utf8(text)) return 0;  // the parser refuses it before it lexes
    language::Arena arena;
    language::Lexer lexer(text, arena);
    language::Offset last = 0;
    for (std::size_t count = 0;; ++count) {
        const language::Token token = lexer.next();
        if (token.at < last || token.end < token.at || token.end > size || count > size) {
            std::abort();
        }
        static_cast<void>(language::locate(text, token.at));
        if (token.kind == language::TokenKind::end) return 0;
        if (token.kind == language::TokenKind::invalid) return 0;
        last = token.end;
    }
}
