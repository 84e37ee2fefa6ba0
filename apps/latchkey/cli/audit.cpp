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

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

json::Value audit_row(const AuditRecord& record) {
    return Fields()
        .add_time("at", record.at)
        .add("actor", record.actor)
        .add("identity", or_dash(record.identity))
        .add("action", record.action)
        .add("userId", record.user_id ? record.user_id->text() : "-")
        .add("clientId", record.client_id ? record.client_id->text() : "-")
        .add("origin", record.origin)
        .add("requestId", record.request_id)
        .add("detail", or_dash(record.detail))
        .add("reason", or_dash(record.reason))
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
