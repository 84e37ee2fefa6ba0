// latchkey audit tail

#include <algorithm>

#include "apps/latchkey/commands/commands.hpp"
#include "apps/latchkey/commands/open.hpp"
#include "apps/latchkey/report.hpp"
#include "store/audit.hpp"

namespace latchkey::cli {

Result<void> run(const AuditTail& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    auto records = TRY(store::list_newest_audit(*tx, command.lines));
    std::ranges::reverse(records);
    json::Array rows;
    for (const AuditRecord& record : records) {
        rows.push_back(Fields()
                           .add("at", iso_time(record.at))
                           .add("actor", record.actor)
                           .add("action", record.action)
                           .add("userId", record.user_id ? record.user_id->text() : "-")
                           .add("clientId", record.client_id ? record.client_id->text() : "-")
                           .add("origin", record.origin)
                           .add("requestId", record.request_id)
                           .value());
    }
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

}  // namespace latchkey::cli
