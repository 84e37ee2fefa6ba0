#pragma once

// Delivers the outbox, on a thread of its own. The next attempt is written down before each
// attempt, so a crash in the middle delays a mail and never loses it; what the server took is
// deleted. At least once, therefore: a crash right after the server's OK sends twice.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "database/database.hpp"
#include "database/write_lane.hpp"
#include "keys/key_ring.hpp"
#include "mail/mail.hpp"
#include "mail/smtp.hpp"
#include "model/records.hpp"

namespace latchkey::mail {

inline constexpr int max_mail_attempts = 8;
inline constexpr Seconds mail_poll_interval = std::chrono::seconds(1);
inline constexpr int mail_batch = 32;

/// How long after attempt number `attempts` (1, 2, …) the next one comes: 5 s, tripling, to 30 min.
[[nodiscard]] Seconds retry_delay(std::int64_t attempts) noexcept;

class MailSender {
public:
    struct Services {
        database::Database& database;
        database::WriteLane& lane;
        const keys::KeyRing& keys;
        const Clock& clock;
        Random& random;
        MailTransport& transport;
        /// One line per event, without address or text: "mail 17 sent".
        std::function<void(std::string_view event)> log;
    };
    MailSender(Services services, Sender sender);
    ~MailSender() = default;  // stops and joins

    /// Starts the thread. Without it, deliver_due() can be called by hand (tests do).
    void start();
    /// Sends what is due now; how many mails the server took.
    [[nodiscard]] Result<int> deliver_due();

private:
    void run(const std::stop_token& stop);
    enum class Outcome : std::uint8_t { sent, waits, given_up };
    [[nodiscard]] Result<Outcome> deliver(const OutgoingMailRecord& record);
    [[nodiscard]] Result<void> write(
        const std::function<Result<void>(database::WriteTransaction&)>& change);

    Services services_;
    Sender sender_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace latchkey::mail
