#include "pages/account_pages.hpp"

#include <algorithm>
#include <utility>

#include "base/text/text.hpp"
#include "base/time/iso_time.hpp"
#include "interaction/consent.hpp"
#include "interaction/request.hpp"
#include "json/writer.hpp"
#include "pages/brand_fields.hpp"
#include "pages/scope_words.hpp"
#include "people/browser_labels.hpp"
#include "people/email_codes.hpp"
#include "rendering/template.hpp"
#include "webauthn/cose_key.hpp"

namespace latchkey::pages {
namespace {

using rendering::Fields;

/// Shown as it is without the page's script, which writes it in the person's own zone.
Fields time_fields(Timestamp time) {
    Fields row;
    row.set("iso", iso_time(time)).set("utc", utc_time(time));
    return row;
}

void set_time(Fields& fields, std::string_view name, const std::optional<Timestamp>& time) {
    if (time) fields.set(name, Fields::List{time_fields(*time)});
}

/// What an app may read, in the words of the consent page.
Fields::List scope_rows(const ScopeNames& names, const AccountView& view) {
    Fields::List list;
    for (const interaction::ConsentItem& held :
         interaction::items_held(view.scopes, view.scopes.known(names))) {
        Fields item;
        item.set("scope", words_of(held, {}, view.context.texts).label);
        list.push_back(std::move(item));
    }
    return list;
}

Fields::List app_rows(const AccountView& view) {
    Fields::List rows;
    for (const store::ConnectedApp& app : view.apps) {
        Fields row;
        row.set("app", app.name).set("client_id", app.connection.client_id.text());
        if (!app.origins.empty())
            row.set("host", std::string(interaction::host_of(app.origins.front())));
        add_app_logo(row, app.connection.client_id, app.logo);
        row.set("scopes", scope_rows(app.connection.scopes, view));
        set_time(row, "since", app.connection.created_at);
        set_time(row, "last_read", app.last_read_at);
        rows.push_back(std::move(row));
    }
    return rows;
}

Fields::List passkey_rows(const AccountView& view) {
    Fields::List rows;
    for (const webauthn::Passkey& passkey : view.passkeys) {
        Fields row;
        row.set("name", passkey.name).set("id", to_base64url(passkey.credential_id));
        set_time(row, "added", passkey.created_at);
        set_time(row, "last_used", passkey.last_used_at);
        rows.push_back(std::move(row));
    }
    return rows;
}

/// "Firefox on Linux", in the person's language.
std::string browser_label(const BrowserLabel& label, const rendering::Catalogue& texts) {
    const std::string browser(people::name_of(label.browser));
    const std::string system(people::name_of(label.system));
    if (browser.empty() && system.empty()) {
        return std::string(texts.text("account.unknown_browser"));
    }
    if (browser.empty() || system.empty()) return browser + system;
    Fields parts;
    parts.set("browser", browser).set("system", system);
    return rendering::Template::fill("account.browser_label", parts, texts);
}

Fields::List session_rows(const AccountView& view) {
    Fields::List rows;
    for (const BrowserSessionRecord& session : view.sessions) {
        Fields row;
        row.set("id", session.id.text());
        row.set("label", browser_label(session.label, view.context.texts));
        set_time(row, "since", session.created_at);
        const bool is_this = session.session_hash == view.visitor.session.session_hash;
        row.show(is_this ? "is_this" : "is_other");
        rows.push_back(std::move(row));
    }
    // This browser first: it is the one a person recognises the list by.
    std::ranges::stable_partition(rows, [&](const Fields& row) { return row.has("is_this"); });
    return rows;
}

/// {"challenge":…,"rpId":…,"user":…}: what the page's script asks an authenticator to make.
rendering::Html registration_request(const AccountView& view) {
    std::string json;
    json::Writer writer(json);
    writer.begin_object()
        .field("challenge", view.passkey_challenge)
        .field("rpId", view.party->id)
        .field("rpName", view.context.brand.name)
        .key("user")
        .begin_object()
        .field("id", to_base64url(view.visitor.user.id.span()))
        .field("name", view.visitor.user.profile.email)
        .field("displayName", view.visitor.user.profile.email)
        .end_object()
        .key("algorithms")
        .begin_array();
    for (const std::int64_t algorithm : webauthn::passkey_algorithms) writer.number(algorithm);
    writer.end_array().key("exclude").begin_array();
    for (const webauthn::Passkey& passkey : view.passkeys) {
        writer.string(to_base64url(passkey.credential_id));
    }
    writer.end_array().end_object();
    return rendering::JsonBlock::make(json);
}

void add_passkeys(Fields& fields, const AccountView& view) {
    if (view.party == nullptr) return;
    Fields section;
    section.set("passkeys", passkey_rows(view));
    if (view.passkey_challenge.empty()) {
        section.show("stale");
    } else {
        Fields prompt;
        prompt.set("request", registration_request(view));
        section.set("can_add", Fields::List{std::move(prompt)});
    }
    fields.set("passkey_section", Fields::List{std::move(section)});
}

bool is_problem(Flash flash) noexcept {
    switch (flash) {
        case Flash::bad_name:
        case Flash::bad_phone:
        case Flash::bad_email:
        case Flash::code_used_up:
        case Flash::email_taken:
        case Flash::passkey_refused:
        case Flash::too_often: return true;
        case Flash::nothing:
        case Flash::disconnected:
        case Flash::saved:
        case Flash::email_changed:
        case Flash::passkey_added:
        case Flash::passkey_renamed:
        case Flash::passkey_removed:
        case Flash::session_ended: return false;
    }
    return false;
}

void add_said(Fields& fields, const AccountView& view) {
    if (view.flash == Flash::nothing) return;
    const std::string key = "said." + std::string(to_string(view.flash));
    Fields row;
    row.set("message", std::string(view.context.texts.text(key)));
    fields.set(is_problem(view.flash) ? "error" : "info", Fields::List{std::move(row)});
}

Fields fields_for(const PageContext& context, const Visitor& visitor) {
    Fields fields;
    fields.set("brand", context.brand.name)
        .set("token", visitor.form_token)
        .set("email", visitor.user.profile.email);
    return fields;
}

}  // namespace

http::Response account_page(const AccountView& view) {
    const Profile& profile = view.visitor.user.profile;
    Fields fields = fields_for(view.context, view.visitor);
    fields.set("given_name", profile.given_name.value_or(""))
        .set("family_name", profile.family_name.value_or(""))
        .set("phone", profile.phone.value_or(""))
        .set("apps", app_rows(view))
        .set("sessions", session_rows(view));
    if (view.next_apps) {
        Fields next;
        next.set("after", view.next_apps->text());
        fields.set("more", Fields::List{std::move(next)});
    }
    if (view.position == AppsPosition::later_page) fields.show("later_page");
    if (view.sessions.size() > 1) fields.show("others");
    add_passkeys(fields, view);
    add_said(fields, view);
    return show({.body_template = "account.html",
                 .title_key = "account.title",
                 .fields = std::move(fields),
                 .area = Area::account},
                view.context);
}

http::Response account_email_page(const PageContext& context, const Visitor& visitor,
                                  const EmailChange& change) {
    Fields fields = fields_for(context, visitor);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(people::code_lifetime);
    fields.set("email", std::string(change.email)).set("minutes", std::to_string(minutes.count()));
    if (change.last_try == EmailChange::LastTry::wrong) {
        Fields row;
        row.set("message", std::string(context.texts.text("notice.wrong_code")));
        fields.set("error", Fields::List{std::move(row)});
    }
    return show({.body_template = "account_email.html",
                 .title_key = "code.title",
                 .fields = std::move(fields)},
                context);
}

http::Response account_delete_page(const PageContext& context, const Visitor& visitor) {
    return show({.body_template = "account_delete.html",
                 .title_key = "account.delete_title",
                 .fields = fields_for(context, visitor),
                 .area = Area::account},
                context);
}

http::Response account_deleted_page(const PageContext& context) {
    Fields fields;
    fields.set("brand", context.brand.name);
    return show({.body_template = "account_deleted.html",
                 .title_key = "account.deleted",
                 .fields = std::move(fields)},
                context);
}

}  // namespace latchkey::pages
