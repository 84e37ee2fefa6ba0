#pragma once

// All that can happen in a sign-in: what a browser sends, and the answers to the questions that a
// step has asked (step.hpp).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/ids.hpp"
#include "base/text/text.hpp"
#include "interaction/consent.hpp"

namespace latchkey::interaction {

/// The first code of an address, or another one because the person asked for it.
enum class Sending : std::uint8_t { first, again };

// From the browser.

/// The sign-in's own page is asked for.
struct PageOpened {};
/// The link in the mail is opened. That changes nothing: mail scanners open links, too.
struct LinkOpened {};
struct EmailSubmitted {
    std::string typed;                   // for the page that asks again
    std::optional<std::string> address;  // absent: what was typed is no address
};
struct CodeSubmitted {
    std::string typed;
};
struct ResendAsked {};
struct OtherAddressAsked {};
/// "Not now", on any page.
struct CancelAsked {};
/// What an authenticator answered, decoded.
struct PasskeyAnswer {
    Bytes credential_id, client_data, authenticator_data, signature, user_handle;
};
struct PasskeySubmitted {
    std::optional<PasskeyAnswer> answer;  // absent: it does not decode
};
struct PersonName {
    std::string given_name;
    std::optional<std::string> family_name;  // not everybody has one
};
struct NameSubmitted {
    std::optional<PersonName> name;  // absent: what was typed is no name
};
struct NameSkipped {};
struct ConsentAgreed {
    Ticks ticks;
};

// Answers to questions.

struct CodeSent {
    std::string email;
    ChallengeId challenge_id;
    Sending sending = Sending::first;
};
/// Too often: no code was sent.
struct CodeNotSent {
    std::string email;
    Sending sending = Sending::first;
};
struct CodeChecked {
    enum class Verdict : std::uint8_t { right, wrong, used_up, too_often };
    Verdict verdict = Verdict::wrong;
    std::string email = {};  // proved by this code; empty unless right
};
struct PasskeyRefused {};
/// Nobody has this address, and this realm takes no new people.
struct SignUpRefused {
    std::string email;
};
/// The person has shown who they are, by a code or by a passkey.
struct PersonProved {
    UserId user_id;
};

using Event = std::variant<PageOpened, LinkOpened, EmailSubmitted, CodeSubmitted, ResendAsked,
                           OtherAddressAsked, CancelAsked, PasskeySubmitted, NameSubmitted,
                           NameSkipped, ConsentAgreed, CodeSent, CodeNotSent, CodeChecked,
                           PasskeyRefused, SignUpRefused, PersonProved>;
inline constexpr std::size_t event_count = std::variant_size_v<Event>;

}  // namespace latchkey::interaction
