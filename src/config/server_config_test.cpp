#include "config/server_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace latchkey::config {
namespace {

using ::testing::HasSubstr;

ServerConfig in_folder() {
    ServerConfig config;
    config.data_dir = "data";
    return config;
}

TEST(ServerConfig, AFileSetsWhatItNamesAndLeavesTheRest) {
    const auto config = parse_config(R"(
listen = "[::1]:9443"
public_url = "https://id.example.com"
graphiql = true
[brand]
name = "Fern"
[lifetimes]
access_token_seconds = 600
audit_days = 0
)",
                                     {});
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->host, "::1");
    EXPECT_EQ(config->port, 9443);
    EXPECT_EQ(config->graphiql, Graphiql::always);
    EXPECT_EQ(config->realm.brand.name, "Fern");
    EXPECT_EQ(config->realm.lifetimes.access_token, Seconds(600));
    EXPECT_EQ(config->realm.lifetimes.consent_token, Seconds(300));
    EXPECT_EQ(config->audit_retention, Seconds(0));
}

TEST(ServerConfig, WhatIsWrongIsNamedWithItsPlace) {
    struct Row {
        std::string_view toml;
        ErrorCode code;
        std::string_view says;
    };
    const Row rows[] = {
        {"listen = ", ErrorCode::malformed, "line 1"},
        {"lisen = \"a:1\"", ErrorCode::invalid_argument, "`lisen`: there is no such key"},
        {"listen = \"8080\"", ErrorCode::invalid_argument, "`listen`"},
        {"graphiql = 1", ErrorCode::invalid_argument, "`graphiql`: true or false"},
        {"threads = 0", ErrorCode::invalid_argument, "1 to 256"},
        {"[lifetimes]\naccess_token_seconds = \"1h\"", ErrorCode::invalid_argument,
         "lifetimes.access_token_seconds"},
        {"[lifetimes]\naudit_days = -1", ErrorCode::invalid_argument, "0 (no end) to 36500"},
    };
    for (const Row& row : rows) {
        const auto config = parse_config(row.toml, {});
        ASSERT_FALSE(config) << row.toml;
        EXPECT_EQ(config.error().code, row.code) << row.toml;
        EXPECT_THAT(config.error().detail, HasSubstr(std::string(row.says)));
    }
}

TEST(ServerConfig, ARealmHasASectionWithTheKeysOfTheTop) {
    const auto config = parse_config(R"(
sign_up = "closed"
[brand]
name = "Fern"
color = "#4338ca"
[lifetimes]
session_seconds = 60
[realm.acme]
mail_from = "signin@acme.example"
[realm.acme.lifetimes]
access_token_seconds = 600
[realm.other]
sign_up = "open"
brand = { name = "Other ID" }
)",
                                     {});
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->realm.sign_up, SignUp::closed);
    ASSERT_EQ(config->realms.size(), 2U);
    const RealmSettings& acme = config->realms.at("acme");
    EXPECT_EQ(acme.brand.name, "acme") << "the realm's own, not the first one's";
    EXPECT_EQ(acme.brand.colors.color, "");
    EXPECT_EQ(acme.mail_from, "signin@acme.example");
    EXPECT_EQ(acme.sign_up, SignUp::open);
    EXPECT_EQ(acme.lifetimes.access_token, Seconds(600));
    EXPECT_EQ(acme.lifetimes.session, Seconds(30L * 24 * 3600));
    EXPECT_EQ(config->realms.at("other").brand.name, "Other ID");

    const auto refusal_of = [](std::string_view toml) {
        const auto read = parse_config(toml, {});
        return read ? "(taken)" : read.error().detail;
    };
    EXPECT_THAT(refusal_of("[realm.acme]\ncolour = 1"), HasSubstr("`realm.acme.colour`: there is"));
    EXPECT_THAT(refusal_of("[realm.acme]\nlisten = \"a:1\""), HasSubstr("`realm.acme.listen`"));
    EXPECT_THAT(refusal_of("[realm.acme]\nsign_up = \"maybe\""), HasSubstr("\"closed\""));
    EXPECT_THAT(refusal_of("[realm.acme.lifetimes]\naudit_days = 1"),
                HasSubstr("`realm.acme.lifetimes.audit_days`: there is"));
    EXPECT_THAT(refusal_of("[realm]\nacme = 1"), HasSubstr("`realm.acme`: a section"));
    EXPECT_THAT(refusal_of("realm = 1"), HasSubstr("`realm`: there is no such key"));
}

