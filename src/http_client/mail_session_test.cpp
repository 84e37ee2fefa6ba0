#include "http_client/mail_session.hpp"

#include <gmock/gmock.h>

#include "http_client/mail_server_test.hpp"

namespace latchkey::http_client {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Outcome = MailResult::Outcome;

TEST(MailSession, TellsForNowFromForGood) {
    ScriptedMailServer server;
    MailSession session({.url = server.url(),
                         .user = {},
                         .password = {},
                         .tls = MailServer::Tls::optional,
                         .ca_file = {}});
    const Envelope envelope{"signin@example.com", "ada@example.com", "Subject: x\r\n\r\nbody\r\n"};
    EXPECT_EQ(session.send(envelope).outcome, Outcome::taken);
    ASSERT_EQ(server.messages().size(), 1U);
    EXPECT_THAT(server.messages()[0], HasSubstr("Subject: x"));

    struct Row {
        const char *to_recipient, *to_message;
        Outcome outcome;
    };
    const Row rows[] = {
        {"550 no such mailbox", "250 taken", Outcome::refused},
        {"250 fine", "554 no thanks", Outcome::refused},
        {"450 mailbox busy", "250 taken", Outcome::not_now},
        {"250 fine", "451 try again", Outcome::not_now},
        {"421 closing", "250 taken", Outcome::not_now},
    };
    for (const Row& row : rows) {
        server.answer(row.to_recipient, row.to_message);
        const auto sent = session.send(envelope);
        EXPECT_EQ(sent.outcome, row.outcome) << row.to_recipient << " / " << row.to_message;
        EXPECT_THAT(sent.error, Not(IsEmpty()));
        EXPECT_THAT(sent.error, Not(HasSubstr("ada")));
    }
}

TEST(MailSession, MailsThatFollowEachOtherShareAConnection) {
    ScriptedMailServer server;
    MailSession session({.url = server.url(),
                         .user = {},
                         .password = {},
                         .tls = MailServer::Tls::optional,
                         .ca_file = {}});
    const Envelope envelope{"signin@example.com", "ada@example.com", "Subject: x\r\n\r\nbody\r\n"};
    for (int i = 0; i < 5; ++i) EXPECT_EQ(session.send(envelope).outcome, Outcome::taken);
    EXPECT_EQ(server.messages().size(), 5U);
    EXPECT_EQ(server.connections(), 1);
    session.rest();
    EXPECT_EQ(session.send(envelope).outcome, Outcome::taken);
    EXPECT_EQ(server.connections(), 2) << "it was let go";
    server.answer("550 no such mailbox");
    EXPECT_EQ(session.send(envelope).outcome, Outcome::refused);
    server.answer("250 fine");
    EXPECT_EQ(session.send(envelope).outcome, Outcome::taken);
    EXPECT_EQ(server.connections(), 3) << "after a failure, from the beginning";
}

TEST(MailSession, AServerThatIsNotThereOrHasNoTlsMustWait) {
    const Envelope envelope{"signin@example.com", "ada@example.com", "Subject: x\r\n\r\nbody\r\n"};
    MailSession nobody({.url = "smtp://127.0.0.1:1",
                        .user = {},
                        .password = {},
                        .tls = MailServer::Tls::optional,
                        .ca_file = {}});
    EXPECT_EQ(nobody.send(envelope).outcome, Outcome::not_now);
    ScriptedMailServer plain;
    MailSession strict({.url = plain.url(),
                        .user = {},
                        .password = {},
                        .tls = MailServer::Tls::required,
                        .ca_file = {}});
    EXPECT_EQ(strict.send(envelope).outcome, Outcome::not_now);
    EXPECT_TRUE(plain.messages().empty()) << "nothing goes out in the clear";
}

}  // namespace
}  // namespace latchkey::http_client
