#pragma once

// What the account's routes share: whose session it is, forms that may be believed, and the way
// back to the page.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "audit/audit.hpp"
#include "base/result.hpp"
#include "endpoints/account/account.hpp"
#include "http/form.hpp"
#include "pages/flash.hpp"
#include "pages/page.hpp"
#include "pages/visitor.hpp"
#include "people/users.hpp"
#include "realm/act.hpp"

namespace latchkey::endpoints {

/// Absent if nobody is signed in. Errors: storage errors.
[[nodiscard]] Result<std::optional<pages::Visitor>> find_visitor(const SignInParts& parts,
                                                                 database::ReadTransaction& tx,
                                                                 const http::Request& request);

/// What every page for a request begins from.
[[nodiscard]] pages::PageContext page_context_for(const SignInParts& parts,
                                                  const http::Request& request);

/// 303 to the account page.
[[nodiscard]] http::Response back_to_account(pages::Flash flash);
/// 303 to the sign-in page, which comes back to the account page.
[[nodiscard]] http::Response to_sign_in();
[[nodiscard]] http::Response to_sign_in_again();

/// A form of the account page that may be believed.
struct AccountForm {
    const SignInParts& parts;
    const http::Request& request;
    const http::Form& form;
    pages::Visitor visitor;
    Timestamp now;
    audit::Context source;

    /// The person's own doing.
    [[nodiscard]] realm::Act act() const { return {parts.realm, parts.ports.random, now, source}; }
    [[nodiscard]] std::string_view field(std::string_view name) const {
        return form.find(name).value_or("");
    }
    /// One line of the trail about this person.
    [[nodiscard]] Result<void> audit(database::WriteTransaction& tx, audit::Event event) const;
};

using AccountWork = Result<http::Response> (*)(const AccountForm&, database::WriteTransaction&);
enum class Freshness : std::uint8_t { any, fresh };
/// A POST route. Without a session, or with one that is not fresh enough, it leads to sign-in;
/// with a token of another session it is refused. `work` runs in the transaction in which the
/// session was looked up; what it has written is kept if it answers with a response.
[[nodiscard]] http::Handler account_form(SignInParts parts, Freshness freshness, AccountWork work);

using AccountReading = Result<http::Response> (*)(const AccountForm&, database::ReadTransaction&);
/// A POST route that changes nothing but the trail, which gets a line of `event`. `reading` runs
/// where the store's reads run, and only the line is written on the write lane. The session is
/// looked up in both: it may end between them.
[[nodiscard]] http::Handler account_reading_form(SignInParts parts, Freshness freshness,
                                                 AccountReading reading, audit::Event event);

/// A GET route for a person who is signed in.
using AccountShow = Result<http::Response> (*)(const SignInParts&, database::ReadTransaction&,
                                               const http::Request&, const pages::Visitor&);
[[nodiscard]] http::Handler account_show(SignInParts parts, AccountShow show);

}  // namespace latchkey::endpoints
