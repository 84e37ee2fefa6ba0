#pragma once

// Delivers the outbox of every realm, on a thread of its own. A mail is claimed before each
// attempt, so a crash in the middle delays it and never loses it; what the server took is deleted.
// At least once, therefore: a crash right after the server's OK sends twice.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/log.hpp"
#include "base/random.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "database/write_lane.hpp"
#include "http_client/mail_session.hpp"
#include "jobs/backoff.hpp"
#include "jobs/worker.hpp"
#include "mail/mail.hpp"
#include "model/records.hpp"
#include "realm/realms.hpp"

namespace latchkey::mail {

inline constexpr int max_mail_attempts = 8;
inline constexpr Seconds mail_poll_interval = std::chrono::seconds(1);
inline constexpr int mail_batch = 32;

/// 5 s, tripling, to 30 min: a code is of use for ten minutes.
inline constexpr std::array mail_waits = {Seconds(5),   Seconds(15),   Seconds(45),  Seconds(135),
                                          Seconds(405), Seconds(1215), Seconds(1800)};
inline constexpr jobs::Backoff mail_backoff(mail_waits);

/// How long a mail belongs to the server that sends it: longer than any sending takes.
inline constexpr Seconds claim_time = http_client::longest_send + Seconds(5);

class MailSender {
public:
    struct Services {
        database::Database& database;
        database::WriteLane& lane;
        const realm::Realms& realms;
        const Clock& clock;
        Random& random;
        http_client::MailSession& session;
        Log& log;  // a line for each attempt, without address or text
    };
    explicit MailSender(const Services& services);

    /// Starts the thread. Without it, deliver_due() can be called by hand (tests do).
    void start() { worker_.start(); }
    void stop() noexcept { worker_.stop(); }
    /// A mail may wait. Thread-safe, also after stop().
    void wake() noexcept { worker_.wake(); }
    /// Sends what is due now; how many mails the server took.
    [[nodiscard]] Result<int> deliver_due();

private:
    enum class Outcome : std::uint8_t { sent, waits, given_up };
    [[nodiscard]] Result<jobs::Worker::Next> do_round();
    [[nodiscard]] Result<Outcome> deliver(const OutgoingMailRecord& record);
    [[nodiscard]] Result<Outcome> attempt(const OutgoingMailRecord& record, const MailMessage& mail,
                                          const FromAddress& sender);
    [[nodiscard]] Result<Outcome> give_up(const OutgoingMailRecord& record,
                                          std::string_view reason);
    [[nodiscard]] Result<void> remove(const OutgoingMailRecord& record);
    [[nodiscard]] Result<void> postpone(const OutgoingMailRecord& record);
    void log_attempt(const OutgoingMailRecord& record, const http_client::MailResult& result);

    Services services_;
    jobs::Worker worker_;
};

}  // namespace latchkey::mail
