// The operator's commands: with --json exactly one JSON value, of the documented shape.

#include "tests/flows/commands_test.hpp"

#include <cstdlib>
#include <fstream>

#include "apps/latchkey/cli/report.hpp"
#include "testing/must.hpp"

namespace latchkey::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Commands, WalkAnAppAPersonAndTheirConnection) {
    const auto app = run_json(
        "app create --name A~shop --origin http://localhost:8081 "
        "--redirect-uri http://localhost:8081/callback "
        "--scopes email~profile~phone");
    EXPECT_THAT(names(app), ElementsAre("clientId", "clientSecret"));
    const std::string client = " --client-id " + text(app, "clientId");
    const auto user = run_json(
        "user create --email ada@example.com --email-verified "
        "--phone +4915112345678 --phone-verified --given-name Ada "
        "--family-name Lovelace --avatar https://example.com/ada.png");
    EXPECT_THAT(names(user), ElementsAre("userId"));
    const std::string both = client + " --user-id " + text(user, "userId");
    const auto consent =
        run_json("consent issue --scopes email~profile --lifetime-seconds 60" + both);
    EXPECT_THAT(names(consent), ElementsAre("consentToken"));

    EXPECT_EQ(run_json("connection list" + client).array()->size(), 0U);
    EXPECT_EQ(*run_json("connection revoke" + both).find("revoked")->boolean(), false);
    run("connection revoke" + both);
    EXPECT_EQ(error, "not_found") << "people are told that there was nothing";
    const auto shown = run_json("app show" + client);
    EXPECT_EQ(text(shown, "name"), "A shop");
    EXPECT_EQ(run_json("app list").array()->size(), 1U);
    EXPECT_EQ(text(run_json("user show --email ADA@example.com"), "userId"), text(user, "userId"));
}

TEST_F(Commands, DeleteAPersonForGood) {
    const std::string user =
        " --user-id " + text(run_json("user create --email ada@example.com"), "userId");
    run("user delete" + user);
    EXPECT_EQ(error, "invalid_argument") << "not without --yes";
    EXPECT_EQ(*run_json("user delete --yes" + user).find("deleted")->boolean(), true);
    run("user show" + user);
    EXPECT_EQ(error, "not_found");
    run("user delete --yes" + user);
    EXPECT_EQ(error, "not_found");
    run_json("user create --email ada@example.com");
}

TEST_F(Commands, KnowTheScopesOfTheConfigurationThatTheyAreGiven) {
    const std::string file = folder + ".toml";
    std::ofstream(file) << "[[scopes]]\nname = \"loyalty:read\"\ntext.en = \"Your points\"\n";
    const std::string create = "app create --name Shop --scopes email~loyalty:read";
    run(create);
    EXPECT_EQ(error, "invalid_argument");
    const auto app = run_json(create + " --config " + file);
    const auto shown = run_json("app show --client-id " + text(app, "clientId"));
    EXPECT_EQ(text(shown, "scopes"), "email loyalty:read") << "names are shown without it too";
    std::ofstream(file, std::ios::app) << "text.xx = \"?\"\n";
    run("app list --config " + file);
    EXPECT_EQ(error, "invalid_argument") << "no page is in this language";
    EXPECT_THAT(detail, AllOf(HasSubstr("`xx`"), HasSubstr("en, ar, de")));
    run("app list --config " + folder + ".nowhere");
    EXPECT_EQ(error, "not_found");
    std::filesystem::remove(file);
}

TEST_F(Commands, RotateASecretAndShowBoth) {
    const auto app = run_json("app create --name Shop --scopes email");
    const std::string client = " --client-id " + text(app, "clientId");
    const auto rotated = run_json("app rotate-secret --overlap-seconds 600" + client);
    EXPECT_NE(text(rotated, "clientSecret"), text(app, "clientSecret"));
    const auto shown = run_json("app show" + client);
    ASSERT_EQ(shown.find("secrets")->array()->size(), 2U);
    for (const json::Value& secret : *shown.find("secrets")->array()) {
        EXPECT_THAT(names(secret), ElementsAre("createdAt", "expiresAt", "lastUsedAt"));
    }
    run("app delete" + client);
    EXPECT_EQ(error, "invalid_argument") << "not without --yes";
    run("app delete --yes" + client);
    EXPECT_EQ(error, "");
    run("app show" + client);
    EXPECT_EQ(error, "not_found");
}

