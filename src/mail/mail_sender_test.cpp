#include "mail/mail_sender.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/mail_server_test.hpp"
#include "mail/outbox.hpp"
#include "store/outbox.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::mail {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;

TEST(SmtpTransport, TellsForNowFromForGood) {
    ScriptedMailServer server;
    SmtpTransport transport({.url = server.url(),
                             .user = {},
                             .password = {},
                             .tls = SmtpOptions::Tls::optional,
                             .ca_file = {}});
    const Envelope envelope{"signin@example.com", "ada@example.com", "Subject: x\r\n\r\nbody\r\n"};
    EXPECT_TRUE(transport.send(envelope));
    ASSERT_EQ(server.messages().size(), 1U);
    EXPECT_THAT(server.messages()[0], HasSubstr("Subject: x"));

    struct Row {
        const char *to_recipient, *to_message;
        ErrorCode code;
    };
    const Row rows[] = {
        {"550 no such mailbox", "250 taken", ErrorCode::invalid_argument},
        {"250 fine", "554 no thanks", ErrorCode::invalid_argument},
        {"450 mailbox busy", "250 taken", ErrorCode::unavailable},
        {"250 fine", "451 try again", ErrorCode::unavailable},
        {"421 closing", "250 taken", ErrorCode::unavailable},
    };
    for (const Row& row : rows) {
        server.answer(row.to_recipient, row.to_message);
        const auto sent = transport.send(envelope);
        ASSERT_FALSE(sent) << row.to_recipient;
        EXPECT_EQ(sent.error().code, row.code) << row.to_recipient << " / " << row.to_message;
        EXPECT_THAT(sent.error().detail, Not(HasSubstr("ada")));
    }
}

TEST(SmtpTransport, MailsThatFollowEachOtherShareAConnection) {
    ScriptedMailServer server;
    SmtpTransport transport({.url = server.url(),
                             .user = {},
                             .password = {},
                             .tls = SmtpOptions::Tls::optional,
                             .ca_file = {}});
    const Envelope envelope{"signin@example.com", "ada@example.com", "Subject: x\r\n\r\nbody\r\n"};
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(transport.send(envelope));
    EXPECT_EQ(server.messages().size(), 5U);
    EXPECT_EQ(server.connections(), 1);
    transport.rest();
    EXPECT_TRUE(transport.send(envelope));
    EXPECT_EQ(server.connections(), 2) << "it was let go";
    server.answer("550 no such mailbox");
    EXPECT_FALSE(transport.send(envelope));
    server.answer("250 fine");
    EXPECT_TRUE(transport.send(envelope));
    EXPECT_EQ(server.connections(), 3) << "after a failure, from the beginning";
}

TEST(SmtpTransport, AServerThatIsNotThereOrHasNoTlsMustWait) {
    const Envelope envelope{"signin@example.com", "ada@example.com", "Subject: x\r\n\r\nbody\r\n"};
    SmtpTransport nobody({.url = "smtp://127.0.0.1:1",
                          .user = {},
                          .password = {},
                          .tls = SmtpOptions::Tls::optional,
                          .ca_file = {}});
    EXPECT_EQ(nobody.send(envelope).error().code, ErrorCode::unavailable);
    ScriptedMailServer plain;
    SmtpTransport strict({.url = plain.url(),
                          .user = {},
                          .password = {},
                          .tls = SmtpOptions::Tls::required,
                          .ca_file = {}});
    EXPECT_EQ(strict.send(envelope).error().code, ErrorCode::unavailable);
    EXPECT_TRUE(plain.messages().empty()) << "nothing goes out in the clear";
}

TEST(RetryDelay, GrowsToHalfAnHour) {
    EXPECT_EQ(retry_delay(1), Seconds(5));
    EXPECT_EQ(retry_delay(2), Seconds(15));
    EXPECT_EQ(retry_delay(3), Seconds(45));
    EXPECT_EQ(retry_delay(50), Seconds(1800));
}

class MailSenderTest : public ::testing::Test {
protected:
    MailSenderTest() { restart(); }

