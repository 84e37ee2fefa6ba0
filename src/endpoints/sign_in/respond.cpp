#include "endpoints/sign_in/respond.hpp"

#include <utility>

#include "endpoints/sign_in/return.hpp"
#include "pages/sign_in_end.hpp"
#include "pages/sign_in_pages.hpp"
#include "realm/act.hpp"
#include "store/client_logos.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view page_path = "/sign-in?";
constexpr std::string_view link_path = "/sign-in/link?";

pages::PageContext page_context_for(const SignInParts& parts, const rendering::Catalogue& texts) {
    return pages::make_page_context(texts, parts.realm.brand, parts.ports.random);
}

/// Which origins a page's policy names.
struct NameOrigins {
    pages::PageContext& context;

    // RFC 9700 4.16: no frame but in the page of the origin that the app has registered.
    void operator()(const interaction::SdkMessage& ends) const {
        if (ends.place == interaction::SdkMessage::Place::frame) context.frame_origin = ends.origin;
    }
    void operator()(const interaction::RedirectFragment& ends) const {
        context.return_origin = ends.origin;
    }
    void operator()(const interaction::OwnAccount&) const {}
};

pages::SignInPage page_for(const Visit& visit) {
    pages::SignInPage page{.sign_in = visit.sign_in,
                           .context = page_context_for(visit.parts, visit.texts)};
    std::visit(NameOrigins{page.context}, visit.sign_in.ends);
    return page;
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

/// How an outcome reaches who waits for it.
class Deliver {
public:
    Deliver(const Visit& visit, const pages::SignInEnd& outcome)
        : visit_(visit), outcome_(outcome) {}

    http::Response operator()(const interaction::SdkMessage&) const { return done(); }
    http::Response operator()(const interaction::OwnAccount&) const { return done(); }
    http::Response operator()(const interaction::RedirectFragment& ends) const {
        return http::see_other(return_url(visit_.keys(), ends, outcome_.message, visit_.now))
            .with("Cache-Control", "no-store");
    }

private:
    [[nodiscard]] http::Response done() const {
        return pages::done_page(page_for(visit_), outcome_);
    }

    const Visit& visit_;
    const pages::SignInEnd& outcome_;
};

http::Response deliver(const Visit& visit, const pages::SignInEnd& outcome) {
    return std::visit(Deliver(visit, outcome), visit.sign_in.ends);
}

class End {
public:
    End(const Visit& visit, database::ReadTransaction& tx) : visit_(visit), tx_(tx) {}

    Result<http::Response> operator()(const interaction::Completed& ending) const {
        const auto& app = visit_.sign_in.asked.app;
        if (!app) return to_account();
        const tokens::ConsentGrant grant{app->id, ending.person.id, ending.granted,
                                         interaction::opener_of(visit_.sign_in).origin,
                                         ending.person.authentication};
        const audit::Context source = visit_.source();
        const realm::Realm& realm = visit_.parts.realm;
        const realm::Act act{realm, visit_.parts.ports.random, visit_.now, source};
        const Secret token = TRY(tokens::issue_consent_token(act, tx_, grant));
        const std::string scopes = realm.scopes.text(ending.granted);
        const Profile& profile = ending.person.profile;
        return deliver(
            visit_, pages::completed(visit_.sign_in, {profile.email, profile.email_verified, scopes,
                                                      token.reveal()}));
    }
    Result<http::Response> operator()(const interaction::Declined&) const {
        return deliver(visit_, pages::cancelled(visit_.sign_in));
    }
    Result<http::Response> operator()(const interaction::ToAccount&) const { return to_account(); }

private:
    static http::Response to_account() { return http::see_other("/account"); }

    const Visit& visit_;
    database::ReadTransaction& tx_;
};

}  // namespace

Result<http::Response> respond(const Visit& visit, database::ReadTransaction& tx,
                               const interaction::View& view) {
    pages::SignInPage page = page_for(visit);
    TRY(std::visit(Complete(visit, tx, page), view));
    return pages::show_view(page, view);
}

Result<http::Response> respond(const Visit& visit, database::ReadTransaction& tx,
                               const interaction::Ending& ending) {
    return std::visit(End(visit, tx), ending);
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

http::Response respond_failure(const Visit& visit, const Error& error) {
    if (!visit.sign_in.asked.app) {
        return pages::error_page(error, page_context_for(visit.parts, visit.texts));
    }
    return deliver(visit, pages::failed(visit.sign_in, error));
}

http::Response refuse(const SignInParts& parts, const Incoming& incoming, const Error& error) {
    return pages::error_page(error, page_context_for(parts, incoming.texts));
}

}  // namespace latchkey::endpoints