TEST_F(Commands, ChangeAnAppAndShowItsLogo) {
    const std::string logo = ::testing::TempDir() + "commands_test.svg";
    std::ofstream(logo) << "<svg viewBox='0 0 20 10'/>";
    const auto app = run_json("app create --name Shop --scopes email --logo " + logo);
    const std::string client = " --client-id " + text(app, "clientId");
    EXPECT_EQ(text(run_json("app show" + client), "logo"), "1024 x 512");
    const auto changed = run_json("app update --name Store --origin https://shop.example" + client);
    EXPECT_EQ(text(changed, "name"), "Store");
    EXPECT_EQ(text(changed, "logo"), "1024 x 512") << "what is not named stays";
    EXPECT_EQ(changed.find("origins")->array()->size(), 1U);
    EXPECT_FALSE(run_json("app update --no-logo" + client).find("logo")->string());
    run("app update --no-logo --logo " + logo + client);
    EXPECT_EQ(error, "usage") << "one of the two";
    std::ofstream(logo) << "<svg onload='x()'/>";
    run("app update --logo " + logo + client);
    EXPECT_EQ(error, "forbidden");
}

TEST_F(Commands, CareForKeys) {
    const auto before = run_json("keys list");
    const auto rotated = run_json("keys rotate access-token");
    EXPECT_THAT(names(rotated), ElementsAre("purpose", "version", "usedFrom"));
    EXPECT_EQ(run_json("keys list").array()->size(), before.array()->size() + 1);
    run("keys retire access-token 1");
    EXPECT_EQ(error, "conflict") << "current";
    clock.advance(Seconds(60));
    run("keys retire access-token 1");
    EXPECT_EQ(error, "conflict") << "its tokens may live";
    EXPECT_EQ(*run_json("keys retire access-token 1 --at-once").find("retired")->boolean(), true);
    run("keys rotate public-id");
    EXPECT_EQ(error, "unsupported");
    EXPECT_EQ(*run_json("keys reseal").find("rowsLookedAt")->integer(), 0);
    const auto trail = run_json("audit tail -n 2");
    EXPECT_EQ(text(trail.array()->at(0), "action"), "key.rotated");
    EXPECT_EQ(text(trail.array()->at(1), "action"), "key.retired");
    EXPECT_EQ(text(trail.array()->at(1), "detail"), "access-token 1");
}

TEST_F(Commands, ChangeTheMasterKey) {
    const auto before = run_json("keys list");
    const std::string key = folder + ".new.key";
    const auto rewrapped = run_json("keys rewrap --new-master-key " + key);
    EXPECT_THAT(names(rewrapped), ElementsAre("rewrapped", "masterKeyFile"));
    EXPECT_EQ(*rewrapped.find("rewrapped")->integer(),
              static_cast<std::int64_t>(before.array()->size()));
    run("keys list");
    EXPECT_EQ(error, "invalid_argument") << "the old key opens nothing any more";
    const auto after = run_json("keys list --master-key-file " + key);
    EXPECT_EQ(after.array()->size(), before.array()->size());
    EXPECT_EQ(text(run_json("audit tail -n 1 --master-key-file " + key).array()->at(0), "action"),
              "master_key.changed");
    std::filesystem::remove(key);
}

