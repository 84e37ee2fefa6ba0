#pragma once

// What a command prints. Each builds one JSON value; `--json` prints it as it is, otherwise an
// object becomes lines and a list of objects becomes a table, with the same names.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apps/latchkey/cli/command_line.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time/iso_time.hpp"
#include "json/value.hpp"

namespace latchkey::cli {

/// Builds an object in order: `Fields().add("clientId", id.text()).add("live", true).value()`.
class Fields {
public:
    Fields& add(std::string name, json::Value::Data data) {
        members_.emplace_back(std::move(name), json::Value(std::move(data)));
        return *this;
    }
    /// As ISO 8601; null when there is none.
    Fields& add_time(std::string name, const std::optional<Timestamp>& time) {
        return add(std::move(name), time ? json::Value::Data(iso_time(*time)) : nullptr);
    }
    /// Null when there is none.
    Fields& add_text(std::string name, const std::optional<std::string>& text) {
        return add(std::move(name), text ? json::Value::Data(*text) : nullptr);
    }
    [[nodiscard]] json::Value value() {
        return json::Value(json::Value::Data(std::move(members_)));
    }

private:
    json::Object members_;
};

/// One row for each record: `row_of(record)` makes it.
template <class Records, class RowOf>
[[nodiscard]] json::Value rows_of(const Records& records, RowOf row_of) {
    json::Array rows;
    for (const auto& record : records) rows.push_back(row_of(record));
    return json::Value(json::Value::Data(std::move(rows)));
}

[[nodiscard]] json::Value string_list(const std::vector<std::string>& items);

void print(const json::Value& value, Format format);
/// One more row below a table, for people.
void print_row(const json::Value& row);
/// What came of a use case; an error with this code also says what can be typed then.
template <class T>
[[nodiscard]] Result<T> with_hint(Result<T> done, ErrorCode code, std::string_view hint) {
    if (!done && done.error().code == code) {
        std::string& detail = done.error().detail;
        if (!detail.empty()) detail += ": ";
        detail += hint;
    }
    return done;
}
/// The same where something is not there: `list` shows what is.
template <class T>
[[nodiscard]] Result<T> or_see(std::string_view list, Result<T> done) {
    return with_hint(std::move(done), ErrorCode::not_found, list);
}

/// The text without any token or secret of ours in it: one that was given in the wrong place is
/// known again by its first letters, and printed no further.
[[nodiscard]] std::string without_tokens(std::string_view text);

/// Prints what went wrong to stderr, for people or as {"error":{"code","message"}}.
void print_error(const Error& error, Format format);

}  // namespace latchkey::cli
