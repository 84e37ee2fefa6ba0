#include "endpoints/account/flow.hpp"

#include <utility>

#include "base/text/text.hpp"
#include "crypto/constant_time.hpp"
#include "endpoints/forms.hpp"
#include "pages/sign_in_pages.hpp"
#include "people/sessions.hpp"

namespace latchkey::endpoints {
namespace {

std::string token_of(const keys::KeyRing& keys, ByteView session_hash) {
    const std::string message = "account\n" + to_hex(session_hash);
    return to_base64url(keys.keyed_hash(keys::Purpose::cookie, as_bytes(message)));
}

/// The form's sender; a response when it leads elsewhere.
using VisitorOrResponse = std::variant<pages::Visitor, http::Response>;

Result<VisitorOrResponse> find_sender(const SignInParts& parts, database::ReadTransaction& tx,
                                      const http::Request& request, const http::Form& form) {
    auto visitor = TRY(find_visitor(parts, tx, request));
    if (!visitor) return to_sign_in();
    const std::string_view token = form.find("token").value_or("");
    if (!crypto::equal_constant_time(as_bytes(visitor->form_token), as_bytes(token))) {
        return not_our_form();
    }
    return std::move(*visitor);
}

/// What an account's form does, and for whom.
struct AccountRoute {
    SignInParts parts;
    Freshness freshness;
    AccountWork work;
};

Result<http::Response> take_account_form(const AccountRoute& route, database::WriteGroup& group,
                                         const http::Request& request, const http::Form& form) {
    const auto tx = TRY(group.begin());
    auto sender = TRY(find_sender(route.parts, *tx, request, form));
    if (auto* elsewhere = std::get_if<http::Response>(&sender)) return std::move(*elsewhere);
    auto& visitor = std::get<pages::Visitor>(sender);
    const Timestamp now = route.parts.ports.clock.now();
    if (route.freshness == Freshness::fresh && !visitor.is_fresh(now)) return to_sign_in_again();
    auto response = TRY(
        route.work({route.parts, request, form, std::move(visitor), now, source_of(request)}, *tx));
    TRY(tx->commit());
    return response;
}

http::Response refuse(const SignInParts& parts, const http::Request& request, const Error& error) {
    return pages::error_page(error, page_context_for(parts, request));
}

http::Response no_store(http::Response response) {
    return std::move(response).with("Cache-Control", "no-store");
}

}  // namespace

Result<std::optional<pages::Visitor>> find_visitor(const SignInParts& parts,
                                                   database::ReadTransaction& tx,
                                                   const http::Request& request) {
    const auto secret =
        http::find_cookie(request, people::session_cookie, transport_of(parts.realm));
    if (!secret) return std::nullopt;
    auto session =
        TRY(people::find_session(tx, parts.realm.id(), *secret, parts.ports.clock.now()));
    if (!session) return std::nullopt;
    auto user = TRY(people::find_user(tx, parts.realm.keys, session->user_id));
    if (!user) return std::nullopt;
    std::string token = token_of(parts.realm.keys, session->session_hash);
    return pages::Visitor{std::move(*user), std::move(*session), std::string(*secret),
                          std::move(token)};
}

pages::PageContext page_context_for(const SignInParts& parts, const http::Request& request) {
    return pages::make_page_context(texts_for(request), parts.realm.brand, parts.ports.random);
}

http::Response back_to_account(pages::Flash flash) {
    std::string location = "/account";
    if (flash != pages::Flash::nothing) location += "?said=" + std::string(pages::to_string(flash));
    return no_store(http::see_other(std::move(location)));
}

http::Response to_sign_in() { return no_store(http::see_other("/sign-in?for=account&locale=")); }

http::Response to_sign_in_again() {
    return no_store(http::see_other("/sign-in?for=account&locale=&prompt=login"));
}

Result<void> AccountForm::audit(database::WriteTransaction& tx, audit::Event event) const {
    return realm::record(tx, act(), event, {visitor.user.id, std::nullopt});
}

http::Handler account_form(SignInParts parts, Freshness freshness, AccountWork work) {
    return [route =
                AccountRoute{parts, freshness, work}](const http::Request& request) -> http::Reply {
        auto form = read_own_form(request, route.parts.realm.public_origin);
        if (!form) return refuse(route.parts, request, form.error());
        return http::Write([route, request, form = std::move(*form)](
                               database::WriteGroup& group) -> http::Response {
            auto response = take_account_form(route, group, request, form);
            return response ? std::move(*response) : refuse(route.parts, request, response.error());
        });
    };
}

http::Handler account_show(SignInParts parts, AccountShow show) {
    return [parts, show](const http::Request& request) -> http::Reply {
        return http::Read([parts, show, request](database::ReadTransaction& tx) {
            const auto answer = [&]() -> Result<http::Response> {
                const auto visitor = TRY(find_visitor(parts, tx, request));
                if (!visitor) return to_sign_in();
                return show(parts, tx, request, *visitor);
            };
            auto response = answer();
            return response ? std::move(*response) : refuse(parts, request, response.error());
        });
    };
}

}  // namespace latchkey::endpoints
