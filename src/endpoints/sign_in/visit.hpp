#pragma once

// One request of a browser for the sign-in. It is parsed once, and then passed on as a value.

#include <string>
#include <string_view>

#include "audit/audit.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "endpoints/forms.hpp"
#include "endpoints/sign_in/cookies.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "interaction/facts.hpp"
#include "interaction/request.hpp"
#include "interaction/state.hpp"
#include "pages/page.hpp"
#include "rendering/catalogue.hpp"

namespace latchkey::endpoints {

/// A request as it came, parsed without the store. Its views live until the response is written.
struct Incoming {
    http::Request request;
    Result<http::Form> query;
    const rendering::Catalogue& texts;  // always there: refusals are pages, too
};
[[nodiscard]] Incoming read_incoming(const http::Request& request);

/// The same, looked up: what is asked, and what the browser holds.
struct Visit {
    const SignInParts& parts;
    const http::Request& request;
    const rendering::Catalogue& texts;
    interaction::Request sign_in;
    std::string browser_secret;  // empty: this browser has none yet
    interaction::State state;
    Timestamp now;

    [[nodiscard]] const keys::KeyRing& keys() const { return parts.realm.keys; }
    [[nodiscard]] StatePlace place() const {
        return {keys(), parts.realm.scopes, sign_in, browser_secret, transport_of(parts.realm)};
    }
    /// The token of every form that this browser gets for this request.
    [[nodiscard]] std::string token() const { return form_token(keys(), browser_secret, sign_in); }
    [[nodiscard]] audit::Context source() const { return source_of(request); }
};

/// Looks the app up and reads what the browser holds. Errors: interaction::make_request's and
/// form's; storage errors.
[[nodiscard]] Result<Visit> read_visit(const SignInParts& parts, database::ReadTransaction& tx,
                                       const Incoming& incoming);

/// The same for a form that was sent. Errors: those, and unauthenticated if it was not made for
/// this browser (no cookie, wrong token).
[[nodiscard]] Result<Visit> read_form_visit(const SignInParts& parts, database::ReadTransaction& tx,
                                            const Incoming& incoming, const http::Form& form);

/// Looks up the person of the live session and what they have granted. `sent_person_token` is the
/// form's; empty where there is no form. Errors: storage errors.
[[nodiscard]] Result<interaction::Facts> look_up_facts(const Visit& visit,
                                                       database::ReadTransaction& tx,
                                                       std::string_view sent_person_token);

}  // namespace latchkey::endpoints
