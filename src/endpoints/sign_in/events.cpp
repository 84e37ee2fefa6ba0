#include "endpoints/sign_in/events.hpp"

#include <array>
#include <utility>

#include "base/text/text.hpp"
#include "people/contact.hpp"

namespace latchkey::endpoints {
namespace {

/// Which button sent the form. Empty if Enter or a script did: the form's first button is meant.
std::string_view action_of(const http::Form& form) { return form.find("action").value_or(""); }

/// Absent: a part is missing or not base64url.
std::optional<interaction::PasskeyAnswer> read_passkey_answer(const http::Form& form) {
    interaction::PasskeyAnswer answer;
    const std::array<std::pair<std::string_view, Bytes*>, 5> parts{{
        {"passkey_credential_id", &answer.credential_id},
        {"passkey_client_data", &answer.client_data},
        {"passkey_authenticator_data", &answer.authenticator_data},
        {"passkey_signature", &answer.signature},
        {"passkey_user_handle", &answer.user_handle},
    }};
    for (const auto& [name, bytes] : parts) {
        auto decoded = from_base64url(form.find(name).value_or(""));
        if (!decoded) return std::nullopt;
        *bytes = std::move(*decoded);
    }
    return answer;
}

std::optional<interaction::PersonName> read_person_name(const http::Form& form) {
    auto given_name = people::parse_person_name(form.find("given_name").value_or(""));
    if (!given_name) return std::nullopt;
    interaction::PersonName name{std::move(*given_name), std::nullopt};
    const auto typed = form.find_given("family_name");
    if (!typed) return name;
    auto family_name = people::parse_person_name(*typed);
    if (!family_name) return std::nullopt;
    name.family_name = std::move(*family_name);
    return name;
}

}  // namespace

interaction::Event read_email_form(const http::Form& form, const interaction::Request& /*asked*/) {
    if (action_of(form) == "cancel") return interaction::CancelAsked{};
    const std::string_view typed = form.find("email").value_or("");
    interaction::EmailSubmitted submitted{std::string(typed.substr(0, people::max_email_bytes)),
                                          std::nullopt};
    auto address = people::parse_email(typed);
    if (address) submitted.address = std::move(*address);
    return submitted;
}

interaction::Event read_code_form(const http::Form& form, const interaction::Request& /*asked*/) {
    const std::string_view action = action_of(form);
    if (action == "cancel") return interaction::CancelAsked{};
    if (action == "change") return interaction::OtherAddressAsked{};
    if (action == "resend") return interaction::ResendAsked{};
    return interaction::CodeSubmitted{std::string(form.find("code").value_or(""))};
}

interaction::Event read_passkey_form(const http::Form& form,
                                     const interaction::Request& /*asked*/) {
    return interaction::PasskeySubmitted{read_passkey_answer(form)};
}

interaction::Event read_name_form(const http::Form& form, const interaction::Request& /*asked*/) {
    const std::string_view action = action_of(form);
    if (action == "cancel") return interaction::CancelAsked{};
    if (!action.empty() && action != "save") return interaction::NameSkipped{};
    return interaction::NameSubmitted{read_person_name(form)};
}

interaction::Event read_consent_form(const http::Form& form, const interaction::Request& asked) {
    const std::string_view action = action_of(form);
    if (action == "switch") return interaction::OtherAddressAsked{};
    // Only the button "agree" is a yes. Enter in a field is a no.
    if (action != "agree") return interaction::CancelAsked{};
    interaction::ConsentAgreed agreed;
    if (!asked.asked.app) return agreed;
    for (const auto& item : asked.asked.app->wanted.items) {
        if (form.find(interaction::box_of(item))) agreed.ticks.add(item.key);
    }
    return agreed;
}

}  // namespace latchkey::endpoints
