// POST /account/details: name and phone number. A number that changes is no longer verified.

#include "audit/audit.hpp"
#include "endpoints/account/flow.hpp"
#include "people/contact.hpp"

namespace latchkey::endpoints {
namespace {

template <class Parse>
Result<std::optional<std::string>> read_optional(const http::Form& form, std::string_view field,
                                                 Parse parse) {
    const auto typed = form.find_given(field);
    if (!typed) return std::nullopt;
    return TRY(parse(*typed));
}

/// What is not as it should be, if anything is; then `profile` is as it was.
std::optional<pages::Flash> read_details(const http::Form& form, Profile& profile) {
    auto given_name = read_optional(form, "given_name", people::parse_person_name);
    auto family_name = read_optional(form, "family_name", people::parse_person_name);
    auto phone = read_optional(form, "phone", people::parse_phone);
    if (!given_name || !family_name) return pages::Flash::bad_name;
    if (!phone) return pages::Flash::bad_phone;
    profile.given_name = std::move(*given_name);
    profile.family_name = std::move(*family_name);
    if (*phone != profile.phone) profile.phone_verified = false;
    profile.phone = std::move(*phone);
    return std::nullopt;
}

Result<http::Response> save_details(const AccountForm& form, database::WriteTransaction& tx) {
    const SignInParts& with = form.parts;
    Profile profile = form.visitor.user.profile;
    if (const auto wrong = read_details(form.form, profile)) return back_to_account(*wrong);
    (void)TRY(people::update_user(tx, with.realm.keys, with.ports.random, form.visitor.user.id,
                                  std::move(profile), form.now));
    TRY(form.audit(tx, audit::Event::profile_changed));
    return back_to_account(pages::Flash::saved);
}

}  // namespace

http::Handler account_details(SignInParts parts) {
    return account_form(parts, Freshness::any, save_details);
}

}  // namespace latchkey::endpoints
