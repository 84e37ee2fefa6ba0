#include "store/schema/script.hpp"

#include <algorithm>
#include <string>

#include "base/text/text.hpp"

namespace latchkey::store::schema {
namespace {

Failure not_a_script(std::string_view why) {
    return fail(ErrorCode::internal, "Internal error.", "the schema: " + std::string(why));
}

/// The length of the comment, quoted text or single character that `text` begins with; npos: it
/// does not end.
std::size_t piece_at(std::string_view text) {
    if (text.starts_with("--")) return std::min(text.find('\n'), text.size());
    if (text.starts_with("/*")) {
        const std::size_t end = text.find("*/", 2);
        return end == std::string_view::npos ? end : end + 2;
    }
    const char quote = text.front();
    if (quote != '\'' && quote != '"') return 1;
    // A doubled quote ends one text and begins the next: both together are one text.
    const std::size_t end = text.find(quote, 1);
    return end == std::string_view::npos ? end : end + 1;
}

bool is_comment(std::string_view piece) {
    return piece.starts_with("--") || piece.starts_with("/*");
}

/// What stands before the first word: space and comments.
std::string_view without_lead(std::string_view text) {
    for (;;) {
        text = trim_ascii(text);
        const std::size_t size = text.empty() ? 0 : piece_at(text);
        if (size == 0 || !is_comment(text.substr(0, size))) return text;
        text.remove_prefix(size);
    }
}

}  // namespace

Result<Script> Script::parse(std::string_view text) {
    Script script;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = piece_at(text.substr(at));
        if (size == std::string_view::npos) return not_a_script("a quote or comment does not end");
        if (text[at] == ';') {
            const std::string_view statement = without_lead(text.substr(begin, at - begin));
            if (statement.starts_with("CREATE TRIGGER")) return not_a_script("a trigger");
            if (!statement.empty()) script.statements_.push_back(database::Sql(statement));
            begin = at + 1;
        }
        at += size;
    }
    if (!without_lead(text.substr(begin)).empty()) return not_a_script("a statement does not end");
    return script;
}

}  // namespace latchkey::store::schema
