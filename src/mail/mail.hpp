#pragma once

// A mail as a value, and its form on the wire: multipart/alternative, text and HTML, UTF-8
// (RFC 5322, RFC 2045-2047).

#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time/clock.hpp"

namespace latchkey::mail {

struct MailMessage {
    std::string recipient;  // an address, as people::parse_email made it
    std::string subject;
    std::string text;
    std::string html;
    std::string code;        // for the development mailbox; empty if the mail carries none
    Timestamp useful_until;  // no attempt is made after it
};

struct FromAddress {
    std::string address;  // "signin@example.com"
    std::string name;     // "Latchkey"
};

/// The whole message with CRLF line ends. Header values are encoded words (RFC 2047) where they
/// hold anything but printable ASCII, so that no value can add a header.
[[nodiscard]] std::string to_mime(const MailMessage& mail, const FromAddress& sender, Timestamp now,
                                  Random& random);

}  // namespace latchkey::mail
