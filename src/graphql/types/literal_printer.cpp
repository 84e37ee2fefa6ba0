#include "graphql/types/literal_printer.hpp"

#include "json/writer.hpp"

namespace latchkey::graphql::types {

void append_literal(std::string& out, const language::Value& literal) {
    using language::ValueKind;
    std::string_view separator;
    switch (literal.kind) {
        case ValueKind::variable:
            out.push_back('$');
            out += literal.text;
            return;
        // JSON's escapes are a part of GraphQL's.
        case ValueKind::string: json::append_string(out, literal.text); return;
        case ValueKind::integer:
        case ValueKind::floating:
        case ValueKind::boolean:
        case ValueKind::null:
        case ValueKind::enumerator: out += literal.text; return;
        case ValueKind::list:
            out.push_back('[');
            for (const auto& item : literal.items) {
                out += separator;
                append_literal(out, item);
                separator = ", ";
            }
            out.push_back(']');
            return;
        case ValueKind::object:
            out.push_back('{');
            for (const auto& field : literal.fields) {
                out += separator;
                out += field.name.text;
                out += ": ";
                append_literal(out, field.value);
                separator = ", ";
            }
            out.push_back('}');
            return;
    }
}

}  // namespace latchkey::graphql::types
