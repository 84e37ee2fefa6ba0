#include "base/time/iso_time.hpp"

#include <chrono>

namespace latchkey {
namespace {

void append_two_digits(std::string& out, unsigned value) {
    out.push_back(static_cast<char>('0' + value / 10 % 10));
    out.push_back(static_cast<char>('0' + value % 10));
}

void append_date(std::string& out, std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    out += std::to_string(int(date.year()));
    out.push_back('-');
    append_two_digits(out, unsigned(date.month()));
    out.push_back('-');
    append_two_digits(out, unsigned(date.day()));
}

void append_minutes(std::string& out, const std::chrono::hh_mm_ss<Seconds>& time) {
    append_two_digits(out, static_cast<unsigned>(time.hours().count()));
    out.push_back(':');
    append_two_digits(out, static_cast<unsigned>(time.minutes().count()));
}

}  // namespace

std::string iso_time(Timestamp time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss<Seconds> of_day(time - day);
    std::string text;
    append_date(text, day);
    text.push_back('T');
    append_minutes(text, of_day);
    text.push_back(':');
    append_two_digits(text, static_cast<unsigned>(of_day.seconds().count()));
    text.push_back('Z');
    return text;
}

std::string utc_time(Timestamp time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    std::string text;
    append_date(text, day);
    text.push_back(' ');
    append_minutes(text, std::chrono::hh_mm_ss<Seconds>(time - day));
    text += " UTC";
    return text;
}

}  // namespace latchkey
