#include "pages/sign_in_pages.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "json/writer.hpp"
#include "pages/brand_fields.hpp"
#include "pages/error_row.hpp"
#include "pages/page.hpp"
#include "people/email_codes.hpp"
#include "rendering/template.hpp"

namespace latchkey::pages {
namespace {

using rendering::Fields;

constexpr ScopeSet set_of(std::initializer_list<Scope> scopes) {
    ScopeSet set;
    for (const Scope scope : scopes) set.add(scope);
    return set;
}

// In the order in which a person would ask.
constexpr std::array<ConsentChoice, 6> all_choices{{
    {"email", "grant_email", set_of({Scope::openid, Scope::email, Scope::email_verified}),
     ConsentChoice::Kind::always},
    {"profile", "grant_profile", set_of({Scope::profile})},
    {"name", "grant_name", set_of({Scope::name})},
    {"avatar", "grant_avatar", set_of({Scope::avatar})},
    {"phone", "grant_phone", set_of({Scope::phone, Scope::phone_verified})},
    {"manage", "grant_manage", set_of({Scope::user_manage})},
}};

/// {"origin":…,"flow":…}: whom the page's script tells that it is there, and how tall it is.
rendering::Html frame_block(const interaction::SignInRequest& sign_in) {
    std::string json;
    json::Writer writer(json);
    writer.begin_object().field("origin", sign_in.origin).field("flow", sign_in.flow).end_object();
    return rendering::JsonBlock::make(json);
}

Fields common_fields(const SignInView& view) {
    Fields fields;
    fields.set("brand", view.setting.brand.name)
        .set("app", std::string(view.sign_in.audience(view.setting.brand.name)))
        .set("host", std::string(view.sign_in.host()))
        .set("query", view.sign_in.query())
        .set("token", std::string(view.form_token))
        .set("person", std::string(view.person_token))
        .set("flow", view.sign_in.flow);
    fields.show(view.sign_in.purpose == interaction::SignInRequest::Purpose::app ? "for_app"
                                                                                 : "for_account");
    // A frame takes no focus from the page around it.
    const bool framed = view.sign_in.mode == interaction::SignInRequest::Mode::frame;
    if (framed) {
        Fields frame;
        frame.set("frame", frame_block(view.sign_in));
        fields.set("framed", Fields::List{std::move(frame)});
    } else {
        fields.show("focus");
    }
    return fields;
}

std::optional<std::string_view> text_key(interaction::Notice notice) {
    switch (notice) {
        case interaction::Notice::none: return std::nullopt;
        case interaction::Notice::bad_email: return "notice.bad_email";
        case interaction::Notice::wrong_code: return "notice.wrong_code";
        case interaction::Notice::code_used_up: return "notice.code_used_up";
        case interaction::Notice::code_sent_again: return "notice.code_sent_again";
        case interaction::Notice::too_often: return "notice.too_often";
        case interaction::Notice::bad_name: return "notice.bad_name";
        case interaction::Notice::passkey_refused: return "notice.passkey_refused";
    }
    return std::nullopt;
}

void add_notice(Fields& fields, interaction::Notice notice, const rendering::Catalogue& texts) {
    const auto key = text_key(notice);
    if (!key) return;
    Fields row;
    row.set("message", rendering::Template::fill(*key, fields, texts));
    fields.set(notice == interaction::Notice::code_sent_again ? "info" : "error",
               Fields::List{std::move(row)});
}

std::string full_name(const Profile& profile) {
    std::string name = profile.given_name.value_or("");
    if (profile.family_name) {
        if (!name.empty()) name.push_back(' ');
        name += *profile.family_name;
    }
    return name;
}

/// What the app would see, so that nobody has to guess.
std::string value_of(std::string_view key, const Profile& profile) {
    if (key == "email") return profile.email;
    if (key == "profile" || key == "name") return full_name(profile);
    if (key == "phone") return profile.phone.value_or("");
    return {};
}

Fields choice_row(const ConsentChoice& choice, const SignInView& view, const Profile& profile,
                  ScopeSet granted_before) {
    Fields row;
    const auto label = [&](std::string_view part) {
        const std::string key = std::string(part) + std::string(choice.key);
        return rendering::Template::fill(key, common_fields(view), view.setting.texts);
    };
    row.set("field", std::string(choice.field))
        .set("label", label("consent.scope."))
        .set("explanation", label("consent.about."));
    std::string value = value_of(choice.key, profile);
    if (!value.empty()) {
        Fields shown;
        shown.set("value", std::move(value));
        row.set("shown", Fields::List{std::move(shown)});
    }
    row.show(choice.kind == ConsentChoice::Kind::always ? "always" : "optional");
    const bool known = (view.sign_in.scopes & choice.scopes).within(granted_before);
    if (!granted_before.empty() && !known) row.show("is_new");
    return row;
}

std::string_view section_of(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::completed: return "completed";
        case Outcome::Kind::cancelled: return "cancelled";
        case Outcome::Kind::failed: return "failed";
    }
    return "failed";
}

}  // namespace

