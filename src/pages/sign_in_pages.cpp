#include "pages/sign_in_pages.hpp"

#include <chrono>
#include <utility>

#include "interaction/problem.hpp"
#include "json/writer.hpp"
#include "pages/brand_fields.hpp"
#include "pages/scope_words.hpp"
#include "people/email_codes.hpp"
#include "rendering/template.hpp"

namespace latchkey::pages {
namespace {

using interaction::Notice;
using rendering::Fields;

/// {"origin":…,"flow":…}: whom the page's script tells that it is there, and how tall it is.
rendering::Html frame_block(const interaction::SdkMessage& frame) {
    std::string json;
    json::Writer writer(json);
    writer.begin_object().field("origin", frame.origin).field("flow", frame.flow).end_object();
    return rendering::JsonBlock::make(json);
}

Fields common_fields(const SignInPage& page) {
    const interaction::Request& sign_in = page.sign_in;
    const auto& app = sign_in.asked.app;
    Fields fields;
    fields.set("brand", page.context.brand.name)
        .set("app", std::string(sign_in.audience(page.context.brand.name)))
        .set("host", app ? app->host : std::string())
        .set("query", interaction::query_of(sign_in))
        .set("token", page.form_token)
        .set("person", page.person_token)
        .set("flow", std::string(interaction::opener_of(sign_in).flow));
    fields.show(app ? "for_app" : "for_account");
    // A frame takes no focus from the page around it.
    if (const auto* around = interaction::find_frame(sign_in)) {
        Fields frame;
        frame.set("frame", frame_block(*around));
        fields.set("framed", Fields::List{std::move(frame)});
    } else {
        fields.show("focus");
    }
    return fields;
}

void add_notice(Fields& fields, Notice notice, const rendering::Catalogue& texts) {
    const auto text = interaction::text_of(notice);
    if (!text) return;
    Fields row;
    row.set("message", rendering::Template::fill(text->key, fields, texts));
    const bool good_news = text->tone == interaction::Tone::info;
    fields.set(good_news ? "info" : "error", Fields::List{std::move(row)});
}

Fields consent_fields(const interaction::ConsentRow& row, const SignInPage& page) {
    Fields fields;
    ScopeWords words = words_of(row.item, common_fields(page), page.context.texts);
    fields.set("field", interaction::box_of(row.item))
        .set("label", std::move(words.label))
        .set("explanation", std::move(words.about));
    if (!row.value.empty()) {
        Fields shown;
        shown.set("value", row.value);
        fields.set("shown", Fields::List{std::move(shown)});
    }
    const bool always = row.item.asking == Asking::always;
    fields.show(always ? "always" : "optional");
    if (row.news == interaction::ConsentRow::News::asked_anew) fields.show("is_new");
    return fields;
}

/// One page for each view.
class PageOf {
public:
    explicit PageOf(const SignInPage& page) : page_(page) {}

    http::Response operator()(const interaction::EmailView& view) const {
        Fields fields = common_fields(page_);
        fields.set("email", view.email);
        if (page_.passkey) {
            std::string json;
            json::Writer writer(json);
            writer.begin_object()
                .field("challenge", page_.passkey->challenge)
                .field("rpId", page_.passkey->rp_id)
                .end_object();
            Fields prompt;
            prompt.set("request", rendering::JsonBlock::make(json));
            fields.set("passkey", Fields::List{std::move(prompt)});
        }
        add_notice(fields, view.notice, page_.context.texts);
        return show({200, "email.html", "email.title", std::move(fields)}, page_.context);
    }
    http::Response operator()(const interaction::CodeView& view) const {
        using std::chrono::minutes;
        Fields fields = common_fields(page_);
        const auto lifetime = std::chrono::duration_cast<minutes>(people::code_lifetime);
        fields.set("email", view.email).set("minutes", std::to_string(lifetime.count()));
        const bool by_link = view.entry == interaction::CodeView::Entry::by_link;
        fields.show(by_link ? "by_link" : "typed");
        add_notice(fields, view.notice, page_.context.texts);
        return show({200, "code.html", "code.title", std::move(fields)}, page_.context);
    }
    http::Response operator()(const interaction::NameView& view) const {
        Fields fields = common_fields(page_);
        fields.set("given_name", view.given_name).set("family_name", view.family_name);
        add_notice(fields, view.notice, page_.context.texts);
        return show({200, "name.html", "name.title", std::move(fields)}, page_.context);
    }
    http::Response operator()(const interaction::ConsentView& view) const {
        Fields fields = common_fields(page_);
        fields.set("email", view.email);
        Fields::List rows;
        for (const auto& row : view.rows) rows.push_back(consent_fields(row, page_));
        fields.set("choices", std::move(rows));
        if (const auto& app = page_.sign_in.asked.app) {
            add_app_logo(fields, app->id, page_.app_logo);
        }
        return show({200, "consent.html", "consent.title", std::move(fields)}, page_.context);
    }
    http::Response operator()(const interaction::LinkDoneView&) const {
        return show({200, "link_done.html", "done.title", common_fields(page_)}, page_.context);
    }
    http::Response operator()(const interaction::LinkElsewhereView&) const {
        return show({200, "link_elsewhere.html", "code.title", common_fields(page_)},
                    page_.context);
    }

private:
    const SignInPage& page_;
};

std::string_view section_of(SignInEnd::Kind kind) {
    switch (kind) {
        case SignInEnd::Kind::completed: return "completed";
        case SignInEnd::Kind::cancelled: return "cancelled";
        case SignInEnd::Kind::failed: return "failed";
    }
    return "failed";
}

}  // namespace

http::Response show_view(const SignInPage& page, const interaction::View& view) {
    return std::visit(PageOf(page), view);
}

http::Response done_page(const SignInPage& page, const SignInEnd& end) {
    std::string json;
    json::Writer writer(json);
    writer.begin_object().field("origin", interaction::opener_of(page.sign_in).origin);
    writer.key("message").raw(end.message.reveal()).end_object();
    Fields fields = common_fields(page);
    fields.show(section_of(end.kind)).set("result", rendering::JsonBlock::make(json));
    return show({end.status, "done.html", "done.title", std::move(fields)}, page.context);
}

http::Response error_page(const Error& error, const PageContext& context) {
    const auto text = interaction::text_of(interaction::problem_of(error.code));
    Fields fields;
    fields.set("brand", context.brand.name).set("reason", std::string(error.public_text.view()));
    fields.set("explanation", rendering::Template::fill(text.key, fields, context.texts));
    return show({text.status, "error.html", "error.title", std::move(fields)}, context);
}

}  // namespace latchkey::pages
