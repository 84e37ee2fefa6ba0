#pragma once

// What the account's routes share: whose session it is, forms that may be believed, and the way
// back to the page.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "endpoints/account.hpp"
#include "http/form.hpp"
#include "identity/audit.hpp"
#include "identity/users.hpp"
#include "model/records.hpp"

namespace latchkey::endpoints {

/// The person of a request, with the session they came in.
struct Visitor {
    identity::User user;
    BrowserSessionRecord session;
    std::string session_secret;  // the cookie's value: codes and challenges are bound to it
    std::string form_token;      // of every form in this session

    /// Signed in a short while ago.
    [[nodiscard]] bool is_fresh(Timestamp now) const;
};

/// Absent if nobody is signed in. Errors: storage errors.
[[nodiscard]] Result<std::optional<Visitor>> find_visitor(const SignInServices& services,
                                                          database::ReadTransaction& tx,
                                                          const http::Request& request);

/// What the page says after a form: one of a fixed list, by name in the query.
enum class Said : std::uint8_t {
    nothing,
    disconnected,
    saved,
    bad_name,
    bad_phone,
    bad_email,
    code_used_up,
    email_changed,
    email_taken,
    passkey_added,
    passkey_refused,
    passkey_renamed,
    passkey_removed,
    session_ended,
    too_often,
};
[[nodiscard]] Said parse_said(std::string_view name) noexcept;
[[nodiscard]] std::string_view to_string(Said said) noexcept;

/// 303 to the account page.
[[nodiscard]] http::Response back_to_account(Said said);
/// 303 to the sign-in page, which comes back to the account page.
[[nodiscard]] http::Response to_sign_in();
[[nodiscard]] http::Response to_sign_in_again();

/// A form of the account page that may be believed.
struct AccountForm {
    const SignInServices& services;
    const http::Request& request;
    http::Form form;
    Visitor visitor;
    Timestamp now;

    [[nodiscard]] std::string_view field(std::string_view name) const {
        return form.find(name).value_or("");
    }
    /// One line of the trail about this person.
    [[nodiscard]] Result<void> audit(database::WriteTransaction& tx,
                                     identity::SignInEvent event) const;
};

using AccountWork = Result<http::Response> (*)(const AccountForm&);
enum class Freshness : std::uint8_t { any, fresh };
/// A POST route. Without a session, or with one that is not fresh enough, it leads to sign-in;
/// with a token of another session it is refused. `work` runs deferred, since it writes.
[[nodiscard]] http::Handler account_form(SignInServices services, Freshness freshness,
                                         AccountWork work);

/// A GET route for a person who is signed in.
using AccountShow = Result<http::Response> (*)(const SignInServices&, database::ReadTransaction&,
                                               const http::Request&, const Visitor&);
[[nodiscard]] http::Handler account_show(SignInServices services, AccountShow show);

}  // namespace latchkey::endpoints