std::vector<ConsentChoice> consent_choices(ScopeSet scopes) {
    std::vector<ConsentChoice> choices;
    for (const ConsentChoice& choice : all_choices) {
        const bool always = choice.kind == ConsentChoice::Kind::always;
        if (always || !(scopes & choice.scopes).empty()) choices.push_back(choice);
    }
    return choices;
}

http::Response email_page(const SignInView& view, const interaction::SignInState& state) {
    Fields fields = common_fields(view);
    fields.set("email", state.email);
    if (!view.passkey.challenge.empty()) {
        std::string json;
        json::Writer writer(json);
        writer.begin_object()
            .field("challenge", view.passkey.challenge)
            .field("rpId", view.passkey.rp_id)
            .end_object();
        Fields prompt;
        prompt.set("request", rendering::JsonBlock::make(json));
        fields.set("passkey", Fields::List{std::move(prompt)});
    }
    add_notice(fields, state.notice, view.setting.texts);
    return show({200, "email.html", "email.title", std::move(fields)}, view.setting);
}

http::Response code_page(const SignInView& view, const interaction::SignInState& state,
                         CodeEntry entry) {
    Fields fields = common_fields(view);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(people::code_lifetime);
    fields.set("email", state.email).set("minutes", std::to_string(minutes.count()));
    fields.show(entry == CodeEntry::by_link ? "by_link" : "typed");
    add_notice(fields, state.notice, view.setting.texts);
    return show({200, "code.html", "code.title", std::move(fields)}, view.setting);
}

http::Response link_done_page(const SignInView& view) {
    return show({200, "link_done.html", "done.title", common_fields(view)}, view.setting);
}

http::Response link_elsewhere_page(const SignInView& view) {
    return show({200, "link_elsewhere.html", "code.title", common_fields(view)}, view.setting);
}

http::Response name_page(const SignInView& view, const interaction::SignInState& state,
                         const Profile& profile) {
    Fields fields = common_fields(view);
    fields.set("given_name", profile.given_name.value_or(""))
        .set("family_name", profile.family_name.value_or(""));
    add_notice(fields, state.notice, view.setting.texts);
    return show({200, "name.html", "name.title", std::move(fields)}, view.setting);
}

http::Response consent_page(const SignInView& view, const Profile& profile,
                            ScopeSet granted_before) {
    Fields fields = common_fields(view);
    fields.set("email", profile.email);
    Fields::List rows;
    for (const ConsentChoice& choice : consent_choices(view.sign_in.scopes)) {
        rows.push_back(choice_row(choice, view, profile, granted_before));
    }
    fields.set("choices", std::move(rows));
    add_app_logo(fields, view.sign_in.client.id, view.app_logo);
    return show({200, "consent.html", "consent.title", std::move(fields)}, view.setting);
}

http::Response done_page(const SignInView& view, const Outcome& outcome) {
    std::string json;
    json::Writer writer(json);
    writer.begin_object().field("origin", view.sign_in.origin);
    writer.key("message").raw(outcome.message.reveal()).end_object();
    Fields fields = common_fields(view);
    fields.show(section_of(outcome.kind)).set("result", rendering::JsonBlock::make(json));
    return show({outcome.status, "done.html", "done.title", std::move(fields)}, view.setting);
}

http::Response error_page(const Error& error, const Setting& setting) {
    const ErrorRow row = error_row(error.code);
    Fields fields;
    fields.set("brand", setting.brand.name).set("reason", std::string(error.public_text.view()));
    fields.set("explanation", rendering::Template::fill(row.text_key, fields, setting.texts));
    return show({row.status, "error.html", "error.title", std::move(fields)}, setting);
}

}  // namespace latchkey::pages
