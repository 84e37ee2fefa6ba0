#include "base/log.hpp"

#include <unistd.h>

#include <span>

#include "base/time/iso_time.hpp"

namespace latchkey {
namespace {

constexpr std::string_view escape_digits = "0123456789abcdef";

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
            out.push_back(escape_digits[byte >> 4U]);
            out.push_back(escape_digits[byte & 15U]);
        } else {
            out.push_back(byte < 0x80 ? c : '?');
        }
    }
    out.push_back('"');
}

void append_time(std::string& out, Timestamp now) {
    // A busy server writes thousands of lines in a second.
    thread_local Timestamp of;
    thread_local std::string text;
    if (text.empty() || of != now) text = iso_time(now);
    of = now;
    out.append(text);
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
    std::string line;
    append_line(line, level, event, fields);
    write_whole(line);
}

void Log::append_line(std::string& out, LogLevel level, Literal event,
                      std::initializer_list<LogField> fields) const {
    out.append("{\"time\":\"");
    append_time(out, clock_.now());
    out.append("\",\"level\":\"").append(to_string(level)).append("\",\"event\":");
    append_quoted(out, event.view());
    for (const LogField& field : fields) {
        out.push_back(',');
        append_quoted(out, field.name.view());
        out.push_back(':');
        if (const auto* text = std::get_if<std::string_view>(&field.value)) {
            append_quoted(out, *text);
        } else if (const auto* time = std::get_if<Timestamp>(&field.value)) {
            append_quoted(out, iso_time(*time));
        } else {
            out.append(std::to_string(std::get<std::int64_t>(field.value)));
        }
    }
    out.append("}\n");
}

void Log::write_whole(std::string_view lines) {
    const std::scoped_lock lock(mutex_);
    while (!lines.empty()) {
        const ssize_t written = ::write(file_descriptor_, lines.data(), lines.size());
        if (written <= 0) return;
        lines.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Log::write_error(Literal event, const Error& error) {
    write(LogLevel::error, event, {{"code", to_string(error.code)}, {"detail", error.detail}});
}

void LogBatch::add(LogLevel level, Literal event, std::initializer_list<LogField> fields) {
    if (level < log_.minimum_) return;
    log_.append_line(lines_, level, event, fields);
    if (lines_.size() > max_bytes) flush();
}

void LogBatch::flush() {
    if (lines_.empty()) return;
    log_.write_whole(lines_);
    lines_.clear();
}

}  // namespace latchkey
