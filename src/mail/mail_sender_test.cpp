#include "mail/mail_sender.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "http_client/mail_server_test.hpp"
#include "mail/code_mail.hpp"
#include "mail/outbox.hpp"
#include "store/outbox.hpp"
#include "testing/log_file.hpp"
#include "testing/transactions.hpp"
#include "testing/world.hpp"

namespace latchkey::mail {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::must;
using ::testing::Not;

TEST(MailBackoff, GrowsToHalfAnHour) {
    EXPECT_EQ(mail_backoff.shortest(1), Seconds(5));
    EXPECT_EQ(mail_backoff.shortest(2), Seconds(15));
    EXPECT_EQ(mail_backoff.shortest(3), Seconds(45));
    EXPECT_EQ(mail_backoff.shortest(50), Seconds(1800));
}

class MailSenderTest : public ::testing::Test {
protected:
    MailSenderTest() {
        realms_.add(realm_);
        restart();
    }

    /// What a crash leaves: the store. Everything else is made anew.
    void restart() {
        sender_.reset();
        lane_.reset();
        database_.reset();
        database_ = testing::open_store(folder_);
        lane_ = std::make_unique<database::WriteLane>(*database_);
        const MailSender::Services services{
            *database_, *lane_, realms_, clock_, testing::system_random(), session_, log_.log()};
        sender_ = std::make_unique<MailSender>(services);
    }
    void enqueue(std::string subject) {
        const auto tx = must(testing::begin_write(*database_));
        must(mail::enqueue(*tx, testing::shared_keys(),
                           {"ada@example.com", std::move(subject), "text", "<p>", "123456",
                            clock_.now() + Seconds(600)},
                           clock_.now()));
        must(tx->commit());
    }
    int deliver() { return must(sender_->deliver_due()); }
    std::string newest_id() {
        const auto tx = must(database_->read());
        const auto realm = testing::shared_keys().realm();
        return must(store::list_newest_mail(*tx, realm, 1)).at(0).id.text();
    }
    std::size_t waiting() {
        const auto tx = must(database_->read());
        return must(store::list_newest_mail(*tx, testing::shared_keys().realm(), 100)).size();
    }

    testing::TemporaryFolder folder_;
    testing::ManualClock clock_;
    http_client::ScriptedMailServer server_;
    http_client::MailSession session_{{.url = server_.url(),
                                       .user = {},
                                       .password = {},
                                       .tls = http_client::MailServer::Tls::optional,
                                       .ca_file = {}}};
    std::unique_ptr<database::Database> database_;
    std::unique_ptr<database::WriteLane> lane_;
    testing::LogFile log_{clock_};
    realm::Realm realm_{.keys = testing::shared_keys(),
                        .issuer = "https://id.example.com",
                        .partners_audience = "partners",
                        .brand = {.name = "Acme"},
                        .mail_from = "signin@example.com"};
    realm::Realms realms_;
    std::unique_ptr<MailSender> sender_;
};

TEST_F(MailSenderTest, IsWokenOnceACodeMailIsDurableAndNeverForOneThatIsNot) {
    int woken = 0;
    OutboxCodeMailer mailer(testing::shared_keys(), "Acme ID", [&] { ++woken; });
    const auto enqueue_code = [&](database::WriteTransaction& tx) {
        return mailer.enqueue(tx,
                              {.recipient = "ada@example.com",
                               .code = "042137",
                               .link = "",
                               .app_name = "Shop",
                               .locale = "en",
                               .expires_at = clock_.now() + Seconds(600)},
                              clock_.now());
    };
    {
        const auto dropped = must(testing::begin_write(*database_));
        must(enqueue_code(*dropped));
    }
    EXPECT_EQ(woken, 0);
    const auto kept = must(testing::begin_write(*database_));
    must(enqueue_code(*kept));
    EXPECT_EQ(woken, 0);
    must(kept->commit());
    EXPECT_EQ(woken, 1);
}

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
    clock_.advance(mail_backoff.longest(1));
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(server_.messages().size(), 1U);
}

// Several processes on one store, and a mail server that takes its time.
TEST_F(MailSenderTest, AnotherSenderLeavesAMailThatIsBeingSent) {
    enqueue("once");
    http_client::MailSession session({.url = server_.url(),
                                      .user = {},
                                      .password = {},
                                      .tls = http_client::MailServer::Tls::optional,
                                      .ca_file = {}});
    MailSender other(
        {*database_, *lane_, realms_, clock_, testing::system_random(), session, log_.log()});
    std::optional<int> sent_by_the_other;
    server_.before_its_answer([&] {
        clock_.advance(std::chrono::ceil<Seconds>(http_client::longest_send));
        sent_by_the_other = must(other.deliver_due());
    });
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(sent_by_the_other, 0);
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
    const auto tx = must(testing::begin_write(*database_));
    const auto due = must(store::list_due_mail(*tx, clock_.now(), 1));
    ASSERT_EQ(due.size(), 1U);
    const Timestamp again = clock_.now() + mail_backoff.longest(1);
    ASSERT_TRUE(must(store::claim_mail(*tx, due[0], again)));
    must(tx->commit());
    restart();
    EXPECT_EQ(deliver(), 0);
    clock_.advance(mail_backoff.longest(1));
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
    const auto events = log_.events();
    EXPECT_EQ(events.size(), 2U);
    for (const std::string& event : events) {
        EXPECT_THAT(event, Not(HasSubstr("ada")));
        EXPECT_THAT(event, Not(HasSubstr("123456")));
    }
}

TEST_F(MailSenderTest, LogsFields) {
    enqueue("first");
    const std::string first = newest_id();
    server_.answer("450 busy");
    EXPECT_EQ(deliver(), 0);
    clock_.advance(mail_backoff.longest(1));
    server_.answer("250 fine");
    EXPECT_EQ(deliver(), 1);
    enqueue("second");
    const std::string second = newest_id();
    clock_.advance(Seconds(600));
    EXPECT_EQ(deliver(), 0);
    EXPECT_THAT(
        log_.events(),
        ElementsAre(AllOf(HasSubstr(R"("event":"mail.waiting","id":")" + first +
                                    R"(","host":"127.0.0.1","attempt":1,"status":450,"error":")"),
                          HasSubstr(R"("next_attempt_at":"2027-01-15T08:00:05Z"})")),
                    R"("level":"info","event":"mail.sent","id":")" + first +
                        R"(","host":"127.0.0.1","attempt":2,"status":250})",
                    R"("level":"warning","event":"mail.given_up","id":")" + second +
                        R"(","attempts":0,"reason":"too late"})"));
}

TEST_F(MailSenderTest, IsWokenForAMailThatWasEnqueued) {
    sender_->start();
    enqueue("at once");
    sender_->wake();
    while (server_.messages().empty()) std::this_thread::yield();
    sender_->stop();
    EXPECT_EQ(waiting(), 0U);
}

TEST_F(MailSenderTest, AMailOfARealmThatIsNotServedHereWaits) {
    enqueue("123456 is your code");
    const auto tx = must(testing::begin_write(*database_));
    OutgoingMailRecord others = must(store::list_newest_mail(*tx, realm_.id(), 1)).at(0);
    others.realm_id = make_id<RealmId>(testing::system_random());
    must(store::enqueue_mail(*tx, others));
    must(tx->commit());
    EXPECT_EQ(deliver(), 1) << "that of the realm that is";
    const auto left = must(database_->read());
    const auto waiting = must(store::list_newest_mail(*left, others.realm_id, 10));
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].attempts, 0);
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
