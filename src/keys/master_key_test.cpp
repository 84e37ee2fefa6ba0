#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <thread>

#include "crypto/constant_time.hpp"
#include "crypto/minted_secret.hpp"
#include "crypto/system_random.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::keys {
namespace {

class MasterKey : public ::testing::Test {
protected:
    MasterKey() {
        std::array<std::uint8_t, 8> bytes{};
        random.fill(bytes);
        folder = ::testing::TempDir() + "latchkey-master-" + to_hex(bytes);
        std::filesystem::create_directory(folder);
        path = folder + "/master.key";
    }
    ~MasterKey() override { std::filesystem::remove_all(folder); }
    void write(std::string_view text, mode_t mode = 0600) {
        std::ofstream(path, std::ios::binary) << text;
        ASSERT_EQ(chmod(path.c_str(), mode), 0);
    }
    std::size_t files() const {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) {
            ++count;
        }
        return count;
    }

    crypto::SystemRandom random;
    std::string folder;
    std::string path;
};

TEST_F(MasterKey, IsMadeOnceForItsOwnerAlone) {
    const auto made = load_or_create_master_key(path, random);
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->size(), KeyRing::key_size);
    struct stat status{};
    ASSERT_EQ(stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0600U);
    EXPECT_EQ(files(), 1U) << "no temporary file stays behind";
    const auto again = load_or_create_master_key(path, random);
    ASSERT_TRUE(again);
    EXPECT_TRUE(crypto::equal_constant_time(*made, *again));
}

TEST_F(MasterKey, IsOneLineOfText) {
    ASSERT_TRUE(load_or_create_master_key(path, random));
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    EXPECT_TRUE(line.starts_with("lk_mk_"));
    EXPECT_TRUE(crypto::check(crypto::SecretKind::master_key, line));
    EXPECT_TRUE(parse_master_key(" " + line + "\r\n"));
}

TEST_F(MasterKey, IsRefusedWhenOthersCanReadIt) {
    ASSERT_TRUE(load_or_create_master_key(path, random));
    for (const mode_t mode : {0640U, 0604U, 0644U, 0660U, 0610U, 0601U}) {
        ASSERT_EQ(chmod(path.c_str(), mode), 0);
        const auto refused = load_or_create_master_key(path, random);
        ASSERT_FALSE(refused) << mode;
        EXPECT_EQ(refused.error().code, ErrorCode::no_permission) << mode;
        EXPECT_EQ(refused.error().detail, "run: chmod 600 " + path);
    }
    ASSERT_EQ(chmod(path.c_str(), 0400), 0);
    EXPECT_TRUE(load_or_create_master_key(path, random));
}

TEST_F(MasterKey, IsRefusedWhenDamagedAndNeverReplaced) {
    ASSERT_TRUE(load_or_create_master_key(path, random));
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    std::string typo = line;
    typo[20] = typo[20] == 'a' ? 'b' : 'a';
    for (const std::string& text :
         {std::string(), std::string("\n"), typo, line.substr(0, line.size() - 1),
          line + "\n" + line, std::string(5000, 'x')}) {
        write(text);
        const auto refused = load_or_create_master_key(path, random);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::malformed);
        EXPECT_EQ(refused.error().detail, path) << "names the file, not what is in it";
    }
    EXPECT_EQ(files(), 1U);
}

TEST_F(MasterKey, SaysWhatIsWrongWithItsPlace) {
    EXPECT_EQ(load_or_create_master_key(folder, random).error().code, ErrorCode::malformed)
        << "a folder";
    EXPECT_EQ(load_or_create_master_key(folder + "/none/master.key", random).error().code,
              ErrorCode::storage_failed);
    ASSERT_EQ(symlink("nowhere", path.c_str()), 0);
    EXPECT_FALSE(load_or_create_master_key(path, random)) << "a link that leads nowhere";
}

TEST_F(MasterKey, IsTheSameForAllWhoMakeItAtOnce) {
    std::array<Secret, 8> keys;
    std::array<std::thread, 8> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i] = std::thread([this, &keys, i] {
            auto key = load_or_create_master_key(path, random);
            if (key) keys[i] = std::move(*key);
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const Secret& key : keys) {
        EXPECT_EQ(key.size(), KeyRing::key_size);
        EXPECT_TRUE(crypto::equal_constant_time(key, keys[0]));
    }
    EXPECT_EQ(files(), 1U);
}

}  // namespace
}  // namespace latchkey::keys
