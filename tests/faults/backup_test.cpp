// A backup by the operator's command while partners are served, and the server that is started on
// it with the same master key, as docs/operations.md says.

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "testing/temporary_folder.hpp"
#include "tests/faults/partner.hpp"
#include "tests/faults/scene.hpp"
#include "tests/faults/server_process.hpp"

namespace latchkey::testing {
namespace {

class BackupOfAServer : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return folder_.path() / name;
    }
    [[nodiscard]] Finished run(const char* what, std::vector<std::string> more) const {
        std::vector<std::string> words = {what, "--data", path("data").string()};
        words.insert(words.end(), more.begin(), more.end());
        return run_program(latchkey_program(), words);
    }
    /// As docs/operations.md says, into a folder of its own.
    void restore() const {
        std::filesystem::create_directory(path("restored"));
        std::filesystem::copy_file(path("backup.db"), path("restored") / "latchkey.db");
        std::filesystem::copy_file(path("data") / "master.key", path("restored") / "master.key");
    }

    TemporaryFolder folder_;
};

TEST_F(BackupOfAServer, GivesEverythingThatWasAcknowledgedBeforeAndServesOn) {
    const Scene scene = make_scene(path("data"), {.people = 2, .consents = {2}});
    const Person& ada = scene.people.at(0);
    ServerProcess server({path("data"), path("server.log")});
    PartnerClient client(server.port(), scene.app);
    ASSERT_EQ(client.define_metafield().outcome, Outcome::ok);
    const Answer before = client.exchange(ada.consents.at(0).token);
    ASSERT_EQ(client.set_metafield(before.access_token, "gold").outcome, Outcome::ok);

    Finished backup;
    std::atomic<bool> finished = false;
    std::jthread operator_at_work([&] {
        backup = run("backup", {"--to", path("backup.db").string(), "--json"});
        finished = true;
    });
    std::string value;
    for (int i = 0; !finished || i < 10; ++i) {
        value = "value " + std::to_string(i);
        ASSERT_EQ(client.set_metafield(before.access_token, value).outcome, Outcome::ok);
    }
    operator_at_work.join();
    ASSERT_EQ(backup.status, 0) << backup.output;
    const Answer after = client.refresh(before.refresh_token);
    ASSERT_EQ(after.outcome, Outcome::ok);
    EXPECT_EQ(client.get_metafield(before.access_token).value, value) << "the server goes on";
    EXPECT_EQ(run("backup", {"--to", path("backup.db").string()}).status, 1) << "not overwritten";

    restore();
    ServerProcess restored({path("restored"), path("restored.log")});
    PartnerClient again(restored.port(), scene.app);
    const Answer read = again.get_metafield(before.access_token);
    EXPECT_EQ(read.outcome, Outcome::ok);
    EXPECT_TRUE(read.value == "gold" || read.value.starts_with("value ")) << read.value;
    EXPECT_EQ(again.exchange(ada.consents.at(0).token).outcome, Outcome::refused) << "used";
    EXPECT_EQ(again.refresh(after.refresh_token).outcome, Outcome::refused)
        << "rotated since the backup";
    EXPECT_EQ(again.issue_again(before.public_id).outcome, Outcome::ok);
    EXPECT_EQ(again.exchange(scene.people.at(1).consents.at(0).token).outcome, Outcome::ok);
}

TEST_F(BackupOfAServer, NeedsNoMasterKeyAndIsWorthNothingWithoutIt) {
    (void)make_scene(path("data"), {});
    std::filesystem::rename(path("data") / "master.key", path("kept.key"));
    ASSERT_EQ(run("backup", {"--to", path("backup.db").string()}).status, 0);
    std::filesystem::create_directory(path("restored"));
    std::filesystem::copy_file(path("backup.db"), path("restored") / "latchkey.db");
    const std::vector<std::string> list = {"app", "list", "--data", path("restored").string()};
    EXPECT_EQ(run_program(latchkey_program(), list).status, 1);
    std::filesystem::rename(path("kept.key"), path("restored") / "master.key");
    EXPECT_EQ(run_program(latchkey_program(), list).status, 0);
}

}  // namespace
}  // namespace latchkey::testing
