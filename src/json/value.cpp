#include "json/value.hpp"

#include <simdjson.h>

#include <algorithm>
#include <memory>

#include "json/writer.hpp"

namespace latchkey::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t small_object = 16;  // up to here a linear search for duplicates is cheapest

Failure not_json() { return fail(ErrorCode::malformed, "The body is not valid JSON."); }

bool has_duplicate(const Object& members) {
    if (members.size() <= small_object) {
        for (std::size_t i = 1; i < members.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k) {
                if (members[i].first == members[k].first) return true;
            }
        }
        return false;
    }
    std::vector<std::string_view> names;
    names.reserve(members.size());
    for (const auto& member : members) names.push_back(member.first);
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) != names.end();
}

Result<Value> convert(const element& source);  // depth is bounded by the parser

Result<Value> convert_array(const simdjson::dom::array& source) {
    Array items;
    items.reserve(source.size());
    for (const element item : source) items.push_back(TRY(convert(item)));
    return Value(Value::Data(std::move(items)));
}

Result<Value> convert_object(const simdjson::dom::object& source) {
    Object members;
    members.reserve(source.size());
    for (const auto& field : source) {
        Value value = TRY(convert(field.value));
        members.emplace_back(std::string(field.key), std::move(value));
    }
    if (has_duplicate(members)) {
        return fail(ErrorCode::malformed, "The JSON has an object with the same member twice.");
    }
    return Value(Value::Data(std::move(members)));
}

Result<Value> convert(const element& source) {
    switch (source.type()) {
        case element_type::ARRAY: return convert_array(source);
        case element_type::OBJECT: return convert_object(source);
        case element_type::INT64: return Value(Value::Data(source.get_int64().value_unsafe()));
        case element_type::UINT64:
            return Value(Value::Data(static_cast<double>(source.get_uint64().value_unsafe())));
        case element_type::DOUBLE: return Value(Value::Data(source.get_double().value_unsafe()));
        case element_type::STRING:
            return Value(Value::Data(std::string(source.get_string().value_unsafe())));
        case element_type::BOOL: return Value(Value::Data(source.get_bool().value_unsafe()));
        case element_type::NULL_VALUE: return Value();
    }
    return not_json();
}

// A parser keeps its buffers from one document to the next; one for each thread.
simdjson::dom::parser& thread_parser() {
    thread_local simdjson::dom::parser parser;
    return parser;
}

}  // namespace

const Value* Value::find(std::string_view name) const noexcept {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    for (const auto& [key, value] : *members) {
        if (key == name) return &value;
    }
    return nullptr;
}

const std::string* Value::find_string(std::string_view name) const noexcept {
    const Value* member = find(name);
    return member == nullptr ? nullptr : member->string();
}

Result<Value> parse(std::string_view text, ParseLimits limits) {
    if (text.size() > limits.max_bytes) {
        return fail(ErrorCode::too_large, "The JSON is larger than this server accepts.");
    }
    if (text.empty()) return not_json();  // simdjson copies from its pointer, which may be null
    simdjson::dom::parser& parser = thread_parser();
    const auto depth = static_cast<std::size_t>(limits.max_depth);
    if (parser.max_depth() != depth || parser.capacity() < text.size()) {
        const std::size_t capacity = std::max<std::size_t>(text.size(), 4096);
        if (parser.allocate(capacity, depth) != simdjson::SUCCESS) {
            return fail(ErrorCode::unavailable, "Out of memory. Try again.");
        }
    }
    element root;
    const auto error = parser.parse(text.data(), text.size()).get(root);
    if (error == simdjson::DEPTH_ERROR) {
        return fail(ErrorCode::too_large, "The JSON is nested deeper than this server accepts.");
    }
    if (error != simdjson::SUCCESS) return not_json();
    return convert(root);
}

void append_value(std::string& out, const Value& value) {
    if (const auto* flag = value.boolean()) {
        out += *flag ? "true" : "false";
    } else if (const auto* integer = value.integer()) {
        append_number(out, *integer);
    } else if (const auto* number = value.number()) {
        append_number(out, *number);
    } else if (const auto* text = value.string()) {
        append_string(out, *text);
    } else if (const auto* items = value.array()) {
        out.push_back('[');
        for (std::size_t i = 0; i < items->size(); ++i) {
            if (i != 0) out.push_back(',');
            append_value(out, (*items)[i]);
        }
        out.push_back(']');
    } else if (const auto* members = value.object()) {
        out.push_back('{');
        for (std::size_t i = 0; i < members->size(); ++i) {
            if (i != 0) out.push_back(',');
            append_string(out, (*members)[i].first);
            out.push_back(':');
            append_value(out, (*members)[i].second);
        }
        out.push_back('}');
    } else {
        out += "null";
    }
}

}  // namespace latchkey::json