TEST_F(Commands, MakeRealmsThatShareNothing) {
    const auto made = run_json("realm create acme --public-url https://id.acme.example");
    EXPECT_THAT(names(made), ElementsAre("name", "publicUrl", "createdAt"));
    const auto realms = run_json("realm list");
    ASSERT_EQ(realms.array()->size(), 2U);
    EXPECT_EQ(text(realms.array()->at(0), "name"), "");
    EXPECT_EQ(text(realms.array()->at(1), "publicUrl"), "https://id.acme.example");
    const auto shown = run_json("realm show acme");
    EXPECT_THAT(names(shown), ElementsAre("name", "publicUrl", "createdAt", "signUp", "brand",
                                          "passkeyDomain", "mailFrom", "lifetimes", "people",
                                          "apps", "keys", "served", "notServedBecause"));
    EXPECT_EQ(*shown.find("keys")->integer(),
              static_cast<std::int64_t>(run_json("keys list --realm acme").array()->size()));
    EXPECT_EQ(text(run_json("audit tail --realm acme").array()->at(0), "action"), "realm.created");

    const std::string app =
        text(run_json("app create --realm acme --name Shop --scopes email"), "clientId");
    const std::string user =
        text(run_json("user create --realm acme --email ada@example.com"), "userId");
    EXPECT_EQ(text(run_json("app list --realm acme").array()->at(0), "clientId"), app);
    EXPECT_TRUE(run_json("app list").array()->empty());
    const auto firsts = run_json("audit tail");
    ASSERT_EQ(firsts.array()->size(), 1U) << "that there is another one, and nothing of it";
    EXPECT_EQ(text(firsts.array()->at(0), "action"), "realm.created");
    EXPECT_EQ(text(firsts.array()->at(0), "detail"), "acme");
    for (const std::string& line :
         {"app show --client-id " + app, "app update --name Other --client-id " + app,
          "app rotate-secret --client-id " + app, "app delete --yes --client-id " + app,
          "user show --user-id " + user, std::string("user show --email ada@example.com"),
          "user delete --yes --user-id " + user,
          "consent issue --scopes email --client-id " + app + " --user-id " + user,
          "connection revoke --client-id " + app + " --user-id " + user,
          "role add --role partners --client-id " + app,
          "webhook create --url https://hooks.example/ --topics connections --client-id " + app}) {
        run(line);
        EXPECT_EQ(error, "not_found") << line << ": it is of no business of the first realm";
    }
    const std::string hook =
        text(run_json("webhook create --realm acme --url https://hooks.example/ --topics "
                      "connections --client-id " +
                      app),
             "webhookId");
    for (const std::string command : {"webhook delete", "webhook deliveries"}) {
        run(command + " --webhook-id " + hook);
        EXPECT_EQ(error, "not_found") << command;
    }
    for (const std::string& line :
         {"webhook list --client-id " + app, "connection list --client-id " + app,
          "connection list --user-id " + user,
          "connection list --client-id " + app + " --user-id " + user}) {
        run(line);
        EXPECT_EQ(error, "not_found") << line;
    }
    run_json("consent issue --realm acme --scopes email --client-id " + app + " --user-id " + user);
}

TEST_F(Commands, RefuseARealmThatIsNotThereOrWouldNotStandAlone) {
    run("app list --realm nobody");
    EXPECT_EQ(error, "not_found");
    run_json("realm create acme --public-url https://id.acme.example");
    run("realm create acme --public-url https://id.other.example");
    EXPECT_EQ(error, "conflict");
    run("realm create other --public-url https://id.acme.example:8443");
    EXPECT_EQ(error, "conflict");
    for (const std::string url : {"http://id.other.example", "id.other.example"}) {
        run("realm create other --public-url " + url);
        EXPECT_EQ(error, "invalid_argument") << url;
    }
    run("realm create Other! --public-url https://id.other.example");
    EXPECT_EQ(error, "invalid_argument");
}

TEST_F(Commands, RefuseARealmOnTheFirstsHost) {
    const std::string file = folder + ".toml";
    std::ofstream(file) << "public_url = \"http://a.localhost:21011\"\n";
    const std::string twin = "realm create twin --public-url http://a.localhost:21019";
    run(twin + " --config " + file);
    EXPECT_EQ(error, "conflict") << "the configuration says so, before any server ran";
    config::ServerConfig config = must(config::load_config(file, {}));
    config.data_dir = folder;
    (void)must(app::Installation::open(must(config::complete_config(config)), {clock, random}));
    run(twin);
    EXPECT_EQ(error, "conflict") << "the server wrote it down";
    const auto realms = run_json("realm list");
    ASSERT_EQ(realms.array()->size(), 1U);
    EXPECT_EQ(text(realms.array()->at(0), "publicUrl"), "http://a.localhost:21011");
    std::filesystem::remove(file);
}

