#include "endpoints/dev/mailbox.hpp"

#include <fmt/chrono.h>

#include <string>
#include <utility>

#include "mail/outbox.hpp"
#include "pages/page.hpp"
#include "rendering/template.hpp"
#include "store/outbox.hpp"

namespace latchkey::endpoints {
namespace {

constexpr int shown_mails = 25;

Result<rendering::Fields::List> read_mails(const MailboxServices& services) {
    const auto tx = TRY(services.database.read());
    const auto records = TRY(store::list_newest_mail(*tx, services.keys.realm(), shown_mails));
    rendering::Fields::List rows;
    for (const OutgoingMailRecord& record : records) {
        const auto mail = mail::open_mail(services.keys, record);
        if (!mail) continue;  // sealed by a ring that is gone
        rendering::Fields row;
        row.set("recipient", mail->recipient)
            .set("subject", mail->subject)
            .set("code", mail->code)
            .set("text", mail->text)
            .set("at", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", record.created_at));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

http::Handler dev_mailbox(MailboxServices services) {
    return [services](const http::Request&) -> http::Reply {
        auto rows = read_mails(services);
        rendering::Fields fields;
        if (rows) {
            fields.set("mails", std::move(*rows));
        } else {
            fields.show("trouble");
        }
        const auto& texts = rendering::choose_catalogue("en", {});
        return pages::show({.status = rows ? 200 : 503,
                            .body_template = "mailbox.html",
                            .title_key = "mailbox.title",
                            .fields = std::move(fields),
                            .behaviour = pages::Behaviour::refreshing,
                            .area = pages::Area::development},
                           pages::make_setting(texts, services.brand, services.random));
    };
}

}  // namespace latchkey::endpoints
