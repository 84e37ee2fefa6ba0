#pragma once

// How a sign-in ends, said once for each alternative of interaction::Continuation. Another one (an
// authorization code in the redirect URI, a device that waits for its approval) is one more struct
// here, which has every hook of WayToEnd, and its line in ends.cpp; without them nothing compiles.

#include <concepts>

#include "base/error.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "endpoints/sign_in/visit.hpp"
#include "http/message.hpp"
#include "interaction/step.hpp"
#include "pages/page.hpp"

namespace latchkey::endpoints {

/// The hooks.
/// - name_origins(context): which other origin the policy of the sign-in's pages names, if any.
/// - complete(tx, completed): the app gets what it asked for. What it is given is made here, so
///   that nothing is made for a way that does not need it. Errors: storage errors; internal if
///   signing fails.
/// - refuse(refused): the app is told why it gets nothing.
/// - fail(error): the sign-in could not go on.
template <class W>
concept WayToEnd = requires(const W& way, pages::PageContext& context,
                            database::ReadTransaction& tx, const interaction::Completed& completed,
                            const interaction::Refused& refused, const Error& error) {
    { way.name_origins(context) } -> std::same_as<void>;
    { way.complete(tx, completed) } -> std::same_as<Result<http::Response>>;
    { way.refuse(refused) } -> std::same_as<http::Response>;
    { way.fail(error) } -> std::same_as<http::Response>;
};

/// The last page's script posts the outcome to the app's page. sdk_message_end.cpp.
struct SdkMessageEnd {
    const Visit& visit;
    const interaction::SdkMessage& ends;

    void name_origins(pages::PageContext& context) const;
    [[nodiscard]] Result<http::Response> complete(database::ReadTransaction& tx,
                                                  const interaction::Completed& completed) const;
    [[nodiscard]] http::Response refuse(const interaction::Refused& refused) const;
    [[nodiscard]] http::Response fail(const Error& error) const;
};

/// 303 to the app's page, with the sealed outcome in the fragment. redirect_fragment_end.cpp.
struct RedirectFragmentEnd {
    const Visit& visit;
    const interaction::RedirectFragment& ends;

    void name_origins(pages::PageContext& context) const;
    [[nodiscard]] Result<http::Response> complete(database::ReadTransaction& tx,
                                                  const interaction::Completed& completed) const;
    [[nodiscard]] http::Response refuse(const interaction::Refused& refused) const;
    [[nodiscard]] http::Response fail(const Error& error) const;
};

/// Nobody waits for the outcome: the account page, or a page that says it. own_account_end.cpp.
struct OwnAccountEnd {
    const Visit& visit;

    void name_origins(pages::PageContext& context) const;
    [[nodiscard]] Result<http::Response> complete(database::ReadTransaction& tx,
                                                  const interaction::Completed& completed) const;
    [[nodiscard]] http::Response refuse(const interaction::Refused& refused) const;
    [[nodiscard]] http::Response fail(const Error& error) const;
};

/// The same hooks, of the way that the visit's request names.
void name_origins(const Visit& visit, pages::PageContext& context);
/// Errors: WayToEnd's complete.
[[nodiscard]] Result<http::Response> end_sign_in(const Visit& visit, database::ReadTransaction& tx,
                                                 const interaction::Ending& ending);
/// For an error after the request was found good.
[[nodiscard]] http::Response fail_sign_in(const Visit& visit, const Error& error);

/// 303 to our own account page.
[[nodiscard]] http::Response to_account();

}  // namespace latchkey::endpoints