TEST_F(Commands, MakeARealmWhollyOrNotAtAll) {
    const std::string file = folder + ".toml";
    const std::string create = "realm create cee --public-url https://c.example --config " + file;
    for (const std::string_view fault :
         {"brand.logo = \"/nonexistent/logo.svg\"", "passkeys.rp_id = \"other.example\"",
          "lifetimes.access_token_seconds = 86401"}) {
        std::ofstream(file) << "[realm.cee]\n" << fault << "\n";
        run(create);
        EXPECT_NE(error, "") << fault;
        EXPECT_EQ(run_json("realm list").array()->size(), 1U) << fault;
    }
    std::ofstream(file) << "[realm.cee]\nsign_up = \"closed\"\n";
    run_json(create);
    EXPECT_EQ(run_json("realm list").array()->size(), 2U);
    for (const std::string url : {"https://.", "https://-", "https://[:]", "https://a..b",
                                  "https://id.acme.example.", "https://id.acme.example:99999"}) {
        run("realm create dee --public-url " + url);
        EXPECT_EQ(error, "invalid_argument") << url;
    }
    std::filesystem::remove(file);
}

TEST_F(Commands, TellOfSectionsThatNameNoRealm) {
    const std::string file = folder + ".toml";
    std::ofstream(file) << "[realm.acmee]\nsign_up = \"closed\"\n";
    run_json("realm create acme --public-url https://id.acme.example");
    for (const std::string line : {"realm list", "realm show acme"}) {
        ::testing::internal::CaptureStderr();
        run_json(line + " --config " + file);
        EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("[realm.acmee]")) << line;
    }
    std::ofstream(file) << "[realm.acme]\nsign_up = \"closed\"\n";
    ::testing::internal::CaptureStderr();
    run_json("realm list --config " + file);
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
    std::filesystem::remove(file);
}

TEST_F(Commands, ShowWhatARealmIsAndWhetherAServerWouldServeIt) {
    const std::string file = folder + ".toml";
    run_json("realm create acme --public-url https://id.acme.example");
    run_json("user create --realm acme --email ada@example.com");
    const auto show = [&](const std::string& config, const std::string& name = " acme") {
        std::ofstream(file) << config;
        return run_json("realm show" + name + " --config " + file);
    };
    const auto shown = show(
        "[realm.acme]\nsign_up = \"closed\"\npasskeys.rp_id = \"acme.example\"\n"
        "brand.name = \"Acme ID\"\nlifetimes.session_seconds = 60\n");
    EXPECT_EQ(text(shown, "signUp"), "closed");
    EXPECT_EQ(text(shown, "brand"), "Acme ID");
    EXPECT_EQ(text(shown, "passkeyDomain"), "acme.example");
    EXPECT_EQ(*shown.find("lifetimes")->find("sessionSeconds")->integer(), 60);
    EXPECT_EQ(*shown.find("people")->integer(), 1);
    EXPECT_EQ(*shown.find("apps")->integer(), 0);
    EXPECT_EQ(*shown.find("served")->boolean(), true);
    EXPECT_TRUE(shown.find("notServedBecause")->is_null());

    const auto broken = show("[realm.acme]\nbrand.logo = \"/nonexistent/logo.svg\"\n");
    EXPECT_EQ(*broken.find("served")->boolean(), false);
    EXPECT_THAT(text(broken, "notServedBecause"), HasSubstr("realm.acme.brand.logo"));
    const std::string moved = "public_url = \"https://id.acme.example\"\n";
    EXPECT_THAT(text(show(moved), "notServedBecause"), HasSubstr("on one host"));
    EXPECT_THAT(text(show(moved, ""), "notServedBecause"), HasSubstr("the realm acme"));
    run("realm delete acme --yes");
    EXPECT_EQ(error, "conflict");
    EXPECT_THAT(detail, HasSubstr("it has 1 person and 0 apps"));
    std::filesystem::remove(file);
}

