// POST /sign-in/email: sends a code to the address. It never looks at whether the address is known,
// so the answer, its bytes and its time are the same.

#include <utility>

#include "endpoints/sign_in/code_request.hpp"
#include "endpoints/sign_in/flow.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "people/contact.hpp"

namespace latchkey::endpoints {
namespace {

Writes needs_writing(const Submission& submission) {
    return submission.action() == "cancel" ? Writes::no : Writes::yes;
}

Result<http::Response> take_email(const SignInServices& services, const Submission& submission,
                                  const http::Request& request) {
    interaction::SignInState next;
    if (submission.action() == "cancel") {
        next.step = interaction::Step::cancelled;
        return go_on(services, submission, next);
    }
    const std::string_view typed = submission.form.find("email").value_or("");
    const auto email = people::parse_email(typed);
    if (!email) {
        next.step = interaction::Step::email;
        next.notice = interaction::Notice::bad_email;
        next.email = typed.substr(0, people::max_email_bytes);
        return go_on(services, submission, next);
    }
    next = TRY(send_code(services, submission, request, *email));
    return go_on(services, submission, next);
}

}  // namespace

http::Handler sign_in_email(SignInServices services) {
    return form_handler(services, needs_writing, take_email);
}

}  // namespace latchkey::endpoints
