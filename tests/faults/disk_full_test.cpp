// The disk fills up under a running server. Writes are refused with 503 and change nothing, reads
// go on, everything acknowledged stays, and when there is room again so does the rest.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "testing/databases.hpp"
#include "tests/faults/partner.hpp"
#include "tests/faults/scene.hpp"
#include "tests/faults/server_process.hpp"

namespace latchkey::testing {
namespace {

constexpr std::size_t writes_until_full = 2000;

class DiskFull : public ::testing::Test {
protected:
    DiskFull()
        : scene_(make_scene(data(), {.people = 1, .consents = {8}})),
          server_(std::make_unique<ServerProcess>(ServerOptions{data(), log_file()})),
          client_(std::make_unique<PartnerClient>(server_->port(), scene_.app)) {
        EXPECT_EQ(client_->define_metafield().outcome, Outcome::ok);
        tokens_ = client_->exchange(consent(0));
        EXPECT_EQ(tokens_.outcome, Outcome::ok);
    }

    [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
    [[nodiscard]] std::filesystem::path log_file() const { return folder_.path() / "server.log"; }
    [[nodiscard]] const std::string& consent(std::size_t n) const {
        return scene_.people.front().consents.at(n).token;
    }

    /// No file may grow any more: the log of the store is the first to feel it.
    void fill_disk() {
        server_->process().limit_files(std::filesystem::file_size(data() / "latchkey.db-wal") +
                                       16384);
    }
    void free_disk() { server_->process().limit_files(std::nullopt); }

    /// Writes until the first refusal: the last value that was acknowledged.
    [[nodiscard]] std::string write_until_full() {
        std::string last;
        for (std::size_t i = 0; i < writes_until_full; ++i) {
            const std::string value = "v" + std::to_string(i);
            const Answer answer = client_->set_metafield(tokens_.access_token, value);
            if (answer.outcome == Outcome::unavailable) return last;
            EXPECT_EQ(answer.outcome, Outcome::ok);
            last = value;
        }
        ADD_FAILURE() << "the disk does not fill up";
        return last;
    }

    void restart() {
        EXPECT_EQ(server_->process().stop(), 0);
        server_ = std::make_unique<ServerProcess>(ServerOptions{data(), log_file()});
        client_ = std::make_unique<PartnerClient>(server_->port(), scene_.app);
    }

    testing::TemporaryFolder folder_;
    Scene scene_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<PartnerClient> client_;
    Answer tokens_;
};

TEST_F(DiskFull, RefusesWritesAnswersReadsAndRecovers) {
    fill_disk();
    const std::string last = write_until_full();
    ASSERT_FALSE(last.empty());
    EXPECT_EQ(client_->get_metafield(tokens_.access_token).value, last);
    EXPECT_EQ(client_->exchange(consent(1)).outcome, Outcome::unavailable);
    EXPECT_EQ(client_->refresh(tokens_.refresh_token).outcome, Outcome::unavailable);
    EXPECT_EQ(client_->issue_again(tokens_.public_id).outcome, Outcome::unavailable);
    EXPECT_EQ(client_->get_metafield(tokens_.access_token).value, last);

    free_disk();
    // What was refused has not happened: the consent token is as good as new.
    EXPECT_EQ(client_->exchange(consent(1)).outcome, Outcome::ok);
    EXPECT_EQ(client_->refresh(tokens_.refresh_token).outcome, Outcome::ok);
    EXPECT_EQ(client_->set_metafield(tokens_.access_token, "after").outcome, Outcome::ok);
    restart();
    EXPECT_EQ(client_->get_metafield(tokens_.access_token).value, "after");
    EXPECT_EQ(client_->exchange(consent(1)).outcome, Outcome::refused);
}

TEST_F(DiskFull, LosesNothingWhenTheServerIsKilledThen) {
    fill_disk();
    const std::string last = write_until_full();
    EXPECT_EQ(client_->exchange(consent(1)).outcome, Outcome::unavailable);
    server_->process().kill();
    server_ = std::make_unique<ServerProcess>(ServerOptions{data(), log_file()});
    client_ = std::make_unique<PartnerClient>(server_->port(), scene_.app);
    EXPECT_EQ(client_->get_metafield(tokens_.access_token).value, last);
    EXPECT_EQ(client_->exchange(consent(0)).outcome, Outcome::refused);
    EXPECT_EQ(client_->exchange(consent(1)).outcome, Outcome::ok);
}

TEST_F(DiskFull, TellsTheOperatorInTheLog) {
    fill_disk();
    (void)write_until_full();
    free_disk();
    EXPECT_THAT(server_->log(), ::testing::HasSubstr("storage"));
}

}  // namespace
}  // namespace latchkey::testing
