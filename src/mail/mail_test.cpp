#include "mail/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text/text.hpp"
#include "crypto/system_random.hpp"
#include "mail/code_mail.hpp"

namespace latchkey::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class MailTest : public ::testing::Test {
protected:
    std::string mime(const MailMessage& mail) {
        return to_mime(mail, {"signin@example.com", "Fern & Fable"}, now_, random_);
    }
    /// The decoded body of the part with this media type.
    static std::string part(const std::string& message, const std::string& media_type) {
        const std::string marker = "Content-Type: " + media_type;
        const std::size_t head = message.find(marker);
        const std::size_t begin = message.find("\r\n\r\n", head) + 4;
        std::string encoded = message.substr(begin, message.find("\r\n--", begin) - begin);
        std::erase_if(encoded, [](char c) { return c == '\r' || c == '\n'; });
        return std::string(as_text(from_base64(encoded).value()));
    }
    crypto::SystemRandom random_;
    Timestamp now_ = from_unix(1'767'225'600);
    MailMessage mail_{"ada@example.com", "123456 is your code", "text\n", "<p>html</p>", "", now_};
};

TEST_F(MailTest, IsMultipartTextAndHtml) {
    const std::string message = mime(mail_);
    EXPECT_THAT(message, HasSubstr("From: \"Fern & Fable\" <signin@example.com>\r\n"));
    EXPECT_THAT(message, HasSubstr("To: <ada@example.com>\r\n"));
    EXPECT_THAT(message, HasSubstr("Subject: 123456 is your code\r\n"));
    EXPECT_THAT(message, HasSubstr("Date: Thu, 01 Jan 2026 00:00:00 +0000\r\n"));
    EXPECT_THAT(message, HasSubstr("Auto-Submitted: auto-generated\r\n"));
    EXPECT_EQ(part(message, "text/plain"), "text\n");
    EXPECT_EQ(part(message, "text/html"), "<p>html</p>");
}

TEST_F(MailTest, NoValueCanAddAHeaderOrALongLine) {
    mail_.subject = "code\r\nBcc: eve@example.com";
    mail_.text = std::string(5000, 'x') + "\r\n.\r\n--boundary\r\n";
    const std::string message = mime(mail_);
    EXPECT_THAT(message, Not(HasSubstr("\r\nBcc:")));
    for (std::size_t at = 0; at < message.size();) {
        const std::size_t end = message.find("\r\n", at);
        ASSERT_NE(end, std::string::npos);
        EXPECT_LE(end - at, 998U) << "RFC 5322 2.1.1";
        EXPECT_EQ(message.substr(at, end - at).find('\n'), std::string::npos);
        EXPECT_NE(message.substr(at, end - at), ".");
        at = end + 2;
    }
}

TEST_F(MailTest, HeadersInOtherScriptsAreEncodedWords) {
    mail_.subject = "رمزك هو 123456 لتسجيل الدخول إلى متجر الكتب والقرطاسية الكبير";
    const std::string message = mime(mail_);
    const std::size_t begin = message.find("Subject: ") + 9;
    const std::size_t end = message.find("\r\nDate:");
    std::string decoded;
    for (std::size_t at = begin; at < end;) {
        const std::size_t word = message.find("=?UTF-8?B?", at);
        if (word >= end) break;
        const std::size_t close = message.find("?=", word + 10);
        EXPECT_LE(close + 2 - word, 75U) << "RFC 2047 2";
        const auto bytes = from_base64(message.substr(word + 10, close - word - 10));
        ASSERT_TRUE(bytes);
        EXPECT_TRUE(is_valid_utf8(as_text(*bytes))) << "each word is whole in itself";
        decoded += as_text(*bytes);
        at = close + 2;
    }
    EXPECT_EQ(decoded, mail_.subject);
}

TEST_F(MailTest, ACodeMailSaysWhatItIsInThePersonsLanguage) {
    const people::CodeMail code{.recipient = "ada@example.com",
                                .code = "042137",
                                .link = "https://id.example.com/sign-in/link?a=1&b=2#code=042137",
                                .app_name = "Fern & <b>Fable</b>",
                                .locale = "en",
                                .expires_at = now_ + Seconds(600)};
    const MailMessage english = compose_code_mail(code, "Acme ID");
    EXPECT_EQ(english.subject, "042137 is your code for Fern & <b>Fable</b>");
    EXPECT_THAT(english.text, HasSubstr("    042137\n"));
    EXPECT_THAT(english.text, HasSubstr("10 minutes"));
    EXPECT_THAT(english.text, HasSubstr("\n" + std::string(code.link) + "\n"));
    EXPECT_THAT(english.html, HasSubstr("Fern &amp; &lt;b&gt;Fable&lt;/b&gt;"));
    EXPECT_THAT(english.html, HasSubstr("href=\"https://id.example.com/sign-in/link?a=1&amp;b=2#"));
    EXPECT_THAT(english.html, Not(HasSubstr("<b>Fable")));
    EXPECT_EQ(english.useful_until, code.expires_at);

    people::CodeMail other = code;
    other.locale = "ar";
    const MailMessage arabic = compose_code_mail(other, "Acme ID");
    EXPECT_THAT(arabic.html, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
    EXPECT_THAT(arabic.html, HasSubstr("042137"));

    other.occasion = people::CodeMail::Occasion::change_of_address;
    other.link = {};
    other.locale = "de";
    const MailMessage change = compose_code_mail(other, "Acme ID");
    EXPECT_EQ(change.subject, "042137 ist dein Code, um diese Adresse zu bestätigen");
    EXPECT_THAT(change.text, HasSubstr("Acme ID-Konto"));
    EXPECT_THAT(change.html, Not(HasSubstr("href")));
}

}  // namespace
}  // namespace latchkey::mail
