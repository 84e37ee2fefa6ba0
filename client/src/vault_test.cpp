#include "latchkey/client/vault.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "temporary_folder_test.hpp"

namespace latchkey::client {
namespace {

namespace fs = std::filesystem;

constexpr VaultOwner ada{"client-1", "user-ada"};
constexpr VaultOwner bob{"client-1", "user-bob"};
constexpr std::string_view token = "lk_rt_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ";

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, std::string_view contents) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(contents.data(), static_cast<std::streamsize>(contents.size()));
}

mode_t mode_of(const fs::path& path) {
    struct stat status{};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
}

class VaultTest : public ::testing::Test {
protected:
    VaultPaths paths() const { return {folder / "vault", folder / "vault.key"}; }
    Vault open() {
        auto vault = Vault::open(paths());
        if (!vault) throw std::runtime_error(vault.error().message);
        return std::move(*vault);
    }
    static void store(Vault& vault, const VaultOwner& owner, std::string_view text) {
        const auto stored = vault.store(owner, Secret(std::string(text)));
        ASSERT_TRUE(stored) << stored.error().message;
    }
    /// The token's text, "(none)", or the kind of the error.
    static std::string find(const Vault& vault, const VaultOwner& owner) {
        const auto found = vault.find(owner);
        if (!found) return std::string(to_string(found.error().kind));
        return *found ? std::string((**found).reveal()) : "(none)";
    }
    std::vector<fs::path> sealed_files() const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder / "vault")) {
            if (entry.path().extension() == ".sealed") files.push_back(entry.path());
        }
        return files;
    }
    fs::path only_file() const {
        const auto files = sealed_files();
        EXPECT_EQ(files.size(), 1U);
        return files.at(0);
    }

    TemporaryFolder folder;
};

TEST_F(VaultTest, KeepsOneTokenForEachAppAndUser) {
    {
        Vault vault = open();
        EXPECT_EQ(find(vault, ada), "(none)");
        store(vault, ada, "first");
        store(vault, ada, token);
        store(vault, bob, "bob's");
        store(vault, {"client-2", "user-ada"}, "another app's");
    }
    const Vault again = open();
    EXPECT_EQ(find(again, ada), token);
    EXPECT_EQ(find(again, bob), "bob's");
    EXPECT_EQ(find(again, {"client-2", "user-ada"}), "another app's");
    EXPECT_EQ(find(again, {"client-1user-", "ada"}), "(none)") << "parts do not run together";
}

TEST_F(VaultTest, ForgetsWhatIsErased) {
    Vault vault = open();
    store(vault, ada, token);
    ASSERT_TRUE(vault.erase(ada));
    EXPECT_EQ(find(vault, ada), "(none)");
    EXPECT_TRUE(sealed_files().empty());
    EXPECT_TRUE(vault.erase(ada)) << "erasing nothing is no error";
}

TEST_F(VaultTest, TellsNothingByNameOrContents) {
    Vault vault = open();
    store(vault, ada, token);
    const fs::path file = only_file();
    EXPECT_EQ(file.string().find("ada"), std::string::npos);
    EXPECT_EQ(read_file(file).find("lk_rt_"), std::string::npos);
    EXPECT_EQ(mode_of(file), 0600U);
    EXPECT_EQ(mode_of(folder / "vault"), 0700U);
    EXPECT_EQ(mode_of(folder / "vault.key"), 0600U);
}

TEST_F(VaultTest, SealsTheSameTokenDifferentlyEachTime) {
    Vault vault = open();
    store(vault, ada, token);
    const std::string first = read_file(only_file());
    store(vault, ada, token);
    const std::string second = read_file(only_file());
    EXPECT_EQ(first.size(), second.size());
    EXPECT_NE(first, second);
    EXPECT_NE(first.substr(8, 12), second.substr(8, 12)) << "the nonce";
    EXPECT_EQ(first.substr(0, 8), std::string("LKVT\x01\0\0\0", 8));
}

TEST_F(VaultTest, RefusesEveryChangedByte) {
    Vault vault = open();
    store(vault, ada, token);
    const std::string good = read_file(only_file());
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const unsigned bit : {0x01U, 0x80U}) {
            std::string bad = good;
            bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ bit);
            write_file(only_file(), bad);
            EXPECT_EQ(find(vault, ada), at == 4 ? "unsupported" : "damaged") << at;
        }
    }
    write_file(only_file(), good);
    EXPECT_EQ(find(vault, ada), token);
}

TEST_F(VaultTest, RefusesAFileOfAnyOtherLength) {
    Vault vault = open();
    store(vault, ada, token);
    const std::string good = read_file(only_file());
    for (std::size_t size = 0; size < good.size(); ++size) {
        write_file(only_file(), good.substr(0, size));
        EXPECT_EQ(find(vault, ada), "damaged") << size;
    }
    write_file(only_file(), good + "x");
    EXPECT_EQ(find(vault, ada), "damaged");
    write_file(only_file(), std::string(1U << 20U, 'x'));
    EXPECT_EQ(find(vault, ada), "too_large");
}

TEST_F(VaultTest, OpensNoFileInAnothersPlace) {
    Vault vault = open();
    store(vault, ada, token);
    const fs::path file_of_ada = only_file();
    const VaultOwner other_app{"client-2", "user-ada"};
    for (const VaultOwner& thief : {bob, other_app}) {
        store(vault, thief, "own");
        for (const fs::path& file : sealed_files()) {
            if (file != file_of_ada) write_file(file, read_file(file_of_ada));
        }
        EXPECT_EQ(find(vault, thief), "damaged");
        ASSERT_TRUE(vault.erase(thief));
    }
    EXPECT_EQ(find(vault, ada), token);
}

