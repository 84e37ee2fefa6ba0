#include "endpoints/sign_in/respond.hpp"

#include <utility>

#include "endpoints/sign_in/ends.hpp"
#include "pages/sign_in_pages.hpp"
#include "store/client_logos.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view page_path = "/sign-in?";
constexpr std::string_view link_path = "/sign-in/link?";

pages::PageContext page_context_for(const SignInParts& parts, const rendering::Catalogue& texts) {
    return pages::make_page_context(texts, parts.realm.brand, parts.ports.random);
}

/// What a view needs besides itself: tokens, a challenge, a logo.
class Complete {
public:
    Complete(const Visit& visit, database::ReadTransaction& tx, pages::SignInPage& page)
        : visit_(visit), tx_(tx), page_(page) {}

    Result<void> operator()(const interaction::EmailView& view) const {
        page_.form_token = visit_.token();
        if (view.passkey == interaction::EmailView::Passkey::none) return {};
        const webauthn::Passkeys& passkeys = visit_.parts.passkeys;
        page_.passkey = {passkeys.sign_in_challenge(visit_.browser_secret, visit_.now),
                         passkeys.party().id};
        return {};
    }
    Result<void> operator()(const interaction::CodeView&) const {
        page_.form_token = visit_.token();
        return {};
    }
    Result<void> operator()(const interaction::NameView& view) const {
        show_to(view.shown_to);
        return {};
    }
    Result<void> operator()(const interaction::ConsentView& view) const {
        show_to(view.shown_to);
        const auto& app = visit_.sign_in.asked.app;
        if (app) page_.app_logo = TRY(store::find_client_logo_label(tx_, app->id));
        return {};
    }
    Result<void> operator()(const interaction::LinkDoneView&) const { return {}; }
    Result<void> operator()(const interaction::LinkElsewhereView&) const { return {}; }

private:
    void show_to(UserId user_id) const {
        page_.form_token = visit_.token();
        page_.person_token = person_token(visit_.keys(), page_.form_token, user_id);
    }

    const Visit& visit_;
    database::ReadTransaction& tx_;
    pages::SignInPage& page_;
};

}  // namespace

pages::SignInPage page_for(const Visit& visit) {
    pages::SignInPage page{.sign_in = visit.sign_in,
                           .context = page_context_for(visit.parts, visit.texts)};
    name_origins(visit, page.context);
    return page;
}

Result<http::Response> respond(const Visit& visit, database::ReadTransaction& tx,
                               const interaction::View& view) {
    pages::SignInPage page = page_for(visit);
    TRY(std::visit(Complete(visit, tx, page), view));
    return pages::show_view(page, view);
}

http::Response redirect_to_next_step(const Visit& visit, const http::Form& form,
                                     const interaction::State& next,
                                     std::vector<std::string> more_cookies) {
    const bool by_link = form.find("via") == "link";
    auto response = http::see_other(std::string(by_link ? link_path : page_path) +
                                    interaction::query_of(visit.sign_in));
    response.with("Cache-Control", "no-store")
        .with("Set-Cookie", state_cookie(visit.place(), next, visit.now));
    for (std::string& cookie : more_cookies) response.with("Set-Cookie", std::move(cookie));
    return response;
}

http::Response refuse(const SignInParts& parts, const Incoming& incoming, const Error& error) {
    return pages::error_page(error, page_context_for(parts, incoming.texts));
}

}  // namespace latchkey::endpoints
