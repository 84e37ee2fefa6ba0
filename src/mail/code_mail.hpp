#pragma once

// The mail that carries a sign-in code, in the person's language.

#include <functional>
#include <string>
#include <utility>

#include "keys/key_ring.hpp"
#include "mail/mail.hpp"
#include "people/email_codes.hpp"

namespace latchkey::mail {

[[nodiscard]] MailMessage compose_code_mail(const people::CodeMail& mail,
                                            const std::string& brand_name);

class OutboxCodeMailer final : public people::CodeMailer {
public:
    /// `on_waiting` is called once a mail waits, durably: it may wake who sends it.
    OutboxCodeMailer(const keys::KeyRing& keys, std::string brand_name,
                     std::function<void()> on_waiting)
        : keys_(keys), brand_name_(std::move(brand_name)), on_waiting_(std::move(on_waiting)) {}

    [[nodiscard]] Result<void> enqueue(database::WriteTransaction& tx, const people::CodeMail& mail,
                                       Timestamp now) override;

private:
    const keys::KeyRing& keys_;
    std::string brand_name_;
    std::function<void()> on_waiting_;
};

}  // namespace latchkey::mail
