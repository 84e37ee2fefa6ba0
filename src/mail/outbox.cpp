#include "mail/outbox.hpp"

#include <cstdint>
#include <string>

#include "json/value.hpp"
#include "json/writer.hpp"
#include "store/outbox.hpp"

namespace latchkey::mail {
namespace {

// Rows get their number when they are inserted, so it cannot be bound in; the purpose's own key
// already keeps these boxes apart from all others.
constexpr std::string_view associated = "mail";

std::string to_json(const MailMessage& mail) {
    std::string out;
    json::Writer writer(out);
    writer.begin_object()
        .field("recipient", mail.recipient)
        .field("subject", mail.subject)
        .field("text", mail.text)
        .field("html", mail.html)
        .field("code", mail.code)
        .key("usefulUntil")
        .number(to_unix(mail.useful_until))
        .end_object();
    return out;
}

Failure damaged() { return fail(ErrorCode::malformed, "A waiting mail is damaged."); }

Result<std::string> member(const json::Value& document, std::string_view name) {
    const std::string* text = document.find_string(name);
    if (text == nullptr) return damaged();
    return *text;
}

}  // namespace

Result<void> enqueue(database::WriteTransaction& tx, const keys::KeyRing& keys,
                     const MailMessage& mail, Timestamp now) {
    const Secret plain(to_json(mail));
    std::string sealed;
    keys.seal(keys::Purpose::mail, plain.reveal_bytes(), as_bytes(associated), sealed);
    OutgoingMailRecord record;
    record.realm_id = keys.realm();
    record.sealed_message.assign(sealed.begin(), sealed.end());
    record.created_at = now;
    record.next_attempt_at = now;
    (void)TRY(store::enqueue_mail(tx, record));
    return {};
}

Result<MailMessage> open_mail(const keys::KeyRing& keys, const OutgoingMailRecord& record) {
    const Secret plain =
        TRY(keys.open(keys::Purpose::mail, record.sealed_message, as_bytes(associated)));
    const json::Value document = TRY(json::parse(plain.reveal()));
    MailMessage mail;
    mail.recipient = TRY(member(document, "recipient"));
    mail.subject = TRY(member(document, "subject"));
    mail.text = TRY(member(document, "text"));
    mail.html = TRY(member(document, "html"));
    mail.code = TRY(member(document, "code"));
    const json::Value* until = document.find("usefulUntil");
    if (until == nullptr || until->integer() == nullptr) return damaged();
    mail.useful_until = from_unix(*until->integer());
    return mail;
}

}  // namespace latchkey::mail
