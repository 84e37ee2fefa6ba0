#pragma once

// The log: one JSON object per line and event, with a time, a level, the event's name and its
// fields. Event and field names are literals; values are what the caller vouches for: never a
// token, secret, code, e-mail address or claim.
//
//     log.write(LogLevel::info, "request", {{"id", id}, {"status", 200}});

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.hpp"
#include "base/time/clock.hpp"

namespace latchkey {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

[[nodiscard]] std::string_view to_string(LogLevel level) noexcept;

struct LogField {
    Literal name;
    std::variant<std::string_view, std::int64_t, Timestamp> value;

    LogField(Literal field_name, std::string_view text) : name(field_name), value(text) {}
    LogField(Literal field_name, const char* text)
        : name(field_name), value(std::string_view(text)) {}
    LogField(Literal field_name, Timestamp time) : name(field_name), value(time) {}
    LogField(Literal field_name, std::integral auto number)
        : name(field_name), value(static_cast<std::int64_t>(number)) {}
};

class Log {
public:
    /// Values longer than this are cut: a log line is no place for a body.
    static constexpr std::size_t max_value_bytes = 1024;

    /// Writes to `file_descriptor` (2 is stderr), which stays the caller's. Less than `minimum` is
    /// dropped.
    Log(int file_descriptor, const Clock& clock, LogLevel minimum = LogLevel::info)
        : clock_(clock), file_descriptor_(file_descriptor), minimum_(minimum) {}

    /// One line, written with one system call. Safe to call from any thread. What cannot be
    /// written (a full disk, a closed pipe) is lost: logging never stops the program.
    void write(LogLevel level, Literal event, std::initializer_list<LogField> fields);
    /// The error's code and detail, under `event`.
    void write_error(Literal event, const Error& error);

private:
    friend class LogBatch;
    void append_line(std::string& out, LogLevel level, Literal event,
                     std::initializer_list<LogField> fields) const;
    void write_whole(std::string_view lines);

    const Clock& clock_;
    int file_descriptor_;
    LogLevel minimum_;
    std::mutex mutex_;  // keeps lines whole when a write is partial
};

/// Lines of one thread that leave together, in one system call: a busy thread that logs every
/// request flushes when it has done what was waiting.
class LogBatch {
public:
    /// More than this is flushed without being asked.
    static constexpr std::size_t max_bytes = 16 * 1024;

    explicit LogBatch(Log& log) noexcept : log_(log) {}
    ~LogBatch() { flush(); }
    LogBatch(const LogBatch&) = delete;
    LogBatch& operator=(const LogBatch&) = delete;

    void add(LogLevel level, Literal event, std::initializer_list<LogField> fields);
    void flush();

private:
    Log& log_;
    std::string lines_;
};

}  // namespace latchkey
