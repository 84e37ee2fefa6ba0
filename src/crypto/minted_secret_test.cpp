#include "crypto/minted_secret.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>
#include <thread>

#include "crypto/system_random.hpp"

namespace latchkey::crypto {
namespace {

class FixedRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, std::uint8_t{0x42}); }
};

TEST(MintedSecret, HasThePrefixThePayloadAndTheChecksum) {
    FixedRandom random;
    const Secret secret = mint(SecretKind::client_secret, random);
    EXPECT_EQ(secret.reveal().substr(0, 49), "lk_cs_QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI");
    EXPECT_EQ(secret.size(), 55U);
    EXPECT_TRUE(check(SecretKind::client_secret, secret.reveal()));
}

TEST(MintedSecret, IsOfOneKind) {
    SystemRandom random;
    constexpr std::array kinds = {SecretKind::access_token, SecretKind::refresh_token,
                                  SecretKind::client_secret, SecretKind::master_key};
    for (const SecretKind minted : kinds) {
        const Secret secret = mint(minted, random);
        for (const SecretKind asked : kinds) {
            EXPECT_EQ(check(asked, secret.reveal()), asked == minted);
        }
    }
}

TEST(MintedSecret, RefusesEveryTypingError) {
    FixedRandom random;
    const Secret secret = mint(SecretKind::client_secret, random);
    const std::string text(secret.reveal());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        EXPECT_FALSE(check(SecretKind::client_secret, changed)) << i;
        EXPECT_FALSE(check(SecretKind::client_secret, text.substr(0, i))) << i;
        if (i + 1 < text.size() && text[i] != text[i + 1]) {
            changed = text;
            std::swap(changed[i], changed[i + 1]);
            EXPECT_FALSE(check(SecretKind::client_secret, changed)) << i;
        }
    }
    for (const std::string& wrong :
         {text + "0", " " + text, text + "\n", std::string("lk_cs_"), std::string(5000, 'x')}) {
        EXPECT_FALSE(check(SecretKind::client_secret, wrong));
    }
}

TEST(MintedSecret, CarriesAPayloadOfAnyLength) {
    const Bytes payload(91, 0x5A);
    std::string out = "Bearer ";
    append_minted(SecretKind::access_token, payload, out);
    const std::string_view token = std::string_view(out).substr(7);
    EXPECT_EQ(read_minted(SecretKind::access_token, token), payload);
    EXPECT_FALSE(check(SecretKind::access_token, token)) << "not 256 bits: mint() made no such one";
    EXPECT_EQ(read_minted(SecretKind::refresh_token, token), std::nullopt);
}

TEST(SystemRandom, NeverRepeats) {
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 2000; ++i) {
        std::array<std::uint8_t, 16> bytes{};
        random.fill(bytes);
        EXPECT_TRUE(seen.insert(to_hex(bytes)).second);
    }
    Bytes large(100000, 0);
    random.fill(large);
    EXPECT_GT(std::ranges::count_if(large, [](std::uint8_t b) { return b != 0; }), 99000);
    random.fill({});
}

TEST(SystemRandom, GivesThreadsDifferentBytes) {
    std::array<std::array<std::uint8_t, 16>, 2> bytes{};
    std::array<std::thread, 2> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i] = std::thread([&bytes, i] {
            SystemRandom random;
            random.fill(bytes[i]);
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_NE(bytes[0], bytes[1]);
}

TEST(SystemRandom, DoesNotRepeatInTheChildOfAFork) {
    SystemRandom random;
    std::array<std::uint8_t, 16> mine{};
    std::array<std::uint8_t, 16> of_child{};
    random.fill(mine);  // the buffer is full now, and the child has a copy
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        random.fill(mine);
        const bool sent = write(ends[1], mine.data(), mine.size()) == 16;
        _exit(sent ? 0 : 1);
    }
    random.fill(mine);
    EXPECT_EQ(read(ends[0], of_child.data(), of_child.size()), 16);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    close(ends[0]);
    close(ends[1]);
    EXPECT_NE(mine, of_child);
}

}  // namespace
}  // namespace latchkey::crypto