TEST_F(Commands, TellOfWhatANewRealmHasByDefault) {
    const std::string file = folder + ".toml";
    const std::string smtp = "[smtp]\nurl = \"smtp://127.0.0.1\"\nfrom = \"id@fern.example\"\n";
    const auto told = [&](const std::string& name, const std::string& config) {
        std::ofstream(file) << config;
        ::testing::internal::CaptureStderr();
        run_json("realm create " + name + " --public-url https://" + name + ".example --config " +
                 file);
        return ::testing::internal::GetCapturedStderr();
    };
    EXPECT_THAT(told("gamma", "[realm.gama]\nsign_up = \"closed\"\n"),
                AllOf(HasSubstr("no [realm.gamma] in " + file + ": the defaults hold, anyone may "),
                      HasSubstr("[realm.gama]"), Not(HasSubstr("mail"))));
    EXPECT_THAT(told("delta", smtp + "[realm.delta]\nsign_up = \"closed\"\n"),
                AllOf(HasSubstr("its mail comes from id@fern.example"), HasSubstr("[realm.delta]"),
                      Not(HasSubstr("defaults"))));
    EXPECT_EQ(told("eps", smtp + "[realm.eps]\nmail_from = \"id@eps.example\"\n"), "");
    std::filesystem::remove(file);
}

TEST_F(Commands, TellOfARealmOnTheHostThatTheFirstMovesTo) {
    const std::string file = folder + ".toml";
    std::ofstream(file) << "public_url = \"https://id.acme.example:8443\"\n";
    run_json("realm create acme --public-url https://id.acme.example");
    ::testing::internal::CaptureStderr();
    run_json("realm list --config " + file);
    EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("the realm acme is on"));
    std::filesystem::remove(file);
}

TEST_F(Commands, DeleteARealmThatNobodyIsIn) {
    const std::string file = folder + ".toml";
    run_json("realm create acme --public-url https://id.acme.example");
    run("realm delete acme");
    EXPECT_EQ(error, "invalid_argument") << "not without --yes";
    const std::string app =
        text(run_json("app create --realm acme --name Shop --scopes email"), "clientId");
    run("realm delete acme --yes");
    EXPECT_EQ(error, "conflict");
    run_json("app delete --yes --realm acme --client-id " + app);
    // Also when it cannot be opened.
    std::ofstream(file) << "[realm.acme]\nbrand.logo = \"/nonexistent/logo.svg\"\n";
    run_json("realm show acme --config " + file);
    const auto deleted = run_json("realm delete acme --yes --config " + file);
    EXPECT_THAT(names(deleted), ElementsAre("name", "deleted"));
    run("realm show acme");
    EXPECT_EQ(error, "not_found");
    run("app list --realm acme");
    EXPECT_EQ(error, "not_found");
    const auto trail = run_json("audit tail");
    ASSERT_EQ(trail.array()->size(), 2U) << "the realm's own can be read no more";
    EXPECT_EQ(text(trail.array()->at(0), "action"), "realm.created");
    EXPECT_EQ(text(trail.array()->at(1), "action"), "realm.deleted");
    run("realm delete acme --yes");
    EXPECT_EQ(error, "not_found");
    run_json("realm create acme --public-url https://id.acme.example");
    std::filesystem::remove(file);
}

TEST_F(Commands, SayWhatToTypeWhenSomethingIsNotThereOrInUse) {
    const std::string nobody = " --client-id " + std::string(32, '0');
    const std::string hook = " --webhook-id " + std::string(32, '0');
    struct Row {
        std::string line;
        std::string_view list;
    };
    for (const auto& [line, list] :
         {Row{"app show" + nobody, "app list"}, Row{"app update --name A" + nobody, "app list"},
          Row{"app rotate-secret" + nobody, "app list"},
          Row{"app delete --yes" + nobody, "app list"},
          Row{"role add --role partners" + nobody, "app list"},
          Row{"role remove --role partners" + nobody, "role list"},
          Row{"webhook create --url https://hooks.example/ --topics connections" + nobody,
              "app list"},
          Row{"webhook delete" + hook, "webhook list"},
          Row{"webhook deliveries" + hook, "webhook list"}, Row{"realm show acme", "realm list"},
          Row{"realm delete acme --yes", "realm list"}, Row{"keys rotate biscuit", "keys list"},
          Row{"keys retire cookie 7", "keys list"}}) {
        run(line);
        EXPECT_EQ(error, "not_found") << line;
        EXPECT_THAT(detail, HasSubstr("`latchkey " + std::string(list) + "`")) << line;
    }
    run("keys retire cookie 1");
    EXPECT_EQ(error, "conflict");
    EXPECT_THAT(detail, HasSubstr("`latchkey keys reseal`"));
}

