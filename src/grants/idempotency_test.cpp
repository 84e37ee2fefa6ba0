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

struct IdempotencyTest : ::testing::Test {
    DelegationWorld world;

    Answer<ExchangeRefusal> exchange(std::string_view consent_token, std::string_view key) {
        return world.fetch({consent_token, std::nullopt, key});
    }
    Tokens issued(std::string_view consent_token, std::string_view key) {
        return must(exchange(consent_token, key));
    }
    oauth::Result<Tokens> refresh(std::string_view token, std::string_view key) {
        return world.refresh({token, std::nullopt, key});
    }
    static bool is_refused(const Answer<ExchangeRefusal>& answer) {
        return !answer && answer.error().refusal() != nullptr;
    }
    bool reads(const Secret& token) {
        auto tx = must(world.database->read());
        return authorize_access(world.realm, *tx, token.reveal(), world.now()).has_value();
    }
};

void expect_same(const Tokens& a, const Tokens& b) {
    EXPECT_EQ(a.public_id, b.public_id);
    EXPECT_EQ(a.access_token.reveal(), b.access_token.reveal());
    EXPECT_EQ(a.refresh_token.reveal(), b.refresh_token.reveal());
    EXPECT_EQ(a.expires_in, b.expires_in);
    EXPECT_EQ(a.scopes, b.scopes);
    EXPECT_EQ(a.user.value().id, b.user.value().id);
}

TEST_F(IdempotencyTest, ALostAnswerToAnExchangeCostsNoSignIn) {
    const std::string consent = world.consent();
    const Tokens first = issued(consent, "key-1");
    expect_same(issued(consent, "key-1"), first);
    // Long after the consent token itself has expired.
    world.clock.advance(Seconds(23L * 3600));
    expect_same(issued(consent, "\"key-1\""), first);
    world.clock.advance(Seconds(3600));
    EXPECT_TRUE(is_refused(exchange(consent, "key-1"))) << "after a day it is forgotten";
}

TEST_F(IdempotencyTest, APublicIdWithAKeyIsAnsweredOnce) {
    const std::string public_id = world.connect().public_id;
    const auto fetch = [&](std::string_view key) {
        return must(world.fetch({std::nullopt, public_id, key}));
    };
    const Tokens first = fetch("a");
    expect_same(fetch("a"), first);
    EXPECT_NE(fetch("b").refresh_token.reveal(), first.refresh_token.reveal());
}

TEST_F(IdempotencyTest, ARefreshIsAnsweredAgainLongAfterTheGrace) {
    const Tokens tokens = world.connect();
    const auto first = must(refresh(tokens.refresh_token.reveal(), "key"));
    world.clock.advance(Seconds(600));
    const auto again = must(refresh(tokens.refresh_token.reveal(), "key"));
    EXPECT_EQ(again.refresh_token.reveal(), first.refresh_token.reveal());
    EXPECT_EQ(again.access_token.reveal(), first.access_token.reveal());
    EXPECT_TRUE(refresh(first.refresh_token.reveal(), "next key")) << "no reuse was found";
}

TEST_F(IdempotencyTest, AKeyThatComesWithAnotherRequestIsAClearError) {
    const std::string consent = world.consent();
    const Tokens first = issued(consent, "key");
    const auto conflict = [](const auto& result) {
        return !result && result.error().error() != nullptr &&
               result.error().error()->code == ErrorCode::conflict;
    };
    EXPECT_TRUE(conflict(exchange(world.consent(), "key")));
    EXPECT_TRUE(conflict(world.fetch({std::nullopt, first.public_id, "key"})));
    EXPECT_TRUE(conflict(world.fetch({consent, first.public_id, "key"})));
    EXPECT_TRUE(conflict(refresh(first.refresh_token.reveal(), "key"))) << "another operation";
    EXPECT_TRUE(refresh(first.refresh_token.reveal(), "other")) << "and nothing was used up";
}

TEST_F(IdempotencyTest, KeysOfDifferentClientsAreDifferent) {
    const Tokens first = issued(world.consent(), "key");
    const auto other = world.make_app("Second app");
    const std::string consent =
        world.consent(other.record, contract_scopes().known(other.record.scopes));
    const auto tokens = must(world.fetch(other.record, {consent, std::nullopt, "key"}));
    EXPECT_NE(tokens.public_id, first.public_id);
}

