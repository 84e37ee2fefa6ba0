#include "base/log.hpp"

#include <unistd.h>

#include <chrono>
#include <span>

namespace latchkey {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

/// JSON needs quotes, backslashes and control characters escaped. Bytes that are not ASCII become
/// '?', so that a line is valid whatever a client put into its path.
void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text.substr(0, Log::max_value_bytes)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20 || byte == 0x7F) {
            out.append("\\u00");
            out.push_back(hex_digits[byte >> 4U]);
            out.push_back(hex_digits[byte & 15U]);
        } else {
            out.push_back(byte < 0x80 ? c : '?');
        }
    }
    out.push_back('"');
}

void append_padded(std::string& out, unsigned value) {
    if (value < 10) out.push_back('0');
    out.append(std::to_string(value));
}

/// RFC 3339 in UTC: 2026-11-21T07:36:42Z.
void append_time(std::string& out, Timestamp now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(now - day);
    out.append(std::to_string(int(date.year()))).append("-");
    append_padded(out, unsigned(date.month()));
    out.append("-");
    append_padded(out, unsigned(date.day()));
    out.append("T");
    append_padded(out, static_cast<unsigned>(time.hours().count()));
    out.append(":");
    append_padded(out, static_cast<unsigned>(time.minutes().count()));
    out.append(":");
    append_padded(out, static_cast<unsigned>(time.seconds().count()));
    out.append("Z");
}

}  // namespace

std::string_view to_string(LogLevel level) noexcept {
    switch (level) {
        case LogLevel::debug: return "debug";
        case LogLevel::info: return "info";
        case LogLevel::warning: return "warning";
        case LogLevel::error: return "error";
    }
    return "error";
}

void Log::write(LogLevel level, Literal event, std::initializer_list<LogField> fields) {
    if (level < minimum_) return;
    // The line's memory is reused: a busy server writes many.
    thread_local std::string line;
    line.assign("{\"time\":\"");
    append_time(line, clock_.now());
    line.append("\",\"level\":\"").append(to_string(level)).append("\",\"event\":");
    append_quoted(line, event.view());
    for (const LogField& field : fields) {
        line.push_back(',');
        append_quoted(line, field.name.view());
        line.push_back(':');
        if (const auto* text = std::get_if<std::string_view>(&field.value)) {
            append_quoted(line, *text);
        } else {
            line.append(std::to_string(std::get<std::int64_t>(field.value)));
        }
    }
    line.append("}\n");

    const std::scoped_lock lock(mutex_);
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t written = ::write(file_descriptor_, rest.data(), rest.size());
        if (written <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Log::write_error(Literal event, const Error& error) {
    write(LogLevel::error, event, {{"code", to_string(error.code)}, {"detail", error.detail}});
}

}  // namespace latchkey
