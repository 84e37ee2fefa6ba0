// SECURITY.md tells secret scanners what to look for. This holds its table to what is really
// minted, by RE2, whose syntax and semantics scanners share.

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <map>
#include <string>

#include "crypto/minted_secret.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::testing {
namespace {

using testing::DelegationWorld;
using testing::system_random;

/// "access token" -> its pattern: the rows `| secret | `pattern` | … |` of the table.
std::map<std::string, std::string> documented_patterns() {
    std::ifstream file(LATCHKEY_SOURCE_DIR "/SECURITY.md");
    std::map<std::string, std::string> patterns;
    const RE2 row(R"(\| ([a-z ]+) \| `(lk_[^`]+)` \|.*)");
    for (std::string line; std::getline(file, line);) {
        std::string name;
        std::string pattern;
        if (RE2::FullMatch(line, row, &name, &pattern)) patterns[name] = pattern;
    }
    return patterns;
}

std::map<std::string, std::string> minted_secrets() {
    const DelegationWorld world;
    const grants::Tokens tokens = world.connect();
    const Secret master = crypto::mint(crypto::SecretKind::master_key, system_random());
    return {{"access token", std::string(tokens.access_token.reveal())},
            {"refresh token", std::string(tokens.refresh_token.reveal())},
            {"client secret", std::string(world.app.secret.reveal())},
            {"master key", std::string(master.reveal())}};
}

TEST(ScannableSecrets, EachHasAPatternThatFindsItAndNoOther) {
    const auto patterns = documented_patterns();
    const auto secrets = minted_secrets();
    ASSERT_EQ(patterns.size(), secrets.size());
    for (const auto& [name, pattern] : patterns) {
        for (const auto& [kind, secret] : secrets) {
            EXPECT_EQ(RE2::FullMatch(secret, pattern), kind == name) << name << ": " << pattern;
        }
    }
}

TEST(ScannableSecrets, AreFoundWhole) {
    const auto patterns = documented_patterns();
    for (const auto& [kind, secret] : minted_secrets()) {
        for (const std::string& around :
             {std::string(R"({"token":"@","next":1})"), std::string("x = @;\n"),
              std::string("https://example.com/?t=@&y"), std::string("TOKEN='@'")}) {
            std::string text = around;
            text.replace(text.find('@'), 1, secret);
            std::string found;
            ASSERT_TRUE(RE2::PartialMatch(text, "(" + patterns.at(kind) + ")", &found)) << kind;
            EXPECT_EQ(found, secret) << around;
        }
    }
}

TEST(ScannableSecrets, AreToldFromLookAlikesByTheirChecksum) {
    for (const auto& [kind, secret] : minted_secrets()) {
        std::string look_alike = secret;
        look_alike[12] = look_alike[12] == 'A' ? 'B' : 'A';
        for (const auto secret_kind :
             {crypto::SecretKind::access_token, crypto::SecretKind::refresh_token,
              crypto::SecretKind::client_secret, crypto::SecretKind::master_key}) {
            EXPECT_FALSE(crypto::read_minted(secret_kind, look_alike)) << kind;
        }
    }
}

}  // namespace
}  // namespace latchkey::testing
