#pragma once

// One mail over SMTP, by libcurl. Blocking: for the mail sender's own thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace latchkey::mail {

struct SmtpOptions {
    /// "smtps://mail.example.com" (TLS from the first byte) or "smtp://mail.example.com:587".
    std::string url;
    std::string user;  // empty: no authentication
    Secret password;
    /// STARTTLS on smtp:// URLs. `optional` only for a relay on the loopback interface.
    enum class Tls : std::uint8_t { required, optional };
    Tls tls = Tls::required;
    std::string ca_file;  // empty: the system's certificates
};

struct Envelope {
    std::string_view from;
    std::string_view to;
    std::string_view message;  // with CRLF line ends
};

class MailTransport {
public:
    MailTransport() = default;
    MailTransport(const MailTransport&) = delete;
    MailTransport& operator=(const MailTransport&) = delete;
    virtual ~MailTransport() = default;
    /// Errors: unavailable (try again), invalid_argument (the server refused this mail for good).
    [[nodiscard]] virtual Result<void> send(const Envelope& envelope) = 0;
    /// There is nothing more to send for now: what was kept for the next mail is let go.
    virtual void rest() {}
};

/// Mails that follow each other share a connection: a greeting, a TLS handshake and a login cost a
/// mail server's client more than a mail, and many servers greet slowly on purpose. One thread.
class SmtpTransport final : public MailTransport {
public:
    explicit SmtpTransport(SmtpOptions options);
    [[nodiscard]] Result<void> send(const Envelope& envelope) override;
    void rest() override { handle_.reset(); }

private:
    SmtpOptions options_;
    std::unique_ptr<void, void (*)(void*)> handle_;  // libcurl's, with its connection
};

}  // namespace latchkey::mail
