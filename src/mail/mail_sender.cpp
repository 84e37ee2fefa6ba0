#include "mail/mail_sender.hpp"

#include <string>
#include <utility>
#include <vector>

#include "mail/outbox.hpp"
#include "store/outbox.hpp"

namespace latchkey::mail {

using jobs::Worker;

MailSender::MailSender(const Services& services)
    : services_(services),
      worker_({.name = "mail", .interval = mail_poll_interval}, services.log,
              [this](const std::stop_token&) { return do_round(); }) {}

Result<Worker::Next> MailSender::do_round() {
    const int sent = TRY(deliver_due());
    if (sent == mail_batch) return Worker::Next::at_once;
    services_.session.rest();
    return Worker::Next::later;
}

Result<int> MailSender::deliver_due() {
    std::vector<OutgoingMailRecord> due;
    {
        const auto tx = TRY(services_.database.read());
        due = TRY(store::list_due_mail(*tx, services_.clock.now(), mail_batch));
    }
    int sent = 0;
    for (const OutgoingMailRecord& record : due) {
        const Outcome outcome = TRY(deliver(record));
        if (outcome == Outcome::sent) ++sent;
    }
    return sent;
}

Result<MailSender::Outcome> MailSender::deliver(const OutgoingMailRecord& record) {
    const realm::Realm* realm = services_.realms.find(record.realm_id);
    if (realm == nullptr) return Outcome::waits;  // until this process has met the realm
    const auto mail = open_mail(realm->keys, record);
    if (!mail) return give_up(record, "unreadable");
    if (mail->useful_until <= services_.clock.now()) return give_up(record, "too late");
    if (record.attempts >= max_mail_attempts) return give_up(record, "too many attempts");
    return attempt(record, *mail, {realm->mail_from, realm->brand.name});
}

Result<MailSender::Outcome> MailSender::attempt(const OutgoingMailRecord& record,
                                                const MailMessage& mail,
                                                const FromAddress& sender) {
    const Timestamp now = services_.clock.now();
    OutgoingMailRecord next = record;
    ++next.attempts;
    // Written down before the attempt: a crash in the middle delays the mail and does not repeat
    // it at once, and of several servers one claims it, until no sending can go on any more.
    next.next_attempt_at = now + claim_time;
    const bool is_ours =
        TRY(database::run_on_lane(services_.lane, [&](database::WriteTransaction& tx) {
            return store::claim_mail(tx, record, next.next_attempt_at);
        }));
    if (!is_ours) return Outcome::waits;
    const std::string message = to_mime(mail, sender, now, services_.random);
    const auto result = services_.session.send({sender.address, mail.recipient, message});
    switch (result.outcome) {
        case http_client::MailResult::Outcome::taken:
            TRY(remove(next));
            log_attempt(next, result);
            return Outcome::sent;
        case http_client::MailResult::Outcome::not_now:
            next.next_attempt_at =
                services_.clock.now() + mail_backoff.wait(next.attempts, services_.random);
            TRY(postpone(next));
            log_attempt(next, result);
            return Outcome::waits;
        case http_client::MailResult::Outcome::refused: break;
    }
    TRY(remove(next));
    log_attempt(next, result);
    return Outcome::given_up;
}

Result<MailSender::Outcome> MailSender::give_up(const OutgoingMailRecord& record,
                                                std::string_view reason) {
    TRY(remove(record));
    services_.log.write(
        LogLevel::warning, "mail.given_up",
        {{"id", record.id.text()}, {"attempts", record.attempts}, {"reason", reason}});
    return Outcome::given_up;
}

Result<void> MailSender::remove(const OutgoingMailRecord& record) {
    return database::run_on_lane(services_.lane, [&record](database::WriteTransaction& tx) {
        return store::delete_mail(tx, record.id);
    });
}

Result<void> MailSender::postpone(const OutgoingMailRecord& record) {
    return database::run_on_lane(services_.lane, [&record](database::WriteTransaction& tx) {
        return store::postpone_mail(tx, record);
    });
}

void MailSender::log_attempt(const OutgoingMailRecord& record,
                             const http_client::MailResult& result) {
    const std::string id = record.id.text();
    const std::string_view host = services_.session.host();
    switch (result.outcome) {
        case http_client::MailResult::Outcome::taken:
            services_.log.write(LogLevel::info, "mail.sent",
                                {{"id", id},
                                 {"host", host},
                                 {"attempt", record.attempts},
                                 {"status", result.reply}});
            return;
        case http_client::MailResult::Outcome::refused:
            services_.log.write(LogLevel::warning, "mail.refused",
                                {{"id", id},
                                 {"host", host},
                                 {"attempt", record.attempts},
                                 {"status", result.reply},
                                 {"error", result.error}});
            return;
        case http_client::MailResult::Outcome::not_now:
            services_.log.write(LogLevel::info, "mail.waiting",
                                {{"id", id},
                                 {"host", host},
                                 {"attempt", record.attempts},
                                 {"status", result.reply},
                                 {"error", result.error},
                                 {"next_attempt_at", record.next_attempt_at}});
            return;
    }
}

}  // namespace latchkey::mail
