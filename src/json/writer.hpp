#pragma once

// Writes JSON (RFC 8259) straight into a string: no tree in between.

#include <cstdint>
#include <string>
#include <string_view>

namespace latchkey::json {

/// Appends `text` quoted and escaped. Invalid UTF-8 bytes become U+FFFD: the output is always JSON.
void append_string(std::string& out, std::string_view text);
/// Shortest form that reads back the same; NaN and infinity, which JSON lacks, become null.
void append_number(std::string& out, double value);
void append_number(std::string& out, std::int64_t value);

/// Puts the commas. Nesting and keys are the caller's to get right.
///     Writer w(out); w.begin_object().field("name", text).key("n").number(3).end_object();
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object() { return open('{'); }
    Writer& end_object() { return close('}'); }
    Writer& begin_array() { return open('['); }
    Writer& end_array() { return close(']'); }
    Writer& key(std::string_view name);
    Writer& string(std::string_view text);
    Writer& number(std::int64_t value);
    Writer& number(double value);
    Writer& boolean(bool value);  // NOLINT: a JSON value, not a switch
    Writer& null();
    /// Already JSON.
    Writer& raw(std::string_view json);

    /// The same with its key.
    Writer& field(std::string_view name, std::string_view text) { return key(name).string(text); }

private:
    Writer& open(char bracket);
    Writer& close(char bracket);
    void separate();

    std::string& out_;
    bool needs_comma_ = false;
};

}  // namespace latchkey::json