TEST_F(Commands, SayInTheirOwnWordsWhatIsThereAlready) {
    const std::string app =
        " --client-id " + text(run_json("app create --name Shop --scopes email"), "clientId");
    struct Row {
        std::string line, again;
        std::string_view message, hint;
    };
    for (const auto& [line, again, wanted, hint] :
         {Row{"user create --email ada@example.com", "user create --email ada@example.com",
              "There is a person with this address.", "`latchkey user show --email …`"},
          Row{"user create --email eve@example.com", "user create --email EVE@Example.com",
              "There is a person with this address.", "`latchkey user show --email …`"},
          Row{"realm create bee --public-url https://b.example",
              "realm create bee --public-url https://other.example",
              "There is a realm of this name.", "bee"},
          Row{"realm create cee --public-url https://c.example",
              "realm create dee --public-url https://c.example", "Another realm is on this host.",
              "the realm cee"},
          Row{"keys rotate cookie", "keys rotate cookie", "The next key is announced already.",
              ""}}) {
        run(line);
        EXPECT_EQ(error, "") << line;
        run(again);
        EXPECT_EQ(error, "conflict") << again;
        EXPECT_EQ(message, wanted) << again;
        EXPECT_THAT(detail, HasSubstr(std::string(hint))) << again;
        for (const std::string_view word : {"INSERT", "UNIQUE", "sqlite", "realm_id"}) {
            EXPECT_EQ(detail.find(word), std::string::npos) << again << ": " << detail;
        }
    }
    const std::string hook = "webhook create --url https://h.example/ --topics connections" + app;
    const std::string role = "role add --role partners" + app;
    for (const std::string& line :
         {hook, role, std::string("app create --name Shop --scopes email")}) {
        run(line);
        run(line);
        EXPECT_EQ(error, "") << line << ": two of them are no conflict";
    }
}

TEST_F(Commands, CopyTheStore) {
    run("app create --name Shop --scopes email");
    const std::string copy = folder + ".copy.db";
    const auto copied = run_json("backup --to " + copy);
    EXPECT_THAT(names(copied), ElementsAre("file", "bytes"));
    EXPECT_EQ(*copied.find("bytes")->integer(),
              static_cast<std::int64_t>(std::filesystem::file_size(copy)));
    run("backup --to " + copy);
    EXPECT_EQ(error, "conflict") << "it is not overwritten";
    std::filesystem::remove(copy);
}

TEST_F(Commands, SpeakToPeopleByDefault) {
    run("app create --name Shop --scopes email");
    EXPECT_THAT(run("app list"), HasSubstr("CLIENT ID"));
    EXPECT_THAT(run("keys list"), HasSubstr("SUPERSEDED AT"));
    EXPECT_THAT(run("audit tail"), HasSubstr("client.created"));
}

TEST_F(Commands, RefuseWhatTheyDoNotUnderstand) {
    for (const char* line :
         {"", "nonsense", "app", "app create", "app show", "keys rotate",
          "keys retire access-token x", "keys rewrap", "backup", "connection revoke --client-id 1",
          "app rotate-secret --client-id 1 --overlap-seconds 99999999"}) {
        ::testing::internal::CaptureStderr();
        run(line);
        EXPECT_EQ(error, "usage") << line;
        EXPECT_NE(::testing::internal::GetCapturedStderr(), "") << line;
    }
    run("app show --client-id nonsense");
    EXPECT_EQ(error, "invalid_argument");
}

TEST_F(Commands, TakeNoEmptyValueForOneThatWasLeftOut) {
    const std::string app = text(run_json("app create --name Shop --scopes email"), "clientId");
    const std::string create = "app create --name Shop --scopes email";
    for (const std::string& line :
         {"app update --name ~ --origin https://a.example --client-id " + app,
          create + " --operator ~", create + " --reason ~", create + " --realm ~",
          std::string("app create --name Shop --scopes ~"), std::string("realm delete ~ --yes"),
          std::string("user show --email ~"), create + " --origin ~"}) {
        ::testing::internal::CaptureStderr();
        run(line);
        EXPECT_EQ(error, "usage") << line;
        EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("is empty")) << line;
    }
    run("app update --client-id " + app);
    EXPECT_EQ(error, "invalid_argument");
    EXPECT_EQ(message, "There is nothing to change.");
    EXPECT_THAT(detail, HasSubstr("--name"));
    EXPECT_EQ(run_json("audit tail").array()->size(), 1U) << "one app was made, and no more";
}

