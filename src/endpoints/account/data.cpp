// Taking one's data away: a download of all of it, and the deletion that shreds it.

#include <string>

#include "audit/audit.hpp"
#include "base/time/iso_time.hpp"
#include "endpoints/account/flow.hpp"
#include "endpoints/forms.hpp"
#include "grants/deletion.hpp"
#include "json/writer.hpp"
#include "pages/account_pages.hpp"
#include "people/browser_labels.hpp"
#include "people/sessions.hpp"
#include "store/audit.hpp"
#include "store/browser_sessions.hpp"
#include "store/connections.hpp"
#include "store/metafield_values.hpp"
#include "store/refresh_families.hpp"

namespace latchkey::endpoints {
namespace {

constexpr int export_page = 500;           // connections read at a time
constexpr int max_exported_rows = 20'000;  // of values, and of the trail

void optional_field(json::Writer& out, std::string_view name,
                    const std::optional<std::string>& value) {
    out.key(name);
    if (value) {
        out.string(*value);
    } else {
        out.null();
    }
}

void write_profile(json::Writer& out, const people::User& user) {
    const Profile& profile = user.profile;
    out.key("profile").begin_object().field("email", profile.email);
    out.key("emailVerified").boolean(profile.email_verified);
    optional_field(out, "phone", profile.phone);
    out.key("phoneVerified").boolean(profile.phone_verified);
    optional_field(out, "givenName", profile.given_name);
    optional_field(out, "familyName", profile.family_name);
    optional_field(out, "avatar", profile.avatar);
    out.field("createdAt", iso_time(user.created_at)).field("updatedAt", iso_time(user.updated_at));
    out.end_object();
}

void write_app_sessions(json::Writer& out, const std::vector<store::AppSession>& sessions) {
    out.key("sessions").begin_array();
    for (const store::AppSession& session : sessions) {
        out.begin_object()
            .field("tokensIssuedAt", iso_time(session.tokens_issued_at))
            .field("expiresAt", iso_time(session.expires_at))
            .end_object();
    }
    out.end_array();
}

Result<void> write_apps(json::Writer& out, database::ReadTransaction& tx, UserId user_id,
                        Timestamp now) {
    out.key("connectedApps").begin_array();
    std::optional<ClientId> after;
    for (;;) {
        const auto page = TRY(store::list_connected_apps(tx, user_id, after, export_page));
        for (const store::ConnectedApp& app : page) {
            out.begin_object()
                .field("clientId", app.connection.client_id.text())
                .field("name", app.name)
                .field("scope", app.connection.scopes.text)
                .field("connectedAt", iso_time(app.connection.created_at));
            if (app.last_read_at) out.field("lastReadAt", iso_time(*app.last_read_at));
            const ClientId client_id = app.connection.client_id;
            const auto sessions = TRY(store::list_app_sessions(tx, user_id, client_id, now));
            write_app_sessions(out, sessions);
            out.end_object();
            after = client_id;
        }
        if (page.size() < static_cast<std::size_t>(export_page)) break;
    }
    out.end_array();
    return {};
}

Result<void> write_values(json::Writer& out, database::ReadTransaction& tx, UserId user_id) {
    const auto values = TRY(store::list_kept_values(tx, user_id, max_exported_rows));
    out.key("metafields").begin_array();
    for (const store::KeptValue& kept : values) {
        out.begin_object()
            .field("clientId", kept.client_id.text())
            .field("namespace", kept.name_space)
            .field("key", kept.key)
            .field("value", kept.value)
            .field("updatedAt", iso_time(kept.updated_at))
            .end_object();
    }
    out.end_array();
    return {};
}

/// The apps that hold tokens which came from this browser.
Result<void> write_apps_of_browser(json::Writer& out, database::ReadTransaction& tx,
                                   const BrowserSessionRecord& session) {
    const auto families = TRY(store::list_families_of_session(tx, session.user_id, session.id));
    out.key("clientIds").begin_array();
    std::optional<ClientId> last;  // families come in the order of their apps
    for (const store::FamilyKey& family : families) {
        if (last != family.client_id) out.string(family.client_id.text());
        last = family.client_id;
    }
    out.end_array();
    return {};
}

Result<void> write_access(json::Writer& out, database::ReadTransaction& tx,
                          const AccountForm& form) {
    const UserId user_id = form.visitor.user.id;
    out.key("passkeys").begin_array();
    const auto passkeys = TRY(form.parts.passkeys.list(tx, user_id));
    for (const webauthn::Passkey& passkey : passkeys) {
        out.begin_object()
            .field("name", passkey.name)
            .field("createdAt", iso_time(passkey.created_at))
            .end_object();
    }
    out.end_array().key("browsers").begin_array();
    const auto sessions = TRY(store::list_sessions(tx, user_id, form.now, max_exported_rows));
    for (const BrowserSessionRecord& session : sessions) {
        out.begin_object()
            .field("label", people::text_of(session.label))
            .field("signedInAt", iso_time(session.created_at));
        TRY(write_apps_of_browser(out, tx, session));
        out.end_object();
    }
    out.end_array().key("history").begin_array();
    const auto trail = TRY(store::list_audit_of_user(tx, user_id, max_exported_rows));
    for (const AuditRecord& record : trail) {
        out.begin_object().field("at", iso_time(record.at)).field("action", record.action);
        if (record.client_id) out.field("clientId", record.client_id->text());
        out.field("from", record.origin).end_object();
    }
    out.end_array();
    return {};
}

Result<http::Response> read_data(const AccountForm& form, database::ReadTransaction& tx) {
    std::string body;
    json::Writer out(body);
    out.begin_object();
    write_profile(out, form.visitor.user);
    TRY(write_apps(out, tx, form.visitor.user.id, form.now));
    TRY(write_values(out, tx, form.visitor.user.id));
    TRY(write_access(out, tx, form));
    out.end_object();
    return http::json_response(200, std::move(body))
        .with("Content-Disposition", "attachment; filename=\"my-data.json\"")
        .with("Cache-Control", "no-store");
}

Result<http::Response> show_delete_page(const SignInParts& parts, database::ReadTransaction& /*tx*/,
                                        const http::Request& request,
                                        const pages::Visitor& visitor) {
    if (!visitor.is_fresh(parts.ports.clock.now())) return to_sign_in_again();
    return pages::account_delete_page(page_context_for(parts, request), visitor);
}

Result<http::Response> delete_account(const AccountForm& form, database::WriteTransaction& tx) {
    if (!form.form.find("understood")) {
        return http::see_other("/account/delete").with("Cache-Control", "no-store");
    }
    (void)TRY(grants::delete_user(form.act(), tx, form.visitor.user.id));
    return pages::account_deleted_page(page_context_for(form.parts, form.request))
        .with("Set-Cookie", http::expire_cookie(people::session_cookie, http::SameSite::lax,
                                                transport_of(form.parts.realm)));
}

}  // namespace

http::Handler account_data(SignInParts parts) {
    return account_reading_form(parts, Freshness::fresh, read_data, audit::Event::data_downloaded);
}
http::Handler account_delete_page(SignInParts parts) {
    return account_show(parts, show_delete_page);
}
http::Handler account_delete(SignInParts parts) {
    return account_form(parts, Freshness::fresh, delete_account);
}

}  // namespace latchkey::endpoints