TEST_F(IdempotencyTest, ARefusalIsDecidedAnew) {
    const std::string consent = world.consent();
    ASSERT_TRUE(world.fetch({consent, std::nullopt}));
    EXPECT_TRUE(is_refused(exchange(consent, "late key"))) << "used before, without a key";
    EXPECT_TRUE(exchange(world.consent(), "late key")) << "the key is still free";
}

TEST_F(IdempotencyTest, AnAnswerGivenAgainRevivesNothing) {
    const std::string consent = world.consent();
    const Tokens first = issued(consent, "key");
    (void)world.disconnect();
    const Tokens again = issued(consent, "key");
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
        ASSERT_NE(refused.error().error(), nullptr) << key;
        EXPECT_EQ(refused.error().error()->code, ErrorCode::malformed) << key;
    }
    EXPECT_TRUE(exchange(consent, std::string(max_idempotency_key_size, 'k')));
}

TEST_F(IdempotencyTest, AnswersAreSealedAtRest) {
    const Tokens tokens = issued(world.consent(), "key");
    const auto request = must(make_idempotent_request(world.app.record.id, "key", {"x", {}}));
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

TEST_F(IdempotencyTest, AnAnswerThatThisVersionCannotReadIsRefusedAndNotMisread) {
    const std::string consent = world.consent();
    const auto places = must(make_idempotent_request(world.app.record.id, "key", {"x", {}}));
    const std::string place =
        std::string(as_text(world.app.record.id.span())) + std::string(as_text(places.key_hash));
    const Tokens first = issued(consent, "key");
    const auto kept = [&] {
        auto tx = must(world.database->read());
        return must(store::find_answer(*tx, world.app.record.id, places.key_hash, world.now()))
            .value();
    }();
    const auto& keys = world.realm.keys;
    const std::string content(
        must(keys.open(keys::Purpose::answer, kept.sealed_answer, as_bytes(place))).reveal());
    struct Row {
        std::string content;
        std::optional<ErrorCode> refusal;
    };
    const std::string another_version = "\x02" + content.substr(1);
    const std::string another_kind = content.substr(0, 1) + "\x01" + content.substr(2);
    for (const Row& row :
         {Row{content, std::nullopt}, Row{another_version, ErrorCode::storage_version},
          Row{"", ErrorCode::storage_version}, Row{another_kind, ErrorCode::internal},
          Row{content.substr(0, 2), ErrorCode::internal},
          Row{content.substr(0, content.size() - 1), ErrorCode::internal},
          Row{content + std::string("\x07\x00", 2), std::nullopt},
          Row{content + std::string("\x80\x00", 2), ErrorCode::internal}}) {
        std::string sealed;
        keys.seal(keys::Purpose::answer, as_bytes(row.content), as_bytes(place), sealed);
        store::AnswerRecord changed = kept;
        changed.sealed_answer = Bytes(sealed.begin(), sealed.end());
        must(world.write([&](auto& tx) -> Result<void> {
            TRY(store::delete_expired_answers(tx, kept.expires_at + Seconds(1), 100));
            return store::insert_answer(tx, changed, world.now());
        }));
        const auto answer = exchange(consent, "key");
        if (!row.refusal) {
            expect_same(must(exchange(consent, "key")), first);
            continue;
        }
        ASSERT_FALSE(answer);
        ASSERT_NE(answer.error().error(), nullptr);
        EXPECT_EQ(answer.error().error()->code, *row.refusal);
    }
}

TEST_F(IdempotencyTest, ExpiredAnswersAreSweptAndTheirKeysAreFreeBefore) {
    const Tokens first = issued(world.consent(), "key");
    world.clock.advance(answer_lifetime);
    const Tokens second = issued(world.consent(), "key");
    EXPECT_NE(first.refresh_token.reveal(), second.refresh_token.reveal());
    world.clock.advance(answer_lifetime + Seconds(1));
    const auto sweep = [&] {
        return must(world.write(
            [&](auto& tx) { return store::delete_expired_answers(tx, world.now(), 100); }));
    };
    EXPECT_EQ(sweep(), 1);
    EXPECT_EQ(sweep(), 0);
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
            const Tokens tokens = issued(consent, "key");
            const std::lock_guard lock(mutex);
            answers.insert(std::string(tokens.refresh_token.reveal()));
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(answers.size(), 1U);
}

}  // namespace
}  // namespace latchkey::grants
