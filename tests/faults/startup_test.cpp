// What keeps the server from starting: each time an exit status of 1, a sentence that says what is
// wrong and what to do, and nothing changed.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "testing/databases.hpp"
#include "testing/transactions.hpp"
#include "tests/faults/http_client.hpp"
#include "tests/faults/partner.hpp"
#include "tests/faults/scene.hpp"
#include "tests/faults/server_process.hpp"

namespace latchkey::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::must;
using testing::TemporaryFolder;

class Startup : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }

    [[nodiscard]] Finished serve(Launch::RunAs run_as = Launch::RunAs::same_user,
                                 std::optional<std::uint64_t> max_file_bytes = {}) const {
        return run_program({.program = latchkey_program(),
                            .arguments = {"serve", "--data", data().string(), "--listen",
                                          "127.0.0.1:" + std::to_string(free_port())},
                            .output = {},
                            .max_file_bytes = max_file_bytes,
                            .run_as = run_as});
    }
    void expect_it_serves() const {
        EXPECT_NO_THROW(ServerProcess({data(), folder_.path() / "after.log"}));
    }

    TemporaryFolder folder_;
};

TEST_F(Startup, AReaderOfTheLogThatGoesAwayCostsLinesAndNotTheServer) {
    const std::filesystem::path pipe = folder_.path() / "log";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ASSERT_GE(reader, 0);
    const std::uint16_t port = free_port();
    ChildProcess server({.program = latchkey_program(),
                         .arguments = {"serve", "--data", data().string(), "--listen",
                                       "127.0.0.1:" + std::to_string(port)},
                         .output = pipe});
    const auto asks = [port] {
        HttpClient client(port);
        return client.post({"/oauth/token", "application/x-www-form-urlencoded", "", "a=b"}).status;
    };
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (asks() == 0 && std::chrono::steady_clock::now() < limit) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ASSERT_EQ(asks(), 401);
    ::close(reader);
    EXPECT_EQ(asks(), 401) << "each request is a line";
    EXPECT_TRUE(server.is_running());
    EXPECT_EQ(server.stop(), 0) << "so is the stop";
}

TEST_F(Startup, OnAUsedPortNamesThePortAndLeavesTheOtherServerAlone) {
    const Scene scene = make_scene(data(), {});
    const ServerProcess first({data(), folder_.path() / "first.log"});
    const std::string address = "127.0.0.1:" + std::to_string(first.port());
    const Finished second =
        run_program(latchkey_program(), {"serve", "--data", data().string(), "--listen", address});
    EXPECT_EQ(second.status, 1);
    EXPECT_THAT(second.output,
                AllOf(HasSubstr(address), HasSubstr("in use"), HasSubstr("--listen")));
    PartnerClient client(first.port(), scene.app);
    EXPECT_EQ(client.exchange(scene.people.front().consents.front().token).outcome, Outcome::ok);
}

TEST_F(Startup, WithAFileInTheFoldersPlaceLeavesTheFileAlone) {
    std::ofstream(data()) << "not a folder";
    const Finished finished = serve();
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.output, HasSubstr(data().string()));
    EXPECT_EQ(read_file(data()), "not a folder");
}

TEST_F(Startup, WithoutPermissionSaysWhoseFolderItIs) {
    (void)make_scene(data(), {});
    if (::geteuid() != 0) std::filesystem::permissions(data(), std::filesystem::perms::none);
    const Finished finished = serve(Launch::RunAs::nobody_if_root);
    if (finished.status == 127 || finished.status == 126) {
        GTEST_SKIP() << "SKIPPED: another user may not run " << latchkey_program();
    }
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.output,
                AllOf(HasSubstr(data().string()), HasSubstr("ermission"), HasSubstr("owner")));
    std::filesystem::permissions(data(), std::filesystem::perms::owner_all);
    expect_it_serves();
}

TEST_F(Startup, OnANewerSchemaAsksForTheNewerProgram) {
    (void)make_scene(data(), {});
    {
        const auto database = must(sqlite::open({.folder = data()}));
        const auto tx = must(testing::begin_write(*database));
        must(tx->execute("INSERT INTO schema_steps (version, applied_at) VALUES (9999, 1)", {}));
        must(tx->commit());
    }
    const Finished finished = serve();
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.output,
                AllOf(HasSubstr("newer version"), HasSubstr("9999"), HasSubstr("backup")));
    const Finished listed =
        run_program(latchkey_program(), {"app", "list", "--data", data().string(), "--json"});
    EXPECT_EQ(listed.status, 1);
    EXPECT_THAT(listed.output, HasSubstr("storage_version"));
}

TEST_F(Startup, OnAFileThatIsNoDatabaseLeavesItAlone) {
    std::filesystem::create_directory(data());
    const std::string text(8192, 'x');
    std::ofstream(data() / "latchkey.db") << text;
    const Finished finished = serve();
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.output, HasSubstr("not a database"));
    EXPECT_EQ(read_file(data() / "latchkey.db"), text);
}

TEST_F(Startup, WithoutItsMasterKeyMakesNoNewOne) {
    (void)make_scene(data(), {});
    const std::filesystem::path key = data() / "master.key";
    std::filesystem::rename(key, folder_.path() / "elsewhere");
    const Finished finished = serve();
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.output, HasSubstr("master"));
    EXPECT_FALSE(std::filesystem::exists(key));
    std::filesystem::rename(folder_.path() / "elsewhere", key);
    expect_it_serves();
}

TEST_F(Startup, OnAFullDiskSaysSoAndStartsWhenThereIsRoom) {
    constexpr std::uint64_t room = 20000;
    const Finished finished = serve(Launch::RunAs::same_user, room);
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.output, AllOf(HasSubstr("full"), HasSubstr("space")));
    expect_it_serves();
}

}  // namespace
}  // namespace latchkey::testing
