#include "apps/latchkey/cli/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "apps/latchkey/cli/advice.hpp"
#include "json/writer.hpp"

namespace latchkey::cli {
namespace {

/// Of our own tokens and secrets ("lk_at_…") and of a JWT ("eyJ…").
constexpr std::string_view token_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
constexpr std::size_t least_of_token = 24;
constexpr std::size_t shown_of_token = 6;

// "clientId" -> "CLIENT ID"
std::string heading(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (std::isupper(static_cast<unsigned char>(c)) != 0 && !out.empty()) out.push_back(' ');
        out.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    }
    return out;
}

std::string cell(const json::Value& value) {
    if (const auto* text = value.string()) return *text;
    if (value.is_null()) return "-";
    if (const auto* flag = value.boolean()) return *flag ? "yes" : "no";
    if (const auto* items = value.array()) {
        std::string out;
        for (const json::Value& item : *items) {
            if (!out.empty()) out += ", ";
            out += cell(item);
        }
        return out.empty() ? "-" : out;
    }
    if (const auto* members = value.object()) {
        std::string out;
        for (const auto& [name, member] : *members) {
            if (!out.empty()) out += ", ";
            out += name + " " + cell(member);
        }
        return out;
    }
    std::string out;
    json::append_value(out, value);
    return out;
}

void print_lines(const json::Object& members) {
    std::size_t width = 0;
    for (const auto& [name, value] : members) width = std::max(width, heading(name).size());
    for (const auto& [name, value] : members) {
        fmt::print("{:<{}}  {}\n", heading(name), width, cell(value));
    }
}

void print_table(const json::Array& rows) {
    const json::Object* first = rows.empty() ? nullptr : rows.front().object();
    if (first == nullptr) {
        fmt::print("none\n");
        return;
    }
    std::vector<std::size_t> widths;
    for (const auto& [name, value] : *first) {
        std::size_t width = heading(name).size();
        for (const json::Value& row : rows) {
            if (const auto* found = row.find(name)) width = std::max(width, cell(*found).size());
        }
        widths.push_back(width);
    }
    const auto line = [&](auto text_of) {
        for (std::size_t i = 0; i < first->size(); ++i) {
            const std::string text = text_of((*first)[i].first);
            const bool last = i + 1 == first->size();
            fmt::print("{:<{}}{}", text, last ? text.size() : widths[i], last ? "\n" : "  ");
        }
    };
    line([](const std::string& name) { return heading(name); });
    for (const json::Value& row : rows) {
        line([&](const std::string& name) {
            const auto* found = row.find(name);
            return found == nullptr ? std::string("-") : cell(*found);
        });
    }
}

}  // namespace

std::string without_tokens(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_not_of(token_characters), text.size());
        const std::string_view word = text.substr(0, end);
        const bool is_token =
            word.size() >= least_of_token && (word.starts_with("lk_") || word.starts_with("eyJ"));
        out += is_token ? std::string(word.substr(0, shown_of_token)) + "…" : std::string(word);
        out += text.substr(end, 1);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

json::Value string_list(const std::vector<std::string>& items) {
    json::Array list;
    for (const std::string& item : items) list.emplace_back(json::Value::Data(item));
    return json::Value(json::Value::Data(std::move(list)));
}

void print(const json::Value& value, Format format) {
    if (format == Format::json) {
        std::string out;
        json::append_value(out, value);
        fmt::print("{}\n", out);
        std::fflush(stdout);
    } else if (const auto* members = value.object()) {
        print_lines(*members);
    } else if (const auto* rows = value.array()) {
        print_table(*rows);
    } else {
        fmt::print("{}\n", cell(value));
    }
}

void print_row(const json::Value& row) {
    std::string line;
    if (const auto* members = row.object()) {
        for (const auto& [name, value] : *members) line += (line.empty() ? "" : "  ") + cell(value);
    }
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

void print_error(const Error& error, Format format) {
    // The operator's terminal may see the detail: it never holds a secret.
    const std::string detail = without_tokens(error.detail);
    const std::string_view advice = advice_for(error.code);
    if (format == Format::json) {
        std::string text(error.public_text.view());
        if (!detail.empty()) text += " " + detail;
        std::string out;
        json::Writer w(out);
        w.begin_object().key("error").begin_object();
        w.field("code", to_string(error.code)).field("message", text);
        if (!advice.empty()) w.field("advice", advice);
        w.end_object().end_object();
        fmt::print(stderr, "{}\n", out);
        return;
    }
    fmt::print(stderr, "latchkey: {}\n", error.public_text.view());
    if (!detail.empty()) fmt::print(stderr, "  {}\n", detail);
    if (!advice.empty()) fmt::print(stderr, "  {}\n", advice);
}

}  // namespace latchkey::cli
