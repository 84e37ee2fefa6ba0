#include "people/email_codes.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <set>

#include "database/run_write.hpp"
#include "people/world_test.hpp"
#include "store/email_challenges.hpp"
#include "testing/transactions.hpp"

namespace latchkey::people {
namespace {

class EmailCodesTest : public IdentityTest {
protected:
    Result<ChallengeId> try_start(std::string_view email, std::string_view peer) {
        const CodeRequest request{email, browser_, peer, "Fern & Fable", "en"};
        const auto tx = must(testing::begin_write(*database_));
        auto started = codes_.start(*tx, request, now());
        must(tx->commit());
        return started;
    }
    ChallengeId start() { return must(try_start("ada@example.com", "192.0.2.1")); }

    CheckedCode check(ChallengeId id, std::string_view code) { return check(id, code, browser_); }
    CheckedCode check(ChallengeId id, std::string_view code, std::string_view browser) {
        return write(
            [&](auto& tx) { return codes_.check(tx, {id, code, browser, "192.0.2.1"}, now()); });
    }
    /// Six digits that are not the code.
    [[nodiscard]] std::string wrong_code() const {
        std::string code = mail_.code;
        code[5] = code[5] == '9' ? '0' : static_cast<char>(code[5] + 1);
        return code;
    }

    std::string browser_ = "the secret in this browser's cookie";
    LastMail mail_;
    EmailCodes codes_{{keys(), random(), mail_}};
};

TEST_F(EmailCodesTest, MailsSixDigitsThatSignIn) {
    const ChallengeId id = start();
    EXPECT_EQ(mail_.recipient, "ada@example.com");
    ASSERT_EQ(mail_.code.size(), 6U);
    EXPECT_TRUE(std::ranges::all_of(mail_.code, [](char c) { return c >= '0' && c <= '9'; }));
    const CheckedCode checked = check(id, mail_.code);
    EXPECT_EQ(checked.verdict, CodeVerdict::right);
    EXPECT_EQ(checked.email, "ada@example.com");
}

TEST_F(EmailCodesTest, TakesTheSpacesAndHyphensThatPeopleType) {
    const ChallengeId id = start();
    const std::string typed = " " + mail_.code.substr(0, 3) + "-" + mail_.code.substr(3) + " ";
    EXPECT_EQ(check(id, typed).verdict, CodeVerdict::right);
}

TEST_F(EmailCodesTest, IsGoodOnce) {
    const ChallengeId id = start();
    EXPECT_EQ(check(id, mail_.code).verdict, CodeVerdict::right);
    EXPECT_EQ(check(id, mail_.code).verdict, CodeVerdict::used_up);
}

TEST_F(EmailCodesTest, AllowsFiveTriesAndTellsNothingByTheSixth) {
    const ChallengeId id = start();
    for (int i = 1; i < max_code_tries; ++i) {
        EXPECT_EQ(check(id, wrong_code()).verdict, CodeVerdict::wrong) << i;
    }
    EXPECT_EQ(check(id, wrong_code()).verdict, CodeVerdict::used_up) << "the fifth is the last";
    EXPECT_EQ(check(id, mail_.code).verdict, CodeVerdict::used_up) << "even the right one now";
}

TEST_F(EmailCodesTest, TheFifthTryMayStillBeRight) {
    const ChallengeId id = start();
    for (int i = 1; i < max_code_tries; ++i) (void)check(id, wrong_code());
    EXPECT_EQ(check(id, mail_.code).verdict, CodeVerdict::right);
}

TEST_F(EmailCodesTest, TriesStayCountedAcrossARestart) {
    const ChallengeId id = start();
    for (int i = 1; i < max_code_tries; ++i) (void)check(id, wrong_code());
    database_.reset();
    database_ = testing::open_store(world_.folder);
    EXPECT_EQ(check(id, wrong_code()).verdict, CodeVerdict::used_up);
    EXPECT_EQ(check(id, mail_.code).verdict, CodeVerdict::used_up);
}

TEST_F(EmailCodesTest, LastsTenMinutesToTheSecond) {
    const ChallengeId first = start();
    clock_.advance(code_lifetime - Seconds(1));
    EXPECT_EQ(check(first, mail_.code).verdict, CodeVerdict::right);
    const ChallengeId second = start();
    clock_.advance(code_lifetime);
    EXPECT_EQ(check(second, mail_.code).verdict, CodeVerdict::used_up);
}

TEST_F(EmailCodesTest, IsBoundToTheBrowserThatAsked) {
    const ChallengeId id = start();
    EXPECT_EQ(check(id, mail_.code, "another browser").verdict, CodeVerdict::used_up);
    EXPECT_EQ(check(id, mail_.code, "").verdict, CodeVerdict::used_up);
    EXPECT_EQ(check(id, mail_.code).verdict, CodeVerdict::right) << "the owner is not locked out";
}

TEST_F(EmailCodesTest, ACodeOpensItsOwnChallengeAlone) {
    const ChallengeId first = start();
    const std::string first_code = mail_.code;
    const ChallengeId second = start();
    if (first_code == mail_.code) GTEST_SKIP() << "one in a million";
    EXPECT_EQ(check(second, first_code).verdict, CodeVerdict::wrong);
    EXPECT_EQ(check(make_id<ChallengeId>(random()), mail_.code).verdict, CodeVerdict::used_up);
    EXPECT_EQ(check(first, first_code).verdict, CodeVerdict::right);
}

TEST_F(EmailCodesTest, WhatIsNotSixDigitsIsAWrongTry) {
    const ChallengeId id = start();
    for (const std::string typed : {"", "12345", "abcdef"}) {
        EXPECT_EQ(check(id, typed).verdict, CodeVerdict::wrong) << typed;
    }
    EXPECT_EQ(check(id, std::string(100'000, '1')).verdict, CodeVerdict::wrong);
}

// Attack class 24.
TEST_F(EmailCodesTest, Attack24OneAddressGetsFiveCodesInAQuarterOfAnHour) {
    for (int i = 0; i < codes_per_address.max_events; ++i) {
        const std::string peer = "192.0.2." + std::to_string(i);
        EXPECT_TRUE(try_start(i % 2 == 0 ? "ada@example.com" : "ADA@example.com", peer));
    }
    const auto refused = try_start("Ada@example.com", "198.51.100.7");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
    EXPECT_EQ(mail_.count, codes_per_address.max_events) << "and no mail goes out";
    clock_.advance(codes_per_address.window);
    EXPECT_TRUE(try_start("ada@example.com", "192.0.2.1"));
}

// A neighbour in the group that writes and leaves makes all of the group run again.
TEST_F(EmailCodesTest, Attack24OneAddressGetsFiveCodesAlsoBesideASpoiledGroup) {
    int runs = 0;
    int sent = 0;
    for (int i = 0; i < codes_per_address.max_events + 1; ++i) {
        std::optional<ErrorCode> refused;
        const auto work = [&](database::WriteGroup& group) {
            ++runs;
            refused.reset();
            {
                const CodeRequest request{"ada@example.com", browser_, "192.0.2.1", "Fern", "en"};
                const auto tx = must(group.begin());
                const auto started = codes_.start(*tx, request, now());
                if (!started) refused = started.error().code;
                must(tx->commit());
            }
            const auto neighbour = must(group.begin());
            (void)must(is_within_limit(*neighbour, keys(), {tries_per_peer, "eve"}, now()));
        };
        must(database::run_group(
            *database_, database::Isolation::joint, work,
            [](const std::exception_ptr& bug) { std::rethrow_exception(bug); }));
        if (!refused) ++sent;
        EXPECT_EQ(refused.value_or(ErrorCode::rate_limited), ErrorCode::rate_limited);
    }
    EXPECT_EQ(runs, 2 * (codes_per_address.max_events + 1)) << "each group ran twice";
    EXPECT_EQ(sent, codes_per_address.max_events);
    EXPECT_EQ(mail_.count, codes_per_address.max_events);
}

TEST_F(EmailCodesTest, Attack24ARestartForgivesNothing) {
    for (int i = 0; i < codes_per_address.max_events; ++i) (void)start();
    database_.reset();
    database_ = testing::open_store(world_.folder);
    EXPECT_FALSE(try_start("ada@example.com", "192.0.2.1"));
    EXPECT_EQ(mail_.count, codes_per_address.max_events);
}

TEST_F(EmailCodesTest, Attack24OneAddressGetsTwentyCodesADayWhateverThePace) {
    int sent = 0;
    for (int i = 0; i < 40; ++i) {
        if (try_start("ada@example.com", "192.0.2." + std::to_string(i))) ++sent;
        clock_.advance(codes_per_address.window);
    }
    EXPECT_EQ(sent, codes_per_address_daily.max_events);
}

TEST_F(EmailCodesTest, Attack24OnePeerCannotMailTheWorld) {
    int sent = 0;
    for (int i = 0; i < 2 * codes_per_peer.max_events; ++i) {
        if (try_start("user" + std::to_string(i) + "@example.com", "192.0.2.1")) ++sent;
    }
    EXPECT_EQ(sent, codes_per_peer.max_events);
}

TEST_F(EmailCodesTest, Attack24OnePeerCannotGuessAcrossManyChallenges) {
    int wrong = 0;
    ErrorCode last{};
    for (int i = 0; i < 2 * tries_per_peer.max_events; ++i) {
        const auto tx = must(testing::begin_write(*database_));
        const auto checked = codes_.check(
            *tx, {make_id<ChallengeId>(random()), "000000", browser_, "192.0.2.66"}, now());
        must(tx->commit());
        if (checked) ++wrong;
        if (!checked) last = checked.error().code;
    }
    EXPECT_EQ(wrong, tries_per_peer.max_events);
    EXPECT_EQ(last, ErrorCode::rate_limited);
}

TEST_F(EmailCodesTest, CodesAreSpreadOverAllTheirDigits) {
    std::array<int, 10> seen{};
    std::set<std::string> codes;
    for (int i = 0; i < 400; ++i) {
        must(try_start("user" + std::to_string(i) + "@example.com", "peer " + std::to_string(i)));
        codes.insert(mail_.code);
        for (const char digit : mail_.code) ++seen[static_cast<std::size_t>(digit - '0')];
    }
    EXPECT_GE(codes.size(), 398U);
    for (const int count : seen) EXPECT_NEAR(count, 240, 75) << "2,400 digits, five sigma";
}

// Attack class 25: neither code nor address can be read in the store.
TEST_F(EmailCodesTest, Attack25TheStoreHoldsNeitherCodeNorAddressInTheClear) {
    const ChallengeId id = start();
    const auto stored =
        write([&](auto& tx) { return store::count_challenge_try(tx, keys().realm(), id); });
    ASSERT_TRUE(stored);
    for (const Bytes& column : {stored->sealed_email, stored->code_hash, stored->browser_hash}) {
        EXPECT_EQ(as_text(column).find("ada@example.com"), std::string_view::npos);
        EXPECT_EQ(as_text(column).find(mail_.code), std::string_view::npos);
        EXPECT_EQ(as_text(column).find(browser_), std::string_view::npos);
    }
}

}  // namespace
}  // namespace latchkey::people
