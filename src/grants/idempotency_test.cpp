#include "grants/idempotency.hpp"

#include <barrier>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "grants/access.hpp"
#include "grants/connections.hpp"
#include "grants/refresh.hpp"
#include "store/answers.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::grants {
namespace {

using testing::DelegationWorld;
using testing::must;
using testing::test_audit;

struct IdempotencyTest : ::testing::Test {
    DelegationWorld world;

    Result<ExchangeOutcome> exchange(std::string_view consent_token, std::string_view key) {
        return world.fetch({consent_token, std::nullopt, key});
    }
    IssuedTokens issued(std::string_view consent_token, std::string_view key) {
        return std::get<IssuedTokens>(must(exchange(consent_token, key)));
    }
    Result<RefreshedTokens> refresh(std::string_view token, std::string_view key) {
        return refresh_tokens(world.services, world.app.record, {token, std::nullopt, key},
                              world.now(), test_audit);
    }
    bool reads(const Secret& token) {
        auto tx = must(world.database->read());
        return authorize_access(world.services, *tx, token.reveal(), world.now()).has_value();
    }
};

void expect_same(const IssuedTokens& a, const IssuedTokens& b) {
    EXPECT_EQ(a.public_id, b.public_id);
    EXPECT_EQ(a.access_token.reveal(), b.access_token.reveal());
    EXPECT_EQ(a.refresh_token.reveal(), b.refresh_token.reveal());
    EXPECT_EQ(a.expires_in, b.expires_in);
    EXPECT_EQ(a.scopes, b.scopes);
    EXPECT_EQ(a.user.id, b.user.id);
}

TEST_F(IdempotencyTest, ALostAnswerToAnExchangeCostsNoSignIn) {
    const std::string consent = world.consent();
    const IssuedTokens first = issued(consent, "key-1");
    expect_same(issued(consent, "key-1"), first);
    // Long after the consent token itself has expired.
    world.clock.advance(Seconds(23L * 3600));
    expect_same(issued(consent, "\"key-1\""), first);
    world.clock.advance(Seconds(3600));
    EXPECT_EQ(must(exchange(consent, "key-1")).index(), 1U) << "after a day it is forgotten";
}

TEST_F(IdempotencyTest, APublicIdWithAKeyIsAnsweredOnce) {
    const std::string public_id = world.connect().public_id;
    const auto fetch = [&](std::string_view key) {
        return std::get<IssuedTokens>(must(world.fetch({std::nullopt, public_id, key})));
    };
    const IssuedTokens first = fetch("a");
    expect_same(fetch("a"), first);
    EXPECT_NE(fetch("b").refresh_token.reveal(), first.refresh_token.reveal());
}

TEST_F(IdempotencyTest, ARefreshIsAnsweredAgainLongAfterTheGrace) {
    const IssuedTokens tokens = world.connect();
    const auto first = must(refresh(tokens.refresh_token.reveal(), "key"));
    world.clock.advance(Seconds(600));
    const auto again = must(refresh(tokens.refresh_token.reveal(), "key"));
    EXPECT_EQ(again.refresh_token.reveal(), first.refresh_token.reveal());
    EXPECT_EQ(again.access_token.reveal(), first.access_token.reveal());
    EXPECT_TRUE(refresh(first.refresh_token.reveal(), "next key")) << "no reuse was found";
}

TEST_F(IdempotencyTest, AKeyThatComesWithAnotherRequestIsAClearError) {
    const std::string consent = world.consent();
    const IssuedTokens first = issued(consent, "key");
    const auto conflict = [](const auto& result) {
        return !result && result.error().code == ErrorCode::conflict;
    };
    EXPECT_TRUE(conflict(exchange(world.consent(), "key")));
    EXPECT_TRUE(conflict(world.fetch({std::nullopt, first.public_id, "key"})));
    EXPECT_TRUE(conflict(refresh(first.refresh_token.reveal(), "key"))) << "another operation";
    EXPECT_TRUE(refresh(first.refresh_token.reveal(), "other")) << "and nothing was used up";
}

TEST_F(IdempotencyTest, KeysOfDifferentClientsAreDifferent) {
    const IssuedTokens first = issued(world.consent(), "key");
    const auto other = world.make_app("Second app");
    const std::string consent =
        world.consent(other.record, contract_scopes().known(other.record.scopes));
    const auto outcome = must(fetch_tokens_for_user(
        world.services, other.record, {consent, std::nullopt, "key"}, world.now(), test_audit));
    EXPECT_NE(std::get<IssuedTokens>(outcome).public_id, first.public_id);
}

TEST_F(IdempotencyTest, ARefusalIsDecidedAnew) {
    const std::string consent = world.consent();
    ASSERT_EQ(must(world.fetch({consent, std::nullopt})).index(), 0U);
    EXPECT_EQ(must(exchange(consent, "late key")).index(), 1U) << "used before, without a key";
    EXPECT_EQ(must(exchange(world.consent(), "late key")).index(), 0U) << "the key is still free";
}

TEST_F(IdempotencyTest, AnAnswerGivenAgainRevivesNothing) {
    const std::string consent = world.consent();
    const IssuedTokens first = issued(consent, "key");
    must(revoke_connection(world.services, {world.user, world.app.record.id}, world.now(),
                           test_audit));
    const IssuedTokens again = issued(consent, "key");
    EXPECT_FALSE(reads(again.access_token));
    EXPECT_FALSE(refresh(again.refresh_token.reveal(), "next"));
    EXPECT_EQ(again.access_token.reveal(), first.access_token.reveal());
}

TEST_F(IdempotencyTest, KeysThatAreNoneAreRefused) {
    const std::string consent = world.consent();
    for (const std::string& key :
         {std::string(), std::string("\"\""), std::string("a\x01"), std::string("\xc3\xa9"),
          std::string(max_idempotency_key_size + 1, 'k')}) {
        const auto refused = exchange(consent, key);
        ASSERT_FALSE(refused) << key;
        EXPECT_EQ(refused.error().code, ErrorCode::malformed) << key;
    }
    EXPECT_TRUE(exchange(consent, std::string(max_idempotency_key_size, 'k')));
}

TEST_F(IdempotencyTest, AnswersAreSealedAtRest) {
    const IssuedTokens tokens = issued(world.consent(), "key");
    const auto request = must(make_idempotent_request(world.app.record.id, "key", {"x"}));
    auto tx = must(world.database->read());
    const auto kept =
        must(store::find_answer(*tx, world.app.record.id, request.key_hash, world.now()));
    ASSERT_TRUE(kept);
    const std::string_view bytes = as_text(kept->sealed_answer);
    for (const std::string_view secret :
         {tokens.access_token.reveal(), tokens.refresh_token.reveal()}) {
        EXPECT_EQ(bytes.find(secret.substr(0, 20)), std::string_view::npos);
    }
}

TEST_F(IdempotencyTest, ExpiredAnswersAreSweptAndTheirKeysAreFreeBefore) {
    const IssuedTokens first = issued(world.consent(), "key");
    world.clock.advance(answer_lifetime);
    const IssuedTokens second = issued(world.consent(), "key");
    EXPECT_NE(first.refresh_token.reveal(), second.refresh_token.reveal());
    world.clock.advance(answer_lifetime + Seconds(1));
    auto tx = must(world.database->write());
    EXPECT_EQ(must(store::delete_expired_answers(*tx, world.now(), 100)), 1);
    EXPECT_EQ(must(store::delete_expired_answers(*tx, world.now(), 100)), 0);
}

TEST_F(IdempotencyTest, OfRacersWithOneKeyAllGetTheSameAnswer) {
    const std::string consent = world.consent();
    constexpr int racers = 4;
    std::barrier start(racers);
    std::mutex mutex;
    std::set<std::string> answers;
    std::vector<std::thread> threads;
    for (int i = 0; i < racers; ++i) {
        threads.emplace_back([&] {
            start.arrive_and_wait();
            const IssuedTokens tokens = issued(consent, "key");
            const std::lock_guard lock(mutex);
            answers.insert(std::string(tokens.refresh_token.reveal()));
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(answers.size(), 1U);
}

}  // namespace
}  // namespace latchkey::grants
