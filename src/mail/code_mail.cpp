#include "mail/code_mail.hpp"

#include "mail/outbox.hpp"
#include "rendering/template.hpp"

namespace latchkey::mail {
namespace {

std::string direction_of(const rendering::Catalogue& texts) {
    return texts.direction() == rendering::Direction::right_to_left ? "rtl" : "ltr";
}

}  // namespace

MailMessage compose_code_mail(const people::CodeMail& mail, const std::string& brand_name) {
    const rendering::Catalogue& texts = rendering::choose_catalogue(mail.locale, {});
    rendering::Fields fields;
    fields.set("brand", brand_name)
        .set("app", std::string(mail.app_name))
        .set("code", std::string(mail.code))
        .set("minutes",
             std::to_string(
                 std::chrono::duration_cast<std::chrono::minutes>(people::code_lifetime).count()))
        .set("lang", std::string(texts.locale()))
        .set("dir", direction_of(texts));
    const bool signs_in = mail.occasion == people::CodeMail::Occasion::sign_in;
    fields.show(signs_in ? "sign_in" : "change_of_address");
    if (!mail.link.empty()) {
        rendering::Fields row;
        row.set("url", std::string(mail.link));
        fields.set("link", rendering::Fields::List{std::move(row)});
    }
    const std::string_view subject = signs_in ? "mail.subject" : "mail.change_subject";
    MailMessage message;
    message.recipient = mail.recipient;
    message.subject = rendering::Template::fill(subject, fields, texts);
    message.text = rendering::find_template("mail_code.txt").render_text(fields, texts);
    message.html = rendering::find_template("mail_code.html").render(fields, texts).text();
    message.code = mail.code;
    message.useful_until = mail.expires_at;
    return message;
}

Result<void> OutboxCodeMailer::enqueue(database::WriteTransaction& tx, const people::CodeMail& mail,
                                       Timestamp now) {
    TRY(mail::enqueue(tx, keys_, compose_code_mail(mail, brand_name_), now));
    tx.after_commit([this] { on_waiting_(); });
    return {};
}

}  // namespace latchkey::mail