TEST_F(VaultTest, OpensNothingWithAnotherKey) {
    {
        Vault vault = open();
        store(vault, ada, token);
    }
    fs::remove(folder / "vault.key");
    const Vault vault = open();
    EXPECT_EQ(find(vault, ada), "damaged");
}

TEST_F(VaultTest, RefusesAKeyThatOthersCanRead) {
    open();
    for (const mode_t mode : {0640U, 0604U, 0660U, 0610U, 0777U}) {
        ASSERT_EQ(::chmod((folder / "vault.key").c_str(), mode), 0);
        const auto refused = Vault::open(paths());
        ASSERT_FALSE(refused) << mode;
        EXPECT_EQ(refused.error().kind, ErrorKind::no_permission);
        EXPECT_NE(refused.error().message.find("chmod 600"), std::string::npos);
    }
    ASSERT_EQ(::chmod((folder / "vault.key").c_str(), 0400), 0);
    EXPECT_TRUE(Vault::open(paths()));
}

TEST_F(VaultTest, RefusesAKeyThatIsNone) {
    open();
    const std::string key = read_file(folder / "vault.key");
    const std::vector<std::string> bad = {"", "\n", "short\n", key.substr(1), key + key, "!" + key};
    for (const std::string& contents : bad) {
        write_file(folder / "vault.key", contents);
        const auto refused = Vault::open(paths());
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::malformed);
        if (!contents.empty() && contents.size() > 1) {
            EXPECT_EQ(refused.error().message.find(contents), std::string::npos);
        }
    }
    fs::remove(folder / "vault.key");
    ASSERT_EQ(::mkfifo((folder / "vault.key").c_str(), 0600), 0);
    EXPECT_EQ(Vault::open(paths()).error().kind, ErrorKind::malformed);
    fs::remove(folder / "vault.key");
    write_file(folder / "vault.key", key);
    ASSERT_EQ(::chmod((folder / "vault.key").c_str(), 0600), 0);
    EXPECT_TRUE(Vault::open(paths()));
}

TEST_F(VaultTest, RefusesAFolderThatIsNone) {
    write_file(folder / "vault", "a file");
    EXPECT_EQ(Vault::open(paths()).error().kind, ErrorKind::malformed);
}

TEST_F(VaultTest, IsOpenOnceAtATime) {
    {
        const Vault vault = open();
        const auto second = Vault::open(paths());
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().kind, ErrorKind::in_use);
    }
    EXPECT_TRUE(Vault::open(paths()));
}

TEST_F(VaultTest, RefusesATokenThatIsTooLong) {
    Vault vault = open();
    EXPECT_EQ(vault.store(ada, Secret(std::string(4097, 'x'))).error().kind, ErrorKind::too_large);
    store(vault, ada, std::string(4096, 'x'));
    EXPECT_EQ(find(vault, ada), std::string(4096, 'x'));
}

TEST_F(VaultTest, SweepsUpAfterACrashBetweenWriteAndRename) {
    {
        Vault vault = open();
        store(vault, ada, token);
    }
    const fs::path leftover = folder / "vault" / ".new-0123456789abcdef";
    write_file(leftover, "LKVT half a file");
    const Vault vault = open();
    EXPECT_EQ(find(vault, ada), token);
    EXPECT_FALSE(fs::exists(leftover));
}

TEST_F(VaultTest, KeepsTheOldTokenWhenTheDiskTakesNoMore) {
    Vault vault = open();
    store(vault, ada, token);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto on_signal = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{10, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto refused = vault.store(ada, Secret("the new token"));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, on_signal);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::storage_failed);
    EXPECT_EQ(find(vault, ada), token);
    for (const auto& entry : fs::directory_iterator(folder / "vault")) {
        EXPECT_FALSE(entry.path().filename().string().starts_with(".new-")) << entry.path();
    }
}

// A process that stores as fast as it can, killed at whatever moment it is in.
TEST_F(VaultTest, HoldsAWholeTokenAfterKill9) {
    for (int round = 0; round < 20; ++round) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto vault = Vault::open(paths());
            for (unsigned i = 0; vault; ++i) {
                const char letter = static_cast<char>('a' + i % 26);
                if (!vault->store(ada, Secret(std::string(1000, letter)))) break;
            }
            ::_exit(1);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + 7 * round));
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself: " << status;
        const Vault vault = open();
        const std::string found = find(vault, ada);
        if (found == "(none)") continue;  // killed before its first store
        ASSERT_EQ(found.size(), 1000U) << found;
        EXPECT_EQ(found, std::string(1000, found[0]));
    }
    EXPECT_LE(sealed_files().size(), 1U);
}

TEST_F(VaultTest, ServesManyThreads) {
    Vault vault = open();
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&vault, i] {
            const std::string user = "user-" + std::to_string(i);
            const VaultOwner owner{"client-1", user};
            for (int round = 0; round < 10; ++round) {
                store(vault, owner, user + std::to_string(round));
                EXPECT_EQ(find(vault, owner), user + std::to_string(round));
                store(vault, ada, "shared");
            }
        });
    }
    threads.clear();
    EXPECT_EQ(find(vault, ada), "shared");
}

}  // namespace
}  // namespace latchkey::client
