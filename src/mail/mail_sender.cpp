#include "mail/mail_sender.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include "mail/outbox.hpp"
#include "store/outbox.hpp"

namespace latchkey::mail {
namespace {

constexpr Seconds first_retry{5};
constexpr Seconds longest_retry = std::chrono::minutes(30);

std::string event(const OutgoingMailRecord& record, std::string_view what) {
    return "mail " + record.id.text() + " " + std::string(what);
}

}  // namespace

Seconds retry_delay(std::int64_t attempts) noexcept {
    Seconds delay = first_retry;
    for (; attempts > 1 && delay < longest_retry; --attempts) delay *= 3;
    return std::min(delay, longest_retry);
}

MailSender::MailSender(Services services, Sender sender)
    : services_(std::move(services)), sender_(std::move(sender)) {}

void MailSender::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void MailSender::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto sent = deliver_due();
        if (!sent) services_.log("mail waits: " + sent.error().detail);
        if (sent && *sent == mail_batch) continue;  // there may be more, now
        services_.transport.rest();
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, mail_poll_interval, [] { return false; });
    }
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
    const Timestamp now = services_.clock.now();
    const auto remove = [&record](database::WriteTransaction& tx) {
        return store::delete_mail(tx, record.id);
    };
    const auto mail = open_mail(services_.keys, record);
    if (!mail || mail->useful_until <= now || record.attempts >= max_mail_attempts) {
        TRY(write(remove));
        services_.log(event(record, mail ? "given up: too late" : "given up: unreadable"));
        return Outcome::given_up;
    }
    // Written down before the attempt: a crash in the middle delays the mail and does not repeat
    // it at once, and of several servers one claims it.
    const auto claim = [&](database::WriteTransaction& tx) {
        return store::claim_mail(tx, record, now + retry_delay(record.attempts + 1));
    };
    const bool is_ours = TRY(database::run_on_lane(services_.lane, claim));
    if (!is_ours) return Outcome::waits;
    const std::string message = to_mime(*mail, sender_, now, services_.random);
    const auto accepted = services_.transport.send({sender_.address, mail->recipient, message});
    if (accepted) {
        TRY(write(remove));
        services_.log(event(record, "sent"));
        return Outcome::sent;
    }
    if (accepted.error().code == ErrorCode::unavailable) {
        services_.log(event(record, "waits: " + accepted.error().detail));
        return Outcome::waits;
    }
    TRY(write(remove));
    services_.log(event(record, "refused: " + accepted.error().detail));
    return Outcome::given_up;
}

Result<void> MailSender::write(
    const std::function<Result<void>(database::WriteTransaction&)>& change) {
    return database::run_on_lane(services_.lane, change);
}

}  // namespace latchkey::mail