TEST(ServerConfig, ASectionIsCheckedWhollyBeforeItsRealmIsThere) {
    const auto refusal_of = [](std::string_view toml) {
        auto config = parse_config(toml, {});
        if (config) {
            config->data_dir = "data";
            config = complete_config(std::move(*config));
        }
        return config ? "(taken)" : config.error().detail;
    };
    struct Row {
        std::string_view toml;
        std::string_view says;
    };
    const std::string long_name = "[realm.acme.brand]\nname = \"" + std::string(61, 'x') + "\"";
    const Row rows[] = {
        {"[realm.acme.lifetimes]\naccess_token_seconds = 86401",
         "`realm.acme.lifetimes.access_token_seconds`: at most 86400"},
        {long_name, "`realm.acme.brand.name`: 1 to 60"},
        {"[realm.acme.brand]\nname = \"A\\nB\"", "`realm.acme.brand.name`: one line"},
        {"[realm.acme.brand]\ncolor = \"#ffffff\"\ntext_color = \"#ffffff\"",
         "in [realm.acme.brand]"},
        {"[realm.acme.brand]\ndark_logo = \"a.svg\"", "`realm.acme.brand.dark_logo`: only with"},
        {"[realm.acme]\nmail_from = \"a@b.example\\r\\nBcc: c@d.example\"",
         "`realm.acme.mail_from`: an address"},
        {"[realm.acme]\nmail_from = \"acme.example\"", "`realm.acme.mail_from`: an address"},
        {"[realm.acme]\nmail_from = \"@\"", "`realm.acme.mail_from`: an address"},
        {"[realm.acme.passkeys]\nrp_id = \"a..b\"", "`realm.acme.passkeys.rp_id`: a domain"},
        {"[realm.\"A B\"]", "`realm.A B`: a realm's name is"},
        {"[realm.\"\"]", "`realm.`: a realm's name is"},
        {"mail_from = \"a\\nb@c.example\"", "`mail_from`: an address"},
        {"[smtp]\nfrom = \"a@b.example\\r\\nx\"", "`smtp.from`: an address"},
    };
    for (const Row& row : rows) {
        EXPECT_THAT(refusal_of(row.toml), HasSubstr(std::string(row.says))) << row.toml;
    }
    EXPECT_EQ(refusal_of("[realm.acme]\nmail_from = \"signin@acme.example\""), "(taken)");
}

TEST(ServerConfig, SectionsAreReadAgainFromTheFile) {
    const std::string path = ::testing::TempDir() + "latchkey-sections.toml";
    const auto write = [&](std::string_view toml) { std::ofstream(path) << toml; };
    write("threads = 2\n");
    const auto config = load_config(path, in_folder());
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_TRUE(read_sections(*config)->empty());
    write("[realm.acme]\nsign_up = \"closed\"\n");
    EXPECT_EQ(read_sections(*config)->at("acme").sign_up, SignUp::closed);
    for (const std::string_view bad :
         {"[realm.acme", "threads = 0", "[realm.acme.lifetimes]\nsession_seconds = 99999999"}) {
        write(bad);
        EXPECT_FALSE(read_sections(*config)) << bad;
    }
    std::remove(path.c_str());
    EXPECT_EQ(read_sections(*config).error().code, ErrorCode::not_found);
    ServerConfig of_no_file;
    of_no_file.realms["acme"].sign_up = SignUp::closed;
    EXPECT_EQ(read_sections(of_no_file)->at("acme").sign_up, SignUp::closed);
}

TEST(ServerConfig, ARealmsSettingsAreCheckedAgainstItsOwnUrl) {
    RealmSettings settings;
    const auto complete = [&] {
        return complete_settings(settings, "https://id.acme.example", "realm.acme.");
    };
    EXPECT_EQ(complete()->passkey_rp_id, "id.acme.example");
    settings.passkey_rp_id = "fern.example";
    EXPECT_THAT(complete().error().detail, HasSubstr("`realm.acme.passkeys.rp_id`"));
    settings.passkey_rp_id = "acme.example";
    settings.brand.colors.color = "red";
    EXPECT_THAT(complete().error().detail, HasSubstr("in [realm.acme.brand]"));
}

