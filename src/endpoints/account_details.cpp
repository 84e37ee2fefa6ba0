// POST /account/details: name and phone number. A number that changes is no longer verified.

#include "endpoints/account_flow.hpp"
#include "identity/contact.hpp"

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
std::optional<Said> read_details(const http::Form& form, Profile& profile) {
    auto given_name = read_optional(form, "given_name", identity::parse_person_name);
    auto family_name = read_optional(form, "family_name", identity::parse_person_name);
    auto phone = read_optional(form, "phone", identity::parse_phone);
    if (!given_name || !family_name) return Said::bad_name;
    if (!phone) return Said::bad_phone;
    profile.given_name = std::move(*given_name);
    profile.family_name = std::move(*family_name);
    if (*phone != profile.phone) profile.phone_verified = false;
    profile.phone = std::move(*phone);
    return std::nullopt;
}

Result<http::Response> save_details(const AccountForm& form) {
    const delegation::Services& with = form.services.delegation;
    Profile profile = form.visitor.user.profile;
    if (const auto wrong = read_details(form.form, profile)) return back_to_account(*wrong);
    const auto tx = TRY(with.database.write());
    (void)TRY(identity::update_user(*tx, with.keys, with.random, form.visitor.user.id,
                                    std::move(profile), form.now));
    TRY(form.audit(*tx, identity::SignInEvent::profile_changed));
    TRY(tx->commit());
    return back_to_account(Said::saved);
}

}  // namespace

http::Handler account_details(SignInServices services) {
    return account_form(services, Freshness::any, save_details);
}

}  // namespace latchkey::endpoints
