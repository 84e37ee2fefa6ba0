// latchkey audit tail

#include <algorithm>
#include <chrono>
#include <thread>
#include <tuple>

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "store/audit.hpp"

namespace latchkey::cli {
namespace {

/// How often --follow looks, and how many new records it can show each time.
constexpr std::chrono::seconds follow_interval{1};
constexpr int follow_lines = 1000;

json::Value describe(const AuditRecord& record) {
    return Fields()
        .add("at", iso_time(record.at))
        .add("actor", record.actor)
        .add("action", record.action)
        .add("userId", record.user_id ? record.user_id->text() : "-")
        .add("clientId", record.client_id ? record.client_id->text() : "-")
        .add("origin", record.origin)
        .add("requestId", record.request_id)
        .add("detail", record.detail.empty() ? "-" : record.detail)
        .value();
}

auto identity_of(const AuditRecord& record) {
    return std::tie(record.at, record.request_id, record.action, record.user_id, record.client_id,
                    record.detail);
}

Result<std::vector<AuditRecord>> newest(app::Installation& world, int lines) {
    auto tx = TRY(world.database().read());
    auto records = TRY(store::list_newest_audit(*tx, world.keys().realm(), lines));
    std::ranges::reverse(records);
    return records;
}

/// The records after `last`, which is among them unless more came than fit.
std::span<const AuditRecord> after(std::span<const AuditRecord> records, const AuditRecord& last) {
    for (std::size_t i = records.size(); i > 0; --i) {
        if (identity_of(records[i - 1]) == identity_of(last)) return records.subspan(i);
    }
    return records;
}

/// Prints what comes, one line or one JSON value for each record.
Result<void> follow(app::Installation& world, AuditRecord last, Format format) {
    for (;;) {
        std::this_thread::sleep_for(follow_interval);
        const auto records = TRY(newest(world, follow_lines));
        for (const AuditRecord& record : after(records, last)) {
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
