// SECURITY.md tells secret scanners what to look for. This holds its table to what is really
// minted.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>

#include "crypto/minted_secret.hpp"
#include "tests/support/delegation_world.hpp"

namespace latchkey::delegation {
namespace {

using testing_support::DelegationWorld;
using testing_support::system_random;

/// "access token" -> its pattern: the rows `| secret | `pattern` |` of the table.
std::map<std::string, std::string> documented_patterns() {
    std::ifstream file(LATCHKEY_SOURCE_DIR "/SECURITY.md");
    std::map<std::string, std::string> patterns;
    const std::regex row(R"(^\| ([a-z ]+) \| `(lk_[^`]+)` \|.*$)");
    for (std::string line; std::getline(file, line);) {
        std::smatch found;
        if (std::regex_match(line, found, row)) patterns[found[1]] = found[2];
    }
    return patterns;
}

std::map<std::string, std::string> minted_secrets() {
    const DelegationWorld world;
    const IssuedTokens tokens = world.connect();
    const Secret master = crypto::mint(crypto::SecretKind::master_key, system_random());
    return {{"access token", std::string(tokens.access_token.reveal())},
            {"refresh token", std::string(tokens.refresh_token.reveal())},
            {"client secret", std::string(world.app.secret.reveal())},
            {"master key", std::string(master.reveal())}};
}

TEST(Scannable, EveryMintedSecretHasAPatternThatFindsItAndNoOther) {
    const auto patterns = documented_patterns();
    const auto secrets = minted_secrets();
    ASSERT_EQ(patterns.size(), secrets.size());
    for (const auto& [name, pattern] : patterns) {
        const std::regex expression(pattern);
        for (const auto& [kind, secret] : secrets) {
            EXPECT_EQ(std::regex_match(secret, expression), kind == name)
                << name << ": " << pattern;
        }
    }
}

TEST(Scannable, ASecretIsFoundWhole) {
    const auto patterns = documented_patterns();
    for (const auto& [kind, secret] : minted_secrets()) {
        for (const std::string& around :
             {std::string(R"({"token":"@","next":1})"), std::string("x = @;\n"),
              std::string("https://example.com/?t=@&y"), std::string("TOKEN='@'")}) {
            std::string text = around;
            text.replace(text.find('@'), 1, secret);
            std::smatch found;
            ASSERT_TRUE(std::regex_search(text, found, std::regex(patterns.at(kind)))) << kind;
            EXPECT_EQ(found.str(), secret) << around;
        }
    }
}

TEST(Scannable, ALookAlikeIsToldFromARealOneByItsChecksum) {
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
}  // namespace latchkey::delegation
