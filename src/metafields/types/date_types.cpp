#include <fmt/format.h>

#include <chrono>

#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"

namespace latchkey::metafields {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::string_view date_fault =
    "Value must be a date of the calendar as YYYY-MM-DD, such as 2024-02-29.";
constexpr std::string_view date_time_fault =
    "Value must be a date and time in ISO 8601, such as 2024-02-29T16:30:00+05:00. "
    "Without an offset it counts as GMT.";

/// Takes characters from the front of a text, or notes that they were not there.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    /// Exactly `count` digits as a number.
    int digits(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char c = i < rest_.size() ? rest_[i] : '\0';
            if (c < '0' || c > '9') failed_ = true;
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(std::min(count, rest_.size()));
        return failed_ ? 0 : value;
    }
    /// The digits at the front, as text.
    std::string_view digit_run() {
        const std::size_t end = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
        const std::string_view run = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return run;
    }
    /// One character of `allowed`; NUL when something else comes.
    char one_of(std::string_view allowed) {
        if (rest_.empty() || allowed.find(rest_.front()) == std::string_view::npos) return '\0';
        const char taken = rest_.front();
        rest_.remove_prefix(1);
        return taken;
    }
    void expect(char c) {
        if (one_of(std::string_view(&c, 1)) == '\0') failed_ = true;
    }
    void refuse_if(bool wrong) { failed_ = failed_ || wrong; }  // NOLINT: a finding, not a switch
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool failed() const { return failed_; }

private:
    std::string_view rest_;
    bool failed_ = false;
};

sys_days read_date(Reader& reader) {
    const int y = reader.digits(4);
    reader.expect('-');
    const int m = reader.digits(2);
    reader.expect('-');
    const int d = reader.digits(2);
    const year_month_day date{year{y}, std::chrono::month{static_cast<unsigned>(m)},
                              std::chrono::day{static_cast<unsigned>(d)}};
    reader.refuse_if(!date.ok());
    return reader.failed() ? sys_days{} : sys_days{date};
}

/// The offset from GMT; zero when the text ends without one.
minutes read_offset(Reader& reader) {
    if (reader.at_end() || reader.one_of("Zz") != '\0') return minutes{0};
    const char sign = reader.one_of("+-");
    const int h = reader.digits(2);
    reader.one_of(":");
    const int m = reader.digits(2);
    reader.refuse_if(sign == '\0' || h > 14 || m > 59);
    const minutes offset = hours{h} + minutes{m};
    return sign == '-' ? -offset : offset;
}

std::string date_text(sys_days days) {
    const year_month_day date{days};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Checked canonical_date(std::string_view value) {
    Reader reader(value);
    read_date(reader);
    if (reader.failed() || !reader.at_end()) return refuse(date_fault);
    return std::string(value);
}

Checked canonical_date_time(std::string_view value) {
    Reader reader(value);
    const sys_days date = read_date(reader);
    reader.refuse_if(reader.one_of("Tt ") == '\0');
    const int h = reader.digits(2);
    reader.expect(':');
    const int m = reader.digits(2);
    const int s = reader.one_of(":") != '\0' ? reader.digits(2) : 0;
    std::string_view fraction;
    if (reader.one_of(".") != '\0') {
        fraction = reader.digit_run();
        reader.refuse_if(fraction.empty() || fraction.size() > max_decimal_places);
    }
    const minutes offset = read_offset(reader);
    reader.refuse_if(h > 23 || m > 59 || s > 59 || !reader.at_end());
    if (reader.failed()) return refuse(date_time_fault);

    const std::chrono::sys_seconds utc =
        date + hours{h} + minutes{m} + std::chrono::seconds{s} - offset;
    const sys_days day = std::chrono::floor<std::chrono::days>(utc);
    const year y = year_month_day{day}.year();
    if (y < year{0} || y > year{9999}) return refuse(date_time_fault);
    const std::chrono::hh_mm_ss time{utc - day};
    fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    return fmt::format("{}T{:02}:{:02}:{:02}{}{}Z", date_text(day), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), fraction.empty() ? "" : ".",
                       fraction);
}

/// Canonical dates and times have fixed fields, so that their texts sort as they do; only a
/// fraction of a second has to be told from the Z that ends a text without one.
std::strong_ordering order_dates(std::string_view a, std::string_view b) {
    if (a.ends_with('Z')) a.remove_suffix(1);
    if (b.ends_with('Z')) b.remove_suffix(1);
    return a <=> b;
}

constexpr std::string_view validations[] = {"min", "max"};

constexpr ScalarType types[] = {
    {"date", Category::DATE_TIME, ListForm::quoted, max_value_bytes, canonical_date, order_dates,
     validations},
    {"date_time", Category::DATE_TIME, ListForm::quoted, max_value_bytes, canonical_date_time,
     order_dates, validations},
};

}  // namespace

std::span<const ScalarType> date_types() noexcept { return types; }

}  // namespace latchkey::metafields
