// latchkey audit tail

#include <chrono>
#include <thread>

#include "admin/audit_trail.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

/// How often --follow looks, and how many new records it can show each time.
constexpr std::chrono::seconds follow_interval{1};
constexpr int follow_lines = 1000;

std::optional<std::string> unless_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

template <class Id>
std::optional<std::string> text_of(const std::optional<Id>& id) {
    if (!id) return std::nullopt;
    return id->text();
}

json::Value audit_row(const AuditRecord& record) {
    return Fields()
        .add_time("at", record.at)
        .add("actor", record.actor)
        .add_text("identity", unless_empty(record.identity))
        .add("action", record.action)
        .add_text("userId", text_of(record.user_id))
        .add_text("clientId", text_of(record.client_id))
        .add_text("origin", unless_empty(record.origin))
        .add_text("requestId", unless_empty(record.request_id))
        .add_text("detail", unless_empty(record.detail))
        .add_text("reason", unless_empty(record.reason))
        .value();
}

Result<std::vector<AuditRecord>> newest(app::Installation& installation, int lines) {
    auto tx = TRY(installation.database().read());
    return admin::list_audit(installation.realm(), *tx, lines);
}

Result<std::vector<AuditRecord>> newer_than(app::Installation& installation,
                                            const AuditRecord& last) {
    auto tx = TRY(installation.database().read());
    return admin::list_audit_after(installation.realm(), *tx, last, follow_lines);
}

/// Prints what comes, one line or one JSON value for each record.
Result<void> follow(app::Installation& installation, AuditRecord last, Format format) {
    for (;;) {
        std::this_thread::sleep_for(follow_interval);
        const auto records = TRY(newer_than(installation, last));
        for (const AuditRecord& record : records) {
            if (format == Format::json) {
                print(audit_row(record), format);
            } else {
                print_row(audit_row(record));
            }
        }
        if (!records.empty()) last = records.back();
    }
}

}  // namespace

Result<void> run(const AuditTail& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    const auto records = TRY(newest(*installation, command.lines));
    print(rows_of(records, audit_row), command.format);
    if (!command.follow) return {};
    return follow(*installation, records.empty() ? AuditRecord{} : records.back(), command.format);
}

}  // namespace latchkey::cli
