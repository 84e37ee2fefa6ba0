#pragma once

// From a form of the sign-in to the event that it is: one function for each form.

#include "http/form.hpp"
#include "interaction/event.hpp"
#include "interaction/request.hpp"

namespace latchkey::endpoints {

using ReadEvent = interaction::Event (*)(const http::Form& form, const interaction::Request& asked);

[[nodiscard]] interaction::Event read_email_form(const http::Form& form,
                                                 const interaction::Request& asked);
[[nodiscard]] interaction::Event read_code_form(const http::Form& form,
                                                const interaction::Request& asked);
[[nodiscard]] interaction::Event read_passkey_form(const http::Form& form,
                                                   const interaction::Request& asked);
[[nodiscard]] interaction::Event read_name_form(const http::Form& form,
                                                const interaction::Request& asked);
[[nodiscard]] interaction::Event read_consent_form(const http::Form& form,
                                                   const interaction::Request& asked);

}  // namespace latchkey::endpoints
