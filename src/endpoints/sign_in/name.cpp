// POST /sign-in/name: keeps the name that a scope would hand over, or that there is to be none.

#include <utility>

#include "endpoints/sign_in/flow.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "people/contact.hpp"
#include "people/users.hpp"

namespace latchkey::endpoints {
namespace {

Writes needs_writing(const Submission& submission) {
    return submission.action().empty() || submission.action() == "save" ? Writes::yes : Writes::no;
}

/// The family name may be left out: not everybody has one.
Result<std::optional<std::string>> read_optional_name(const http::Form& form,
                                                      std::string_view field) {
    const auto typed = form.find_given(field);
    if (!typed) return std::nullopt;
    return TRY(people::parse_person_name(*typed));
}

Result<void> read_names(const http::Form& form, Profile& profile) {
    profile.given_name = TRY(people::parse_person_name(form.find("given_name").value_or("")));
    profile.family_name = TRY(read_optional_name(form, "family_name"));
    return {};
}

Result<http::Response> take_name(const SignInServices& services, const Submission& submission,
                                 const http::Request& request) {
    const realm::Services& with = services.delegation;
    interaction::SignInState next;
    if (submission.action() == "cancel") {
        next.step = interaction::Step::cancelled;
        return go_on(services, submission, next);
    }
    const Timestamp now = with.clock.now();
    std::optional<people::User> user;
    {
        const auto tx = TRY(with.database.read());
        user = TRY(find_addressee(services, *tx, submission, request));
    }
    if (!user) return go_on(services, submission, next);  // the session changed: start again
    next.step = interaction::Step::signed_in;
    next.user_id = user->id;
    if (needs_writing(submission) == Writes::no) {
        next.name = interaction::NameChoice::skipped;
        return go_on(services, submission, next);
    }
    if (!read_names(submission.form, user->profile)) {
        next.notice = interaction::Notice::bad_name;
        return go_on(services, submission, next);
    }
    const auto tx = TRY(with.database.write());
    (void)TRY(people::update_user(*tx, with.keys, with.random, user->id, user->profile, now));
    TRY(tx->commit());
    return go_on(services, submission, next);
}

}  // namespace

http::Handler sign_in_name(SignInServices services) {
    return form_handler(services, needs_writing, take_name);
}

}  // namespace latchkey::endpoints
