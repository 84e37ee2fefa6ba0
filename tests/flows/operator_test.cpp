// Who changed something at the command line, and why, is in the audit trail.

#include <pwd.h>

#include <cstdlib>
#include <optional>

#include "audit/actor.hpp"
#include "keys/resealing.hpp"
#include "keys/rotation.hpp"
#include "tests/flows/commands_test.hpp"

namespace latchkey::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Without what the environment of the tests says of who runs them.
class OperatorAtTheTerminal : public Commands {
protected:
    OperatorAtTheTerminal() {
        ::unsetenv("LATCHKEY_OPERATOR");
        ::unsetenv("SUDO_USER");
    }
    ~OperatorAtTheTerminal() override {
        ::unsetenv("LATCHKEY_OPERATOR");
        ::unsetenv("SUDO_USER");
    }

    json::Value newest(const std::string& realm = "") {
        const auto trail = run_json("audit tail -n 1" + realm);
        return trail.array()->at(0);
    }
    /// Who made an app just now, by the trail.
    std::string recorded() {
        run_json("app create --name Shop --scopes email");
        return text(newest(), "identity");
    }
};

TEST_F(OperatorAtTheTerminal, IsRecordedWithTheReasonByEveryCommandThatChangesSomething) {
    const std::string who = " --operator Ada~L. --reason Ticket~12";
    const auto change = [&](const std::string& line, const std::string& action,
                            const std::string& realm = "") {
        const auto printed = run_json(line + who);
        const auto record = newest(realm);
        EXPECT_EQ(text(record, "action"), action) << line;
        EXPECT_EQ(text(record, "actor"), "operator") << line;
        EXPECT_EQ(text(record, "identity"), "Ada L.") << line;
        EXPECT_EQ(text(record, "reason"), "Ticket 12") << line;
        EXPECT_EQ(text(record, "origin"), "cli") << line;
        return printed;
    };
    const auto app = change("app create --name Shop --scopes email", "client.created");
    const std::string client = " --client-id " + text(app, "clientId");
    change("app update --name Store" + client, "client.updated");
    change("app rotate-secret" + client, "client.secret_rotated");
    const auto person = change("user create --email ada@example.com", "user.created");
    const std::string user = " --user-id " + text(person, "userId");
    change("consent issue --scopes email" + client + user, "consent_token.issued_by_support");
    change("role add --role partners" + client, "role.member_added");
    change("role remove --role partners" + client, "role.member_removed");
    const auto hook =
        change("webhook create --url https://hooks.example/ --topics connections" + client,
               "webhook.created");
    change("webhook delete --webhook-id " + text(hook, "webhookId"), "webhook.deleted");
    change("keys rotate cookie", "key.rotated");
    clock.advance(Seconds(60));
    change("keys retire --at-once cookie 1", "key.retired");
    change("keys rotate profile", "key.rotated");
    clock.advance(keys::sealing_key_announcement + keys::resealing_delay);
    change("keys reseal", "data.resealed");
    change("realm create acme --public-url https://id.acme.example", "realm.created",
           " --realm acme");
    change("user delete --yes" + user, "user.deleted");
    change("app delete --yes" + client, "client.deleted");
    EXPECT_THAT(run("audit tail"), HasSubstr("Ticket 12"));
}

TEST_F(OperatorAtTheTerminal, IsWhoTheLineSaysOrTheEnvironmentOrTheMachine) {
    const passwd* user = ::getpwuid(::getuid());
    EXPECT_EQ(recorded(), user != nullptr ? user->pw_name : "uid " + std::to_string(::getuid()));
    const auto record = newest();
    for (const char* absent : {"reason", "userId", "detail", "requestId"}) {
        ASSERT_NE(record.find(absent), nullptr);
        EXPECT_TRUE(record.find(absent)->is_null()) << absent << ": none was given";
    }
    ::setenv("SUDO_USER", "grace", 1);
    EXPECT_EQ(recorded(), "grace");
    ::setenv("LATCHKEY_OPERATOR", "Ada", 1);
    EXPECT_EQ(recorded(), "Ada");
    run_json("app create --name Shop --scopes email --operator Edsger");
    EXPECT_EQ(text(newest(), "identity"), "Edsger");
    ::setenv("LATCHKEY_OPERATOR", "a\nb", 1);
    run("app create --name Shop --scopes email");
    EXPECT_EQ(error, "invalid_argument");
}

TEST_F(OperatorAtTheTerminal, IsRefusedWhatTheTrailCannotHoldBeforeAnythingIsOpened) {
    const std::string create = "app create --name Shop --scopes email";
    for (const std::string& words :
         {" --reason " + std::string(audit::max_reason_size + 1, 'a'),
          std::string(" --reason a\nb"), std::string(" --reason \xFF"),
          " --operator " + std::string(audit::max_identity_size + 1, 'a'),
          std::string(" --operator \x1B[31m")}) {
        run(create + words);
        EXPECT_EQ(error, "invalid_argument") << words;
    }
    EXPECT_FALSE(std::filesystem::exists(folder));
    run_json(create + " --reason " + std::string(audit::max_reason_size, 'a'));
}

TEST_F(OperatorAtTheTerminal, SeesInTheHelpWhatIsRecorded) {
    for (const char* line :
         {"app create", "app update", "app rotate-secret", "app delete", "user create",
          "user delete", "consent issue", "connection revoke", "token revoke", "keys rotate",
          "keys retire", "keys reseal", "keys rewrap", "webhook create", "webhook delete",
          "role add", "role remove", "realm create"}) {
        const std::string help = run(std::string(line) + " --help");
        EXPECT_THAT(help, HasSubstr("--operator NAME")) << line;
        EXPECT_THAT(help, HasSubstr("--reason TEXT")) << line;
    }
    for (const char* line : {"app list", "user show", "audit tail", "keys list"}) {
        EXPECT_THAT(run(std::string(line) + " --help"), Not(HasSubstr("--reason"))) << line;
    }
}

}  // namespace
}  // namespace latchkey::testing
