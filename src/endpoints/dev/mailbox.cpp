#include "endpoints/dev/mailbox.hpp"

#include <string>
#include <utility>

#include "base/time/iso_time.hpp"
#include "mail/outbox.hpp"
#include "pages/page.hpp"
#include "rendering/template.hpp"
#include "store/outbox.hpp"

namespace latchkey::endpoints {
namespace {

constexpr int shown_mails = 25;

Result<rendering::Fields::List> read_mails(const realm::Realm& realm,
                                           database::ReadTransaction& tx) {
    const auto records = TRY(store::list_newest_mail(tx, realm.id(), shown_mails));
    rendering::Fields::List rows;
    for (const OutgoingMailRecord& record : records) {
        const auto mail = mail::open_mail(realm.keys, record);
        if (!mail) continue;  // sealed by a ring that is gone
        rendering::Fields row;
        row.set("recipient", mail->recipient)
            .set("subject", mail->subject)
            .set("code", mail->code)
            .set("text", mail->text)
            .set("at", iso_time(record.created_at));
        rows.push_back(std::move(row));
    }
    return rows;
}

http::Response show_mails(const Result<rendering::Fields::List>& rows, const realm::Realm& realm,
                          Random& random) {
    rendering::Fields fields;
    if (rows) {
        fields.set("mails", *rows);
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
                       pages::make_page_context(texts, realm.brand, random));
}

}  // namespace

http::Handler dev_mailbox(const realm::Realm& realm, Random& random) {
    return [&realm, &random](const http::Request&) -> http::Reply {
        return http::Read([&realm, &random](database::ReadTransaction& tx) -> http::Response {
            return show_mails(read_mails(realm, tx), realm, random);
        });
    };
}

}  // namespace latchkey::endpoints