    /// What a crash leaves: the store. Everything else is made anew.
    void restart() {
        sender_.reset();
        lane_.reset();
        database_.reset();
        database_ = testing::open_store(folder_);
        lane_ = std::make_unique<database::WriteLane>(*database_);
        const MailSender::Services services{
            *database_,
            *lane_,
            testing::shared_keys(),
            clock_,
            testing::system_random(),
            transport_,
            [this](std::string_view event) { log_.emplace_back(event); }};
        sender_ = std::make_unique<MailSender>(services, Sender{"signin@example.com", "Acme"});
    }
    void enqueue(std::string subject) {
        const auto tx = must(database_->write());
        must(mail::enqueue(*tx, testing::shared_keys(),
                           {"ada@example.com", std::move(subject), "text", "<p>", "123456",
                            clock_.now() + Seconds(600)},
                           clock_.now()));
        must(tx->commit());
    }
    int deliver() { return must(sender_->deliver_due()); }
    std::size_t waiting() {
        const auto tx = must(database_->read());
        return must(store::list_newest_mail(*tx, testing::shared_keys().realm(), 100)).size();
    }

    testing::TemporaryFolder folder_;
    testing::ManualClock clock_;
    ScriptedMailServer server_;
    SmtpTransport transport_{{.url = server_.url(),
                              .user = {},
                              .password = {},
                              .tls = SmtpOptions::Tls::optional,
                              .ca_file = {}}};
    std::unique_ptr<database::Database> database_;
    std::unique_ptr<database::WriteLane> lane_;
    std::vector<std::string> log_;
    std::unique_ptr<MailSender> sender_;
};

TEST_F(MailSenderTest, SendsWhatWaitsOnceAndInOrder) {
    enqueue("first");
    enqueue("second");
    EXPECT_EQ(deliver(), 2);
    EXPECT_EQ(deliver(), 0);
    const auto messages = server_.messages();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_THAT(messages[0], HasSubstr("Subject: first"));
    EXPECT_THAT(messages[1], HasSubstr("Subject: second"));
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(MailSenderTest, TriesAgainLaterAndSurvivesARestart) {
    enqueue("patience");
    server_.answer("450 busy");
    EXPECT_EQ(deliver(), 0);
    EXPECT_EQ(deliver(), 0) << "not at once";
    restart();
    server_.answer("250 fine");
    EXPECT_EQ(deliver(), 0) << "its time has not come";
    clock_.advance(retry_delay(1));
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(server_.messages().size(), 1U);
}

TEST_F(MailSenderTest, GivesUpOnARefusalForGoodAndOnWhatIsTooLate) {
    enqueue("refused");
    server_.answer("550 no such mailbox");
    EXPECT_EQ(deliver(), 0);
    EXPECT_EQ(waiting(), 0U);
    enqueue("late");
    clock_.advance(Seconds(600));
    server_.answer("250 fine");
    EXPECT_EQ(deliver(), 0);
    EXPECT_EQ(waiting(), 0U);
    EXPECT_TRUE(server_.messages().empty());
}

TEST_F(MailSenderTest, ACrashBetweenAttemptAndAnswerDelaysAMailAndLosesNone) {
    enqueue("precious");
    // The next attempt is written down before each attempt: so it is what a crash leaves.
    const auto tx = must(database_->write());
    const auto due = must(store::list_due_mail(*tx, clock_.now(), 1));
    ASSERT_EQ(due.size(), 1U);
    ASSERT_TRUE(must(store::claim_mail(*tx, due[0], clock_.now() + retry_delay(1))));
    must(tx->commit());
    restart();
    EXPECT_EQ(deliver(), 0);
    clock_.advance(retry_delay(1));
    EXPECT_EQ(deliver(), 1);
}

// Attack class 25.
TEST_F(MailSenderTest, Attack25TheLogNamesNeitherAddressNorCode) {
    enqueue("123456 is your code");
    server_.answer("550 <ada@example.com> unknown, 123456");
    (void)deliver();
    enqueue("123456 is your code");
    server_.answer("450 <ada@example.com> busy");
    (void)deliver();
    EXPECT_EQ(log_.size(), 2U);
    for (const std::string& event : log_) {
        EXPECT_THAT(event, Not(HasSubstr("ada")));
        EXPECT_THAT(event, Not(HasSubstr("123456")));
    }
}

TEST_F(MailSenderTest, WhatWaitsIsSealed) {
    enqueue("123456 is your code");
    const auto tx = must(database_->read());
    const auto waiting = must(store::list_newest_mail(*tx, testing::shared_keys().realm(), 1));
    ASSERT_EQ(waiting.size(), 1U);
    const std::string_view stored = as_text(waiting[0].sealed_message);
    EXPECT_EQ(stored.find("ada"), std::string_view::npos);
    EXPECT_EQ(stored.find("123456"), std::string_view::npos);
}

}  // namespace
}  // namespace latchkey::mail