TEST(ServerConfig, TheWholeIsCheckedTogether) {
    ServerConfig config;
    EXPECT_THAT(complete_config(config).error().detail, HasSubstr("--data"));
    config.data_dir = "/var/lib/latchkey";
    EXPECT_EQ(complete_config(config)->public_url, "http://127.0.0.1:8080");
    EXPECT_EQ(complete_config(config)->master_key_file, "/var/lib/latchkey/master.key");

    config.public_url = "http://id.example.com";
    EXPECT_THAT(complete_config(config).error().detail, HasSubstr("https://"));
    config.public_url = "https://id.example.com/path";
    EXPECT_THAT(complete_config(config).error().detail, HasSubstr("an origin"));
    config.public_url = "https://id.example.com";
    config.tls_key = "key.pem";
    EXPECT_THAT(complete_config(config).error().detail, HasSubstr("go together"));
}

TEST(ServerConfig, AddsScopesWithTheirWords) {
    const auto config = parse_config(R"(
[[scopes]]
name = "loyalty:read"
claim = "phone_number"
[scopes.text]
en = "Your loyalty points"
de = "Deine Treuepunkte"
[scopes.about]
de = "Wie viele du hast."

[[scopes]]
name = "orders"
text.en = "Your orders"
)",
                                     in_folder());
    ASSERT_TRUE(config) << config.error().detail;
    ASSERT_EQ(config->scopes.size(), 2U);
    const OwnScope& loyalty = config->scopes[0];
    EXPECT_EQ(loyalty.name, "loyalty:read");
    EXPECT_EQ(loyalty.claim, Claim::phone_number);
    ASSERT_EQ(loyalty.texts.size(), 2U);
    const auto german = std::ranges::find(loyalty.texts, "de", &ScopeText::locale);
    EXPECT_EQ(german->label, "Deine Treuepunkte");
    EXPECT_EQ(german->about, "Wie viele du hast.");
    EXPECT_FALSE(config->scopes[1].claim);
    EXPECT_TRUE(complete_config(*config));
}

TEST(ServerConfig, AScopeThatIsNoneStopsTheStartAndIsNamed) {
    struct Row {
        std::string_view toml;
        std::string_view says;
    };
    const Row rows[] = {
        {"scopes = 7", "`scopes`: a list"},
        {"scopes = [7]", "`scopes[0]`: a list of tables"},
        {"[[scopes]]\nname = 7", "`scopes[0].name`: a name in quotes"},
        {"[[scopes]]\nnmae = \"a\"", "`scopes[0].nmae`: there is no such key"},
        {"[[scopes]]\nclaim = \"shoe_size\"", "`scopes[0].claim`: one of email, email_verified"},
        {"[[scopes]]\ntext = \"a\"", "`scopes[0].text`: a text for each language"},
        {"[[scopes]]\ntext.english = \"a\"", "`scopes[0].text.english`: two letters"},
        {"[[scopes]]\ntext.en = 7", "`scopes[0].text.en`: a text in quotes"},
        {"[[scopes]]\nname = \"a\"", "scope `a`: needs a text in English"},
        {"[[scopes]]\nname = \"email\"\ntext.en = \"A\"", "there is one of this name"},
        {"[[scopes]]\nname = \"a b\"\ntext.en = \"A\"", "without spaces"},
    };
    for (const Row& row : rows) {
        auto config = parse_config(row.toml, in_folder());
        if (config) config = complete_config(*config);
        ASSERT_FALSE(config) << row.toml;
        EXPECT_EQ(config.error().code, ErrorCode::invalid_argument) << row.toml;
        EXPECT_THAT(config.error().detail, HasSubstr(std::string(row.says)));
    }
}

TEST(ServerConfig, ABrandThatPeopleCannotReadStopsTheStart) {
    const auto refusal_of = [](std::string_view brand) {
        ServerConfig config;
        config.data_dir = "data";
        const auto read = parse_config("[brand]\n" + std::string(brand), std::move(config));
        if (!read) return read.error().detail;
        const auto completed = complete_config(*read);
        return completed ? "(taken)" : completed.error().detail;
    };
    EXPECT_EQ(refusal_of("name = \"Fern\"\ncolor = \"#4338ca\"\nlogo = \"logo.svg\""), "(taken)");
    EXPECT_EQ(refusal_of("color = \"#777777\"\ntext_color = \"#ffffff\""),
              "configuration key `brand.text_color`: a contrast of at least 4.5:1 with `color` "
              "(WCAG 2.2 AA); #ffffff on #777777 has 4.48:1");
    EXPECT_THAT(refusal_of("color = \"red\""), HasSubstr("`brand.color`: a colour such as"));
    EXPECT_THAT(refusal_of("color = 7"), HasSubstr("`brand.color`: a colour in quotes"));
    EXPECT_THAT(refusal_of("dark_logo = \"logo.svg\""), HasSubstr("`brand.dark_logo`: only with"));
    EXPECT_THAT(refusal_of("name = \"\""), HasSubstr("`brand.name`: 1 to 60 characters"));
    EXPECT_THAT(refusal_of("name = \"" + std::string(61, 'x') + "\""), HasSubstr("brand.name"));
    EXPECT_THAT(refusal_of("name = \"Fern\u202E\""), HasSubstr("brand.name"));
}

