#pragma once

// The mail that carries a sign-in code, in the person's language.

#include <string>

#include "identity/email_codes.hpp"
#include "keys/key_ring.hpp"
#include "outbound/mail.hpp"

namespace latchkey::outbound {

[[nodiscard]] MailMessage compose_code_mail(const identity::CodeMail& mail,
                                            const std::string& brand_name);

class OutboxCodeMailer final : public identity::CodeMailer {
public:
    OutboxCodeMailer(const keys::KeyRing& keys, std::string brand_name)
        : keys_(keys), brand_name_(std::move(brand_name)) {}

    [[nodiscard]] Result<void> enqueue(database::WriteTransaction& tx,
                                       const identity::CodeMail& mail, Timestamp now) override;

private:
    const keys::KeyRing& keys_;
    std::string brand_name_;
};

}  // namespace latchkey::outbound
