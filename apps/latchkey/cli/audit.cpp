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

json::Value describe(const AuditRecord& record) {
    return Fields()
        .add("at", iso_time(record.at))
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

Result<std::vector<AuditRecord>> newest(app::Installation& world, int lines) {
    auto tx = TRY(world.database().read());
    return admin::list_audit(world.realm(), *tx, lines);
}

Result<std::vector<AuditRecord>> newer_than(app::Installation& world, const AuditRecord& last) {
    auto tx = TRY(world.database().read());
    return admin::list_audit_after(world.realm(), *tx, last, follow_lines);
}

/// Prints what comes, one line or one JSON value for each record.
Result<void> follow(app::Installation& world, AuditRecord last, Format format) {
    for (;;) {
        std::this_thread::sleep_for(follow_interval);
        const auto records = TRY(newer_than(world, last));
        for (const AuditRecord& record : records) {
            if (format == Format::json) {
                print(describe(record), format);
            } else {
                print_row(describe(record));
            }
        }
        if (!records.empty()) last = records.back();
    }
}

}  // namespace

Result<void> run(const AuditTail& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const auto records = TRY(newest(*world, command.lines));
    json::Array rows;
    for (const AuditRecord& record : records) rows.push_back(describe(record));
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    if (!command.follow) return {};
    return follow(*world, records.empty() ? AuditRecord{} : records.back(), command.format);
}

}  // namespace latchkey::cli
