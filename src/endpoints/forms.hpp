#pragma once

// Forms that only our own pages may send, and the texts that they are answered in. For the sign-in
// and the account.

#include <string_view>

#include "audit/audit.hpp"
#include "base/result.hpp"
#include "http/cookies.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "realm/realm.hpp"
#include "rendering/catalogue.hpp"

namespace latchkey::endpoints {

/// The fields, if what the browser says about the page that sent them names us or nobody. Errors:
/// http::parse_form_body's; unauthenticated.
[[nodiscard]] Result<http::Form> read_own_form(const http::Request& request,
                                               std::string_view public_origin);

/// How browsers reach a realm's pages, as its public origin says.
[[nodiscard]] http::Transport transport_of(const realm::Realm& realm) noexcept;

/// Not sent by a page of ours to this browser, or too old.
[[nodiscard]] Failure not_our_form();

/// Who did what a form asks for, for the trail.
[[nodiscard]] audit::Context source_of(const http::Request& request);

/// In the language that the query names, or that the browser asks for.
[[nodiscard]] const rendering::Catalogue& texts_for(const Result<http::Form>& query,
                                                    const http::Request& request);
[[nodiscard]] const rendering::Catalogue& texts_for(const http::Request& request);

}  // namespace latchkey::endpoints