TEST_F(Commands, NameTheWordThatIsNoCommand) {
    struct Row {
        std::string line, said, there;
    };
    for (const auto& [line, said, there] :
         {Row{"ap", "There is no `latchkey ap`", "app, user"},
          Row{"help", "There is no `latchkey help`", "serve, realm"},
          Row{"app creat --name Shop", "There is no `latchkey app creat`", "create, update"}}) {
        ::testing::internal::CaptureStderr();
        run(line);
        EXPECT_EQ(error, "usage") << line;
        EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                    AllOf(HasSubstr(said), HasSubstr(there), HasSubstr("--help")));
    }
}

TEST_F(Commands, SayStartHereOnTheFirstPageOfHelpAlone) {
    EXPECT_THAT(run("--help"), HasSubstr("Start here"));
    for (const char* line : {"app --help", "app list --help", "role add --help"}) {
        EXPECT_THAT(run(line), AllOf(HasSubstr("--help"), Not(HasSubstr("Start here")))) << line;
    }
}

TEST_F(Commands, SpeakOfWhatWasGivenToThem) {
    const std::string app =
        " --client-id " + text(run_json("app create --name Shop --scopes email"), "clientId");
    struct Row {
        std::string line, said;
    };
    for (const auto& [line, said] :
         {Row{"webhook create --topics connections --url http://x.example/h" + app,
              "a webhook's address"},
          Row{"webhook create --topics connections --url nope" + app, "a webhook's address"},
          Row{"webhook create --topics connections --url https://h.example/" +
                  std::string(2048, 'a') + app,
              "2048 bytes"},
          Row{"app create --name Shop --scopes loyalty:read", "[[scopes]]"},
          Row{"user create --email eve@example.com --phone-verified", ""},
          Row{"realm create acme --public-url https://ID.Acme.example:443/",
              "https://id.acme.example"},
          Row{"keys rewrap --new-master-key /nonexistent/key", "/nonexistent/key"}}) {
        run(line);
        EXPECT_EQ(error, "invalid_argument") << line;
        EXPECT_THAT(detail, HasSubstr(said)) << line;
        EXPECT_THAT(message + detail, Not(HasSubstr("redirect"))) << line;
    }
}

TEST_F(Commands, SayWhatNamedARealmThatIsNotThere) {
    run("app list --realm nope");
    EXPECT_THAT(detail, HasSubstr("leave --realm out"));
    ::setenv("LATCHKEY_REALM", "nope", 1);
    run("app list");
    ::unsetenv("LATCHKEY_REALM");
    EXPECT_EQ(error, "not_found");
    EXPECT_THAT(detail, AllOf(HasSubstr("LATCHKEY_REALM"), Not(HasSubstr("--realm"))));
}

TEST_F(Commands, PrintNoTokenThatWasGivenInTheWrongPlace) {
    const std::string secret =
        text(run_json("app create --name Shop --scopes email"), "clientSecret");
    const std::string jwt = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw";
    for (const std::string& token : {secret, jwt}) {
        for (const std::string& line :
             {"token show " + token, token, "app list " + token,
              "app rotate-secret --client-id 1 --overlap-seconds " + token}) {
            ::testing::internal::CaptureStderr();
            run(line);
            const std::string printed = ::testing::internal::GetCapturedStderr();
            EXPECT_EQ(error, "usage") << line;
            EXPECT_THAT(printed, AllOf(HasSubstr(token.substr(0, 6) + "…"),
                                       Not(HasSubstr(token.substr(0, 12)))));
        }
        ::testing::internal::CaptureStderr();
        cli::print_error(Error(ErrorCode::invalid_argument, "Unknown scope.", "no: " + token + "!"),
                         cli::Format::json);
        EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                    HasSubstr("\"Unknown scope. no: " + token.substr(0, 6) + "…!\""))
            << "both what is wrong and how";
    }
    EXPECT_EQ(cli::without_tokens("lk_data/eyJ and https://a.example"),
              "lk_data/eyJ and https://a.example");
}

}  // namespace
}  // namespace latchkey::testing
