#include "grants/exchange.hpp"

#include <algorithm>
#include <barrier>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "grants/access.hpp"
#include "grants/connections.hpp"
#include "grants/refresh.hpp"
#include "store/audit.hpp"
#include "store/connections.hpp"
#include "store/refresh_families.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::grants {
namespace {

using testing::DelegationWorld;
using testing::must;
using testing::system_random;

constexpr ScopeSet email(static_cast<std::uint32_t>(Scope::email));
constexpr ScopeSet all(testing::all_test_scopes);

struct ExchangeTest : ::testing::Test {
    DelegationWorld world;

    Tokens issued(const ExchangeRequest& request) { return must(world.fetch(request)); }
    ExchangeRefusal refused(const ExchangeRequest& request) {
        const auto answer = world.fetch(request);
        if (answer || answer.error().refusal() == nullptr) {
            throw std::runtime_error("not refused");
        }
        return *answer.error().refusal();
    }
    void expect_bad_token(std::string_view token, const char* why) {
        EXPECT_EQ(refused({token, std::nullopt}), ExchangeRefusal::bad_consent_token) << why;
    }
    std::optional<ConnectionRecord> connection() {
        auto tx = must(world.database->read());
        return must(store::find_connection(*tx, world.user, world.app.record.id));
    }
    std::string newest_audit() { return world.newest_audit(); }
    Result<Access> access(const Secret& token) { return world.access(token); }
    Result<Access> access(const Tokens& tokens) { return access(tokens.access_token); }
    /// A consent token that a person got in a browser.
    std::string consent_in(const Authentication& authentication) {
        auto tx = must(world.database->read());
        const tokens::ConsentGrant grant{world.app.record.id, world.user, all,
                                         "https://shop.example.com", authentication};
        return std::string(must(tokens::issue_consent_token(world.act(), *tx, grant)).reveal());
    }
    std::vector<store::FamilyKey> families_of(SessionId session_id) {
        auto tx = must(world.database->read());
        return must(store::list_families_of_session(*tx, world.user, session_id));
    }
    void revoke() { EXPECT_EQ(world.disconnect(), RevokeOutcome::revoked); }
};

TEST_F(ExchangeTest, AConsentTokenGivesTokensThatReadTheUser) {
    const std::string token = world.consent(world.app.record, email);
    const auto tokens = issued({token, std::nullopt});
    EXPECT_EQ(tokens.public_id, world.realm.public_ids.public_id(world.app.record.id, world.user));
    EXPECT_EQ(tokens.expires_in, Seconds(3600));
    EXPECT_EQ(tokens.scopes, email);
    EXPECT_EQ(tokens.user.value().id, world.user);
    EXPECT_EQ(contract_scopes().known(connection()->scopes), email);
    EXPECT_EQ(newest_audit(), "connection.established");

    const auto opened = must(access(tokens));
    EXPECT_EQ(opened.scopes, email);
    EXPECT_EQ(opened.connected->user.id, world.user);
}

/// One with the scope loyalty:read besides those of the contract.
ScopeRegistry scopes_with_loyalty() {
    return must(ScopeRegistry::make({{"loyalty:read", std::nullopt, {{"en", "Your points"}}}}));
}

TEST_F(ExchangeTest, AScopeOfTheOperatorsIsGrantedLikeAnyOther) {
    world.realm.scopes = scopes_with_loyalty();
    const ScopeSet wanted = must(world.realm.scopes.parse("email loyalty:read"));
    world.app.record.scopes = world.realm.scopes.names(wanted);
    const auto tokens = issued({world.consent(world.app.record, wanted), std::nullopt});
    EXPECT_EQ(world.realm.scopes.text(tokens.scopes), "email loyalty:read");
    EXPECT_EQ(world.realm.scopes.text(must(access(tokens)).scopes), "email loyalty:read");
    EXPECT_EQ(connection()->scopes.text, "email loyalty:read");
}

TEST_F(ExchangeTest, AScopeThatTheOperatorTookOutIsLeftOutOfWhatWasIssued) {
    world.realm.scopes = scopes_with_loyalty();
    const ScopeSet wanted = must(world.realm.scopes.parse("email loyalty:read"));
    world.app.record.scopes = world.realm.scopes.names(wanted);
    const auto tokens = issued({world.consent(world.app.record, wanted), std::nullopt});

    world.realm.scopes = ScopeRegistry();
    EXPECT_EQ(must(access(tokens)).scopes, email);
    EXPECT_EQ(issued({std::nullopt, tokens.public_id}).scopes, email);
    const auto refreshed = must(world.refresh({tokens.refresh_token.reveal(), std::nullopt}));
    EXPECT_EQ(refreshed.scopes, email);
}

TEST_F(ExchangeTest, TokensKnowTheBrowserSessionAndWhenThePersonProvedWhoTheyAre) {
    const Authentication authentication{make_id<SessionId>(testing::system_random()),
                                        world.now() - Seconds(90)};
    const auto tokens = issued({consent_in(authentication), std::nullopt});
    EXPECT_EQ(must(access(tokens)).token.auth_time, authentication.auth_time);
    const auto families = families_of(authentication.session_id);
    ASSERT_EQ(families.size(), 1U);
    EXPECT_EQ(families[0].client_id, world.app.record.id);

    world.clock.advance(Seconds(100));
    const auto refreshed = must(world.refresh({tokens.refresh_token.reveal(), std::nullopt}));
    EXPECT_EQ(must(access(refreshed.access_token)).token.auth_time, authentication.auth_time);
    EXPECT_EQ(families_of(authentication.session_id), families) << "rotation changes neither";

    // What an app fetches by itself came from no browser.
    const auto later = issued({std::nullopt, tokens.public_id});
    EXPECT_FALSE(must(access(later)).token.auth_time);
    EXPECT_EQ(families_of(authentication.session_id), families);
}

TEST_F(ExchangeTest, ATokenForAnotherResourceOrForWhoHoldsAKeyIsNoneForABearer) {
    const auto first = world.connect();
    const auto opened = must(access(first)).token;
    const auto refused_as = [this](tokens::AccessToken token) {
        return access(tokens::mint_access_token(testing::shared_keys(), token)).error().detail;
    };
    EXPECT_TRUE(access(tokens::mint_access_token(testing::shared_keys(), opened)));
    tokens::AccessToken elsewhere = opened;
    elsewhere.audience = "https://orders.example.com";
    EXPECT_EQ(refused_as(elsewhere), "not for a bearer");
    tokens::AccessToken bound = opened;
    bound.confirmation.emplace();
    EXPECT_EQ(refused_as(bound), "not for a bearer");
}

TEST_F(ExchangeTest, APublicIdGivesTokensOfTheConsentedScope) {
    const auto first = world.connect();
    const auto again = issued({std::nullopt, first.public_id});
    EXPECT_EQ(again.public_id, first.public_id);
    EXPECT_EQ(again.scopes, all);
    EXPECT_NE(again.access_token.reveal(), first.access_token.reveal());
    EXPECT_NE(again.refresh_token.reveal(), first.refresh_token.reveal());
    EXPECT_TRUE(access(first));
    EXPECT_TRUE(access(again));
    EXPECT_EQ(newest_audit(), "tokens.issued");
}

TEST_F(ExchangeTest, ExactlyOneArgumentMustBeGiven) {
    const std::string token = world.consent();
    const std::string public_id = world.realm.public_ids.public_id(world.app.record.id, world.user);
    for (const ExchangeRequest& request :
         {ExchangeRequest{}, ExchangeRequest{token, public_id}, ExchangeRequest{"", ""},
          ExchangeRequest{token, ""}, ExchangeRequest{"", public_id}}) {
        EXPECT_EQ(refused(request), ExchangeRefusal::exactly_one);
    }
    // Nothing was used up.
    EXPECT_EQ(issued({token, std::nullopt}).public_id, public_id);
}

TEST_F(ExchangeTest, TheEmptyStringCountsAsGiven) {
    expect_bad_token("", "empty");
    EXPECT_EQ(refused({std::nullopt, ""}), ExchangeRefusal::no_user);
}

TEST_F(ExchangeTest, ABadConsentTokenIsRefusedWhateverIsWrong) {
    const auto other = world.make_app("Second app");
    const std::string foreign = world.consent(other.record, email);
    const std::string good = world.consent();
    expect_bad_token(foreign, "another client's");
    expect_bad_token("eyJhbGciOiJub25lIn0.e30.", "forged");
    expect_bad_token(good + "A", "changed");
    expect_bad_token(good.substr(1), "cut");
    world.clock.advance(-tokens::max_clock_skew - Seconds(1));
    expect_bad_token(good, "from the future");
    world.clock.advance(tokens::max_clock_skew + Seconds(1));
    world.clock.advance(Seconds(300));
    expect_bad_token(good, "expired");
    EXPECT_FALSE(connection());
}

TEST_F(ExchangeTest, AConsentTokenWorksOnce) {
    const std::string token = world.consent();
    const auto tokens = issued({token, std::nullopt});
    for (int i = 0; i < 3; ++i) expect_bad_token(token, "replayed");
    EXPECT_EQ(newest_audit(), "consent_token.replayed");
    // Others hold nothing: a replay does not harm what the first exchange gave.
    EXPECT_TRUE(access(tokens));
}

TEST_F(ExchangeTest, AConsentTokenOfADeletedUserIsRefusedAndUsedUp) {
    DelegationWorld& w = world;
    tokens::ConsentToken ghost;
    ghost.jti = make_id<ConsentTokenId>(system_random());
    ghost.client_id = w.app.record.id;
    ghost.user_id = make_id<UserId>(system_random());
    ghost.origin = "https://shop.example.com";
    ghost.issued_at = w.now();
    ghost.expires_at = w.now() + Seconds(300);
    const auto token = must(tokens::mint_consent_token(w.realm, ghost));
    expect_bad_token(token.reveal(), "no such user");
    EXPECT_EQ(newest_audit(), "consent_token.withdrawn");
    expect_bad_token(token.reveal(), "again");
    EXPECT_EQ(newest_audit(), "consent_token.replayed");
}

TEST_F(ExchangeTest, APublicIdThatIsNotOneOfTheClientsIsNoUser) {
    const auto other = world.make_app("Second app");
    const auto tokens = world.connect();
    const std::string of_other = world.realm.public_ids.public_id(other.record.id, world.user);
    for (const std::string& id :
         {of_other, std::string("nobody"), world.user.text(), world.app.record.id.text(),
          tokens.public_id + "x", std::string(1U << 16U, '1'), std::string("\0", 1)}) {
        EXPECT_EQ(refused({std::nullopt, id}), ExchangeRefusal::no_user) << id.substr(0, 40);
    }
}

TEST_F(ExchangeTest, AKnownUserWithoutALiveConnectionIsNoConsent) {
    const std::string public_id = world.realm.public_ids.public_id(world.app.record.id, world.user);
    EXPECT_EQ(refused({std::nullopt, public_id}), ExchangeRefusal::no_consent);
    (void)world.connect();
    EXPECT_EQ(issued({std::nullopt, public_id}).public_id, public_id);
    revoke();
    EXPECT_EQ(refused({std::nullopt, public_id}), ExchangeRefusal::no_consent);
}

TEST_F(ExchangeTest, RevokingStopsEveryTokenAtOnce) {
    const auto tokens = world.connect();
    const auto more = issued({std::nullopt, tokens.public_id});
    revoke();
    EXPECT_EQ(access(tokens).error().code, ErrorCode::invalid_token);
    EXPECT_EQ(access(more).error().code, ErrorCode::invalid_token);
    const auto refreshed = world.refresh({tokens.refresh_token.reveal(), std::nullopt});
    EXPECT_TRUE(oauth::is(refreshed.error(), oauth::Error::invalid_grant));
    EXPECT_EQ(world.disconnect(), RevokeOutcome::none_live);
}

TEST_F(ExchangeTest, AConsentTokenFromBeforeARevocationRevivesNothing) {
    (void)world.connect();
    const std::string pending = world.consent();
    revoke();  // in the very second in which the token was issued
    expect_bad_token(pending, "withdrawn");
    EXPECT_EQ(newest_audit(), "consent_token.withdrawn");
    EXPECT_EQ(connection()->state, ConnectionState::revoked);
    expect_bad_token(pending, "used up all the same");

    // Agreeing again works at once, and does not wake what came before.
    const std::string stale = pending;
    const auto tokens = world.connect();
    EXPECT_TRUE(access(tokens));
    expect_bad_token(stale, "still withdrawn");
}

TEST_F(ExchangeTest, TokensFromBeforeARevocationStayDeadAfterANewConsent) {
    const auto old = world.connect();
    revoke();
    (void)world.connect();
    EXPECT_EQ(access(old).error().code, ErrorCode::invalid_token);
}

TEST_F(ExchangeTest, TwoTabsThatAgreedBothGetTheirTokens) {
    const std::string first = world.consent();
    const std::string second = world.consent();
    EXPECT_TRUE(access(issued({first, std::nullopt})));
    EXPECT_TRUE(access(issued({second, std::nullopt})));
    revoke();
    const std::string third = world.consent();
    const std::string fourth = world.consent();
    EXPECT_TRUE(access(issued({third, std::nullopt})));
    EXPECT_TRUE(access(issued({fourth, std::nullopt})));
}

TEST_F(ExchangeTest, AnAppThatLostAScopeNoLongerGetsIt) {
    const std::string token = world.consent();
    world.app.record.scopes = contract_scopes().names(email);
    EXPECT_EQ(issued({token, std::nullopt}).scopes, email);
    const std::string public_id = world.realm.public_ids.public_id(world.app.record.id, world.user);
    EXPECT_EQ(issued({std::nullopt, public_id}).scopes, email);
}

TEST_F(ExchangeTest, AgreeingToLessTakesEffectOnTokensOutThere) {
    const auto wide = world.connect();
    const std::string less = world.consent(world.app.record, email);
    (void)issued({less, std::nullopt});
    EXPECT_EQ(must(access(wide)).scopes, email);
}

TEST_F(ExchangeTest, AtMostTwentyFamiliesLiveAndTheOldestGoesFirst) {
    std::vector<Tokens> all_tokens;
    all_tokens.push_back(world.connect());
    for (int i = 0; i < realm::max_live_families; ++i) {
        all_tokens.push_back(issued({std::nullopt, all_tokens.front().public_id}));
    }
    int live = 0;
    for (const auto& tokens : all_tokens) {
        const RefreshRequest request{tokens.refresh_token.reveal(), std::nullopt};
        if (world.refresh(request)) ++live;
    }
    EXPECT_EQ(live, realm::max_live_families);
    const RefreshRequest oldest{all_tokens.front().refresh_token.reveal(), std::nullopt};
    EXPECT_FALSE(world.refresh(oldest));
}

bool is_busy(const Answer<ExchangeRefusal>& answer) {
    return !answer && answer.error().error() != nullptr &&
           answer.error().error()->code == ErrorCode::unavailable;
}

TEST_F(ExchangeTest, OfAnyNumberOfRacersExactlyOneWins) {
    for (const int racers : {2, 8, 32, 64}) {
        const std::string token = world.consent();
        std::atomic<int> won{0};
        std::atomic<int> lost{0};
        std::atomic<int> broken{0};
        {
            std::barrier start(racers);
            std::vector<std::jthread> threads;
            for (int i = 0; i < racers; ++i) {
                threads.emplace_back([&] {
                    start.arrive_and_wait();
                    auto outcome = world.fetch({token, std::nullopt});
                    // On a busy machine a writer may wait too long: the answer says to come again.
                    while (is_busy(outcome)) {
                        outcome = world.fetch({token, std::nullopt});
                    }
                    if (outcome) {
                        ++won;
                        return;
                    }
                    const auto* refusal = outcome.error().refusal();
                    const bool is_refused =
                        refusal != nullptr && *refusal == ExchangeRefusal::bad_consent_token;
                    is_refused ? ++lost : ++broken;
                });
            }
        }
        EXPECT_EQ(won, 1) << racers;
        EXPECT_EQ(lost, racers - 1) << racers;
        EXPECT_EQ(broken, 0) << racers;
    }
}

TEST_F(ExchangeTest, TheTrailHoldsNoTokenAndNoPublicId) {
    const std::string token = world.consent();
    const auto tokens = issued({token, std::nullopt});
    expect_bad_token(token, "replayed");
    auto tx = must(world.database->read());
    for (const auto& record :
         must(store::list_newest_audit(*tx, testing::shared_keys().realm(), 100))) {
        const std::string row = record.actor + record.identity + record.action + record.request_id +
                                record.origin + record.reason;
        for (const std::string_view secret :
             {std::string_view(token), tokens.access_token.reveal(), tokens.refresh_token.reveal(),
              std::string_view(tokens.public_id)}) {
            EXPECT_EQ(row.find(secret), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace latchkey::grants