TEST(ServerConfig, PasskeysAreForThePublicHostOrAParentOfIt) {
    const auto rp_id_of = [](std::string url, std::string id) {
        ServerConfig config;
        config.data_dir = "data";
        config.public_url = std::move(url);
        config.realm.passkey_rp_id = std::move(id);
        const auto completed = complete_config(std::move(config));
        return completed ? completed->realm.passkey_rp_id : "(refused)";
    };
    EXPECT_EQ(rp_id_of("https://id.example.com", ""), "id.example.com");
    EXPECT_EQ(rp_id_of("https://id.example.com:8443", ""), "id.example.com");
    EXPECT_EQ(rp_id_of("http://localhost:8080", ""), "localhost");
    EXPECT_EQ(rp_id_of("https://id.example.com", "example.com"), "example.com");
    EXPECT_EQ(rp_id_of("https://id.example.com", "com"), "(refused)");
    EXPECT_EQ(rp_id_of("https://id.example.com", "ample.com"), "(refused)");
    EXPECT_EQ(rp_id_of("https://id.example.com", "evil.test"), "(refused)");
    EXPECT_EQ(rp_id_of("http://127.0.0.1:8080", ""), "");
    EXPECT_EQ(rp_id_of("http://[::1]:8080", ""), "");
    EXPECT_EQ(rp_id_of("http://127.0.0.1:8080", "127.0.0.1"), "(refused)");
}

TEST(ServerConfig, MailMayDoWithoutTlsByPlaceOrByWord) {
    const auto tls_of = [](std::string_view toml) { return parse_config(toml, {})->smtp.tls; };
    EXPECT_EQ(tls_of(""), SmtpTls::by_place);
    EXPECT_EQ(tls_of("[smtp]\ntls = \"required\""), SmtpTls::required);
    EXPECT_EQ(tls_of("[smtp]\ntls = \"optional\""), SmtpTls::optional);
    for (const std::string_view bad : {"\"\"", "\"Required\"", "true"}) {
        const auto read = parse_config("[smtp]\ntls = " + std::string(bad), {});
        ASSERT_FALSE(read) << bad;
        EXPECT_THAT(read.error().detail, HasSubstr("`smtp.tls`: \"required\" or \"optional\""));
    }
}

TEST(ServerConfig, ListenAddressesAreHostAndPort) {
    EXPECT_EQ(parse_listen_address("0.0.0.0:80")->port, 80);
    EXPECT_EQ(parse_listen_address("[::]:443")->host, "::");
    for (const std::string_view bad :
         {"", ":", "8080", "host:", "host:0", "host:65536", ":80", "::1:80", "host:80x", "[]:80"}) {
        EXPECT_FALSE(parse_listen_address(bad)) << bad;
    }
}

TEST(ServerConfig, EveryKeyIsDocumented) {
    std::ifstream file(std::string(LATCHKEY_SOURCE_DIR) + "/docs/configuration.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const std::string_view key : {"listen",
                                       "public_url",
                                       "threads",
                                       "master_key_file",
                                       "certificate",
                                       "name",
                                       "url",
                                       "from",
                                       "username",
                                       "password_file",
                                       "access_token_seconds",
                                       "consent_token_seconds",
                                       "refresh_token_seconds",
                                       "refresh_idle_seconds",
                                       "refresh_grace_seconds",
                                       "session_seconds",
                                       "sign_up",
                                       "mail_from",
                                       "claim",
                                       "text",
                                       "about"}) {
        EXPECT_THAT(text, HasSubstr("`" + std::string(key) + "`"));
    }
}

}  // namespace
}  // namespace latchkey::config
