#pragma once

// One mail over SMTP, by libcurl. Blocking: for the mail sender's own thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace latchkey::outbound {

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
};

class SmtpTransport final : public MailTransport {
public:
    explicit SmtpTransport(SmtpOptions options);
    [[nodiscard]] Result<void> send(const Envelope& envelope) override;

private:
    SmtpOptions options_;
};

}  // namespace latchkey::outbound
