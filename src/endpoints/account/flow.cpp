#include "endpoints/account/flow.hpp"

#include <utility>

#include "base/text.hpp"
#include "crypto/constant_time.hpp"
#include "endpoints/sign_in/flow.hpp"
#include "people/sessions.hpp"

namespace latchkey::endpoints {
namespace {

std::string token_of(const keys::KeyRing& keys, ByteView session_hash) {
    const std::string message = "account\n" + to_hex(session_hash);
    return to_base64url(keys.keyed_hash(keys::Purpose::cookie, as_bytes(message)));
}

Failure not_our_form() {
    return fail(ErrorCode::unauthenticated, "This form is out of date. Start again.");
}

/// Reads a form and whose it is; a response when it leads elsewhere.
Result<std::variant<AccountForm, http::Response>> read_form(const SignInServices& services,
                                                            const http::Request& request,
                                                            Freshness freshness) {
    if (!may_be_ours(request, services.options.public_origin)) return not_our_form();
    http::Form form = TRY(http::parse_form_body(request));
    const auto tx = TRY(services.delegation.database.read());
    auto visitor = TRY(find_visitor(services, *tx, request));
    if (!visitor) return to_sign_in();
    const std::string_view token = form.find("token").value_or("");
    if (!crypto::equal_constant_time(as_bytes(visitor->form_token), as_bytes(token))) {
        return not_our_form();
    }
    const Timestamp now = services.delegation.clock.now();
    if (freshness == Freshness::fresh && !visitor->is_fresh(now)) return to_sign_in_again();
    return AccountForm{services, request, std::move(form), std::move(*visitor), now};
}

http::Response no_store(http::Response response) {
    return std::move(response).with("Cache-Control", "no-store");
}

}  // namespace

Result<std::optional<pages::Visitor>> find_visitor(const SignInServices& services,
                                                   database::ReadTransaction& tx,
                                                   const http::Request& request) {
    const auto secret =
        http::find_cookie(request, people::session_cookie, services.options.transport);
    if (!secret) return std::nullopt;
    auto session = TRY(people::find_session(tx, *secret, services.delegation.clock.now()));
    if (!session) return std::nullopt;
    auto user = TRY(people::find_user(tx, services.delegation.keys, session->user_id));
    if (!user) return std::nullopt;
    std::string token = token_of(services.delegation.keys, session->session_hash);
    return pages::Visitor{std::move(*user), std::move(*session), std::string(*secret),
                          std::move(token)};
}

http::Response back_to_account(pages::Said said) {
    std::string location = "/account";
    if (said != pages::Said::nothing) location += "?said=" + std::string(pages::to_string(said));
    return no_store(http::see_other(std::move(location)));
}

http::Response to_sign_in() { return no_store(http::see_other("/sign-in?for=account&locale=")); }

http::Response to_sign_in_again() {
    return no_store(http::see_other("/sign-in?for=account&locale=&prompt=login"));
}

Result<void> AccountForm::audit(database::WriteTransaction& tx, audit::Event event) const {
    return audit::append(tx, services.delegation.keys.realm(), event,
                         {visitor.user.id, std::nullopt}, now, source_of(request));
}

http::Handler account_form(SignInServices services, Freshness freshness, AccountWork work) {
    return [services, freshness, work](const http::Request& request) -> http::Reply {
        auto read = read_form(services, request, freshness);
        if (!read) return refuse(services, request, read.error());
        if (auto* elsewhere = std::get_if<http::Response>(&*read)) return std::move(*elsewhere);
        // Read again on the write lane: what the session allows is decided where it is written.
        return http::Write([services, freshness, work,
                            request](database::WriteGroup&) -> http::Response {
            auto form = read_form(services, request, freshness);
            if (!form) return refuse(services, request, form.error());
            if (auto* elsewhere = std::get_if<http::Response>(&*form)) return std::move(*elsewhere);
            auto response = work(std::get<AccountForm>(*form));
            return response ? std::move(*response) : refuse(services, request, response.error());
        });
    };
}

http::Handler account_show(SignInServices services, AccountShow show) {
    return [services, show](const http::Request& request) -> http::Reply {
        const auto answer = [&]() -> Result<http::Response> {
            const auto tx = TRY(services.delegation.database.read());
            const auto visitor = TRY(find_visitor(services, *tx, request));
            if (!visitor) return to_sign_in();
            return show(services, *tx, request, *visitor);
        };
        auto response = answer();
        if (response) return std::move(*response);
        return refuse(services, request, response.error());
    };
}

}  // namespace latchkey::endpoints
