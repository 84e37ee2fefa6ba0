#pragma once

// Sign-in by e-mail code: 6 digits, 5 tries, 10 minutes, good in the browser that asked and in no
// other. Starting never looks at whether the address is known, so nothing about it can leak: the
// person is created by the first right code.

#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"
#include "people/rate_limits.hpp"

namespace latchkey::people {

inline constexpr int code_digits = 6;
inline constexpr int max_code_tries = 5;
inline constexpr Seconds code_lifetime = std::chrono::minutes(10);

/// What the mail with a code says. Borrowed for the length of the call.
struct CodeMail {
    std::string_view recipient;
    std::string_view code;      // digits
    std::string_view link;      // opens the page with the code filled in; empty: none
    std::string_view app_name;  // who the person is signing in to
    std::string_view locale;    // "en", "ar", …
    Timestamp expires_at;
    /// Why it was asked for.
    enum class Occasion : std::uint8_t { sign_in, change_of_address };
    Occasion occasion = Occasion::sign_in;
};

/// Puts the mail with a code into the outbox, in the transaction that creates the challenge.
class CodeMailer {
public:
    CodeMailer() = default;
    CodeMailer(const CodeMailer&) = delete;
    CodeMailer& operator=(const CodeMailer&) = delete;
    virtual ~CodeMailer() = default;
    [[nodiscard]] virtual Result<void> enqueue(database::WriteTransaction& tx, const CodeMail& mail,
                                               Timestamp now) = 0;
};

struct CodeRequest {
    std::string_view email;           // as parse_email made it
    std::string_view browser_secret;  // the browser's sign-in cookie
    std::string_view peer_address;
    std::string_view app_name;
    std::string_view locale;
    /// The link in the mail is this and the code. Ours alone, never a request's Host; it ends in
    /// "#code=", since no server and no log sees a fragment. Empty: no link.
    std::string_view link_to_code = {};
    CodeMail::Occasion occasion = CodeMail::Occasion::sign_in;
};

struct CodeAnswer {
    ChallengeId challenge_id;
    std::string_view code;  // as typed: spaces and hyphens are left out
    std::string_view browser_secret;
    std::string_view peer_address;
};

enum class CodeVerdict : std::uint8_t {
    right,
    wrong,    // another try is left
    used_up,  // expired, no tries left, used, or from another browser: ask for a new code
};

struct CheckedCode {
    CodeVerdict verdict = CodeVerdict::wrong;
    std::string email;  // verified by this code; empty unless right
};

class EmailCodes {
public:
    struct Services {
        const keys::KeyRing& keys;
        Random& random;
        CodeMailer& mailer;
    };
    explicit EmailCodes(Services services) : services_(services) {}

    /// Counts, creates a challenge and enqueues its mail. The caller commits: with rate_limited
    /// too, so that what was counted stays. Errors: rate_limited, storage errors.
    [[nodiscard]] Result<ChallengeId> start(database::WriteTransaction& tx,
                                            const CodeRequest& request, Timestamp now);

    /// Counts a try and compares. The caller commits whatever the verdict is, rate_limited too: a
    /// wrong try stays counted. Errors: rate_limited, storage errors.
    [[nodiscard]] Result<CheckedCode> check(database::WriteTransaction& tx,
                                            const CodeAnswer& answer, Timestamp now);

private:
    /// Counts a code against each of its limits; whether it is within all of them.
    [[nodiscard]] Result<bool> count_code(database::WriteTransaction& tx,
                                          const CodeRequest& request, Timestamp now);
    [[nodiscard]] std::string make_code();
    [[nodiscard]] Bytes hash_code(ChallengeId id, std::string_view code) const;

    Services services_;
};

}  // namespace latchkey::people
