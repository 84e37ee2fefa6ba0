#pragma once

// The operator's commands, from the words on the line to what is printed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "apps/latchkey/cli/commands.hpp"
#include "base/text/text.hpp"
#include "crypto/system_random.hpp"
#include "json/value.hpp"
#include "testing/test_server.hpp"

namespace latchkey::testing {

class Commands : public ::testing::Test {
protected:
    Commands() : folder(::testing::TempDir() + "latchkey-commands-" + std::to_string(::getpid())) {
        std::filesystem::remove_all(folder);
    }
    ~Commands() override { std::filesystem::remove_all(folder); }

    /// The words, as the shell would split them at spaces; `~` stands for a space inside one.
    std::string run(const std::string& line) {
        std::vector<std::string> words = {"latchkey"};
        for (const std::string_view word : split_words(line)) words.emplace_back(word);
        for (auto& word : words) std::ranges::replace(word, '~', ' ');
        words.insert(words.end(), {"--data", folder});
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());

        ::testing::internal::CaptureStdout();
        const auto parsed =
            cli::parse_command_line(static_cast<int>(arguments.size()), arguments.data());
        error.clear();
        detail.clear();
        message.clear();
        if (const auto* command = std::get_if<cli::Command>(&parsed)) {
            std::visit(
                [&](const auto& chosen) {
                    const auto done = cli::run(chosen, {clock, random});
                    if (done) return;
                    error = to_string(done.error().code);
                    detail = done.error().detail;
                    message = done.error().public_text.view();
                },
                *command);
        } else {
            error = "usage";
        }
        return ::testing::internal::GetCapturedStdout();
    }
    json::Value run_json(const std::string& line) {
        const std::string out = run(line + " --json");
        EXPECT_EQ(error, "") << line;
        EXPECT_EQ(std::ranges::count(out, '\n'), 1) << line;
        auto value = json::parse(out);
        EXPECT_TRUE(value) << out;
        return value ? std::move(*value) : json::Value();
    }
    static std::vector<std::string> names(const json::Value& value) {
        std::vector<std::string> out;
        if (const auto* members = value.object()) {
            for (const auto& [name, member] : *members) out.push_back(name);
        }
        return out;
    }
    static std::string text(const json::Value& value, std::string_view name) {
        const json::Value* member = value.find(name);
        return member != nullptr && member->string() != nullptr ? *member->string() : "";
    }

    std::string folder;
    TestClock clock;
    crypto::SystemRandom random;
    std::string error, detail, message;
};

}  // namespace latchkey::testing
