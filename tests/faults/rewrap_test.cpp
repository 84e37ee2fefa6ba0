// The master key is changed by a command that is killed at random moments: the whole ring opens
// with the old key or with the new one, each time.

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <thread>

#include "testing/temporary_folder.hpp"
#include "tests/faults/partner.hpp"
#include "tests/faults/scene.hpp"
#include "tests/faults/server_process.hpp"

namespace latchkey::testing {
namespace {

class Rewrap : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return folder_.path() / name;
    }
    /// Whether this key opens the ring.
    [[nodiscard]] bool opens(const std::filesystem::path& key) const {
        return std::filesystem::exists(key) &&
               run_program(latchkey_program(), {"keys", "list", "--data", path("data").string(),
                                                "--master-key-file", key.string()})
                       .status == 0;
    }
    [[nodiscard]] Launch rewrap(const std::filesystem::path& from,
                                const std::filesystem::path& to) const {
        return {.program = latchkey_program(),
                .arguments = {"keys", "rewrap", "--data", path("data").string(),
                              "--master-key-file", from.string(), "--new-master-key", to.string()},
                .output = path("rewrap.log")};
    }

    TemporaryFolder folder_;
};

TEST_F(Rewrap, KilledAtAnyMomentLeavesTheOldKeyOrTheNewOne) {
    constexpr int kills = 15;
    (void)make_scene(path("data"), {});
    std::filesystem::path current = path("data") / "master.key";
    const auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(ChildProcess(rewrap(current, path("key-0"))).wait(), 0);
    current = path("key-0");
    const auto whole = std::chrono::steady_clock::now() - began;

    std::mt19937_64 dice(4);
    int changed = 0;
    for (int i = 1; i <= kills; ++i) {
        const std::filesystem::path next = path("key-" + std::to_string(i));
        {
            ChildProcess command(rewrap(current, next));
            std::this_thread::sleep_for(whole * (dice() % 1000) / 1000);
            command.kill();
        }
        const bool by_old = opens(current);
        ASSERT_NE(by_old, opens(next)) << "after kill " << i;
        if (!by_old) {
            current = next;
            ++changed;
        }
    }
    RecordProperty("changed", changed);
}

TEST_F(Rewrap, ARunningServerGoesOnAndTheNextOneNeedsTheNewKey) {
    const Scene scene = make_scene(path("data"), {.people = 1, .consents = {2}});
    const std::filesystem::path old_key = path("data") / "master.key";
    Answer tokens;
    {
        ServerProcess server({path("data"), path("before.log")});
        ASSERT_EQ(ChildProcess(rewrap(old_key, path("new.key"))).wait(), 0);
        PartnerClient client(server.port(), scene.app);
        tokens = client.exchange(scene.people.front().consents.front().token);
        EXPECT_EQ(tokens.outcome, Outcome::ok);
        EXPECT_EQ(server.process().stop(), 0);
    }
    EXPECT_FALSE(opens(old_key));
    ServerProcess server(
        {path("data"), path("after.log"), {"--master-key-file", path("new.key").string()}});
    PartnerClient client(server.port(), scene.app);
    EXPECT_EQ(client.refresh(tokens.refresh_token).outcome, Outcome::ok);
    EXPECT_EQ(client.issue_again(tokens.public_id).outcome, Outcome::ok);
}

}  // namespace
}  // namespace latchkey::testing
