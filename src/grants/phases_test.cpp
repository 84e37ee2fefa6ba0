#include "grants/phases.hpp"

#include "grants/custom_data_token.hpp"
#include "grants/exchange.hpp"
#include "grants/refresh.hpp"
#include "testing/delegation_world.hpp"
#include "tokens/access_token.hpp"

namespace latchkey::grants {
namespace {

using testing::DelegationWorld;
using testing::must;

struct PhasesTest : ::testing::Test {
    DelegationWorld world;
    tokens::Confirmation key{.method = tokens::Confirmation::Method::jwk_thumbprint,
                             .thumbprint = {1, 2, 3}};

    template <Grant G>
    Answer<typename G::Reason> run_bound(const typename G::Request& request) {
        const realm::Act act = world.act();
        return world.write([&](database::WriteTransaction& tx) {
            return run<G>({act, tx, world.app.record, std::nullopt, key}, request);
        });
    }
    std::optional<tokens::Confirmation> bound_to(const Secret& access_token) {
        return must(tokens::open_access_token(world.realm.keys, access_token.reveal(), world.now()))
            .confirmation;
    }
};

TEST_F(PhasesTest, BindTheAccessTokenOfEveryGrantToTheKeyThatWasShown) {
    const std::string consent = world.consent();
    const Tokens first = must(run_bound<ExchangeGrant>({consent, std::nullopt}));
    EXPECT_EQ(bound_to(first.access_token), key);
    const Tokens next = must(run_bound<RefreshGrant>({first.refresh_token.reveal(), std::nullopt}));
    EXPECT_EQ(bound_to(next.access_token), key);
}

TEST_F(PhasesTest, BindNothingWhereNoKeyWasShown) {
    EXPECT_EQ(bound_to(world.connect().access_token), std::nullopt);
}

TEST_F(PhasesTest, TellWhoThePersonIsOnlyWhereTheGrantDoes) {
    const Tokens first = world.connect();
    EXPECT_NE(first.public_id, "");
    EXPECT_TRUE(first.user);
    const Tokens next = must(world.refresh({first.refresh_token.reveal(), std::nullopt}));
    EXPECT_EQ(next.public_id, "");
    EXPECT_EQ(next.user_id, world.user);
}

TEST_F(PhasesTest, RefuseWhoIsNotConnectedInTheGrantsOwnWords) {
    const auto answer = run_bound<CustomDataGrant>({"nobody@example.com"});
    ASSERT_FALSE(answer);
    ASSERT_NE(answer.error().refusal(), nullptr);
    EXPECT_EQ(*answer.error().refusal(), CustomDataRefusal::not_connected);
}

}  // namespace
}  // namespace latchkey::grants
