#pragma once

// Mails to one SMTP server, by libcurl. Those that follow each other share a connection: a
// greeting, a TLS handshake and a login cost a client more than a mail, and many servers greet
// slowly on purpose. Blocking, and for one thread.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace latchkey::http_client {

struct MailServer {
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

struct MailResult {
    enum class Outcome : std::uint8_t {
        taken,
        refused,  // this mail, for good: RFC 5321 4.2.1, a 5yz reply
        not_now,  // the network, a 4yz reply, or a login that the operator has to mend
    };
    Outcome outcome = Outcome::not_now;
    long reply = 0;     // the server's last number; 0: it said none
    std::string error;  // empty when it was taken; never the server's words, which quote addresses
};

/// Sending one mail ends by then, one way or the other.
inline constexpr std::chrono::seconds longest_send{60};

class MailSession {
public:
    explicit MailSession(MailServer server);
    ~MailSession();
    MailSession(const MailSession&) = delete;
    MailSession& operator=(const MailSession&) = delete;

    /// A failure ends the connection: the next mail begins with a new one.
    [[nodiscard]] MailResult send(const Envelope& envelope);
    /// Ends the connection; the next mail makes another.
    void rest() noexcept;
    /// The server's, for the log.
    [[nodiscard]] std::string_view host() const noexcept;

private:
    class Curl;
    MailServer server_;
    std::unique_ptr<Curl> curl_;
};

}  // namespace latchkey::http_client
