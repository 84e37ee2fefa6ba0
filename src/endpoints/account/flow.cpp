#include "endpoints/account/flow.hpp"

#include <memory>
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

/// A form as it came, and what its route asks of the session.
struct Sent {
    SignInParts parts;
    Freshness freshness;
    http::Request request;
    http::Form form;
};

/// What `use` makes of the form, if its sender may send it; otherwise the way to sign in.
template <class Use>
auto use_form(const Sent& sent, database::ReadTransaction& tx, const Use& use)
    -> std::invoke_result_t<const Use&, const AccountForm&> {
    auto sender = TRY(find_sender(sent.parts, tx, sent.request, sent.form));
    if (auto* elsewhere = std::get_if<http::Response>(&sender)) return std::move(*elsewhere);
    auto& visitor = std::get<pages::Visitor>(sender);
    const Timestamp now = sent.parts.ports.clock.now();
    if (sent.freshness == Freshness::fresh && !visitor.is_fresh(now)) return to_sign_in_again();
    return use(AccountForm{sent.parts, sent.request, sent.form, std::move(visitor), now,
                           source_of(sent.request)});
}

Result<http::Response> take_form(const Sent& sent, database::WriteGroup& group, AccountWork work) {
    const auto tx = TRY(group.begin());
    return use_form(sent, *tx, [&](const AccountForm& form) -> Result<http::Response> {
        auto response = TRY(work(form, *tx));
        TRY(tx->commit());
        return response;
    });
}

/// The answer that was read, once the trail says so.
Result<http::Response> note_reading(const Sent& sent, database::WriteGroup& group,
                                    audit::Event event, const http::Response& answer) {
    const auto tx = TRY(group.begin());
    return use_form(sent, *tx, [&](const AccountForm& form) -> Result<http::Response> {
        TRY(form.audit(*tx, event));
        TRY(tx->commit());
        return answer;
    });
}

http::Response refuse(const SignInParts& parts, const http::Request& request, const Error& error) {
    return pages::error_page(error, page_context_for(parts, request));
}

http::Response or_refuse(const Sent& sent, Result<http::Response> response) {
    if (response) return std::move(*response);
    return refuse(sent.parts, sent.request, response.error());
}

http::Write write_note(std::shared_ptr<const Sent> sent, audit::Event event,
                       http::Response answer) {
    return [sent = std::move(sent), event,
            answer = std::move(answer)](database::WriteGroup& group) -> http::Response {
        return or_refuse(*sent, note_reading(*sent, group, event, answer));
    };
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
    return [parts, freshness, work](const http::Request& request) -> http::Reply {
        auto form = read_own_form(request, parts.realm.public_origin);
        if (!form) return refuse(parts, request, form.error());
        return http::Write([sent = Sent{parts, freshness, request, std::move(*form)},
                            work](database::WriteGroup& group) -> http::Response {
            return or_refuse(sent, take_form(sent, group, work));
        });
    };
}

http::Handler account_reading_form(SignInParts parts, Freshness freshness, AccountReading reading,
                                   audit::Event event) {
    return [parts, freshness, reading, event](const http::Request& request) -> http::Reply {
        auto form = read_own_form(request, parts.realm.public_origin);
        if (!form) return refuse(parts, request, form.error());
        auto sent = std::make_shared<const Sent>(Sent{parts, freshness, request, std::move(*form)});
        return http::Read([sent = std::move(sent), reading,
                           event](database::ReadTransaction& tx) -> http::ReadEnd {
            auto end = use_form(*sent, tx, [&](const AccountForm& read) -> Result<http::ReadEnd> {
                return write_note(sent, event, TRY(reading(read, tx)));
            });
            if (end) return std::move(*end);
            return refuse(sent->parts, sent->request, end.error());
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
