// POST /sign-in/consent: keeps what the person agreed to until the next page hands it over. The
// connection itself is made when the app exchanges the token.

#include <utility>

#include "audit/audit.hpp"
#include "endpoints/sign_in/flow.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "store/connections.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::endpoints {
namespace {

Writes needs_writing(const Submission& submission) {
    return submission.action() == "agree" ? Writes::yes : Writes::no;
}

/// Asked for and registered, and left ticked: a box that is not there grants nothing.
ScopeSet granted_scopes(const Submission& submission) {
    ScopeSet ticked;
    for (const auto& choice : pages::consent_choices(submission.sign_in.scopes)) {
        const bool always = choice.kind == pages::ConsentChoice::Kind::always;
        if (always || submission.form.find(choice.field)) ticked = ticked | choice.scopes;
    }
    return ticked & submission.sign_in.scopes;
}

Result<http::Response> agree(const SignInServices& services, const Submission& submission,
                             const http::Request& request) {
    const realm::Services& with = services.delegation;
    const Timestamp now = with.clock.now();
    interaction::SignInState next;
    if (submission.sign_in.purpose == interaction::SignInRequest::Purpose::account) {
        return go_on(services, submission, next);  // nobody asked for anything
    }
    const auto tx = TRY(with.database.write());
    const auto user = TRY(find_addressee(services, *tx, submission, request));
    if (!user) return go_on(services, submission, next);  // the session changed: start again
    const auto connection =
        TRY(store::find_connection(*tx, user->id, submission.sign_in.client.id));
    TRY(audit::append(*tx, services.delegation.keys.realm(), audit::Event::consent_agreed,
                      {user->id, submission.sign_in.client.id}, now, source_of(request)));
    TRY(tx->commit());
    next.step = interaction::Step::agreed;
    next.user_id = user->id;
    next.granted = granted_scopes(submission);
    next.connection_epoch = tokens::connection_epoch(connection);
    return go_on(services, submission, next);
}

Result<http::Response> take_consent(const SignInServices& services, const Submission& submission,
                                    const http::Request& request) {
    if (needs_writing(submission) == Writes::yes) return agree(services, submission, request);
    // Anything but an explicit "agree" is a no, Enter in a field included.
    interaction::SignInState next;
    next.step =
        submission.action() == "switch" ? interaction::Step::email : interaction::Step::cancelled;
    return go_on(services, submission, next);
}

}  // namespace

http::Handler sign_in_consent(SignInServices services) {
    return form_handler(services, needs_writing, take_consent);
}

}  // namespace latchkey::endpoints
