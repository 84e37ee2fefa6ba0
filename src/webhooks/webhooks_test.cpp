// Signatures and subscriptions.

#include <gmock/gmock.h>

#include "database/run_write.hpp"
#include "store/webhooks.hpp"
#include "testing/delegation_world.hpp"
#include "webhooks/signature.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::webhooks {
namespace {

using testing::must;

// The example of the Standard Webhooks specification's reference implementations.
TEST(WebhookSignature, IsThatOfTheSpecification) {
    const Secret secret(std::string("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    const Message message{"msg_p5jXN8AQM9LWM0D4loKWxJek", from_unix(1614265330),
                          R"({"test": 2432232314})"};
    EXPECT_EQ(must(sign(secret, message)), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, HoldsForThisMessageWithinTheReplayWindow) {
    const Secret secret = make_secret(testing::system_random());
    const Timestamp now = from_unix(1'800'000'000);
    const Message message{"id-1", now, "{}"};
    const std::string good = must(sign(secret, message));
    EXPECT_TRUE(verify(secret, message, good, now));
    EXPECT_TRUE(verify(secret, message, "v1,AAAA " + good, now + replay_window));
    EXPECT_FALSE(verify(secret, message, good, now + replay_window + Seconds(1)));
    EXPECT_FALSE(verify(secret, message, good, now - replay_window - Seconds(1)));
    EXPECT_FALSE(verify(secret, {"id-2", now, "{}"}, good, now));
    EXPECT_FALSE(verify(secret, {"id-1", now + Seconds(1), "{}"}, good, now));
    EXPECT_FALSE(verify(secret, {"id-1", now, "{ }"}, good, now));
    EXPECT_FALSE(verify(make_secret(testing::system_random()), message, good, now));
    EXPECT_FALSE(verify(secret, message, "", now));
}

TEST(WebhookTopics, AreGroupsOrSingleEvents) {
    EXPECT_EQ(topics_text(must(parse_topics("metafields"))), "metafields.set metafields.deleted");
    EXPECT_EQ(topics_text(must(parse_topics("connections.revoked metafields.set"))),
              "metafields.set connections.revoked");
    for (const std::string_view bad : {"", "orders", "metafields metafields.set", "Metafields"}) {
        EXPECT_FALSE(parse_topics(bad)) << bad;
    }
}

TEST(WebhookSubscription, KeepsItsSecretSealedAndItsNumberLimited) {
    testing::DelegationWorld world;
    const realm::Act act{world.realm, testing::system_random(), world.now(), testing::test_audit};
    const auto create = [&](const std::string& url) {
        return database::run_write(*world.database, [&](auto& tx) {
            return create_webhook(act, tx,
                                  {world.app.record.id, url, must(parse_topics("metafields"))});
        });
    };
    const auto first = must(create("https://hooks.example.com/a?b=c"));
    const auto tx = must(world.database->read());
    const auto kept = must(store::find_webhook(*tx, first.record.id));
    ASSERT_TRUE(kept);
    EXPECT_EQ(must(open_secret(world.services.realm.keys, *kept)).reveal(), first.secret.reveal());
    EXPECT_EQ(as_text(kept->sealed_secret).find(first.secret.reveal()), std::string_view::npos);

    for (const std::string_view bad :
         {"", "hooks.example.com", "http://hooks.example.com/", "ftp://hooks.example.com/",
          "https://user@hooks.example.com/", "https://hooks.example.com/#x"}) {
        EXPECT_FALSE(create(std::string(bad))) << bad;
    }
    for (std::size_t i = 1; i < max_webhooks_per_app; ++i) must(create("https://h.example.com/"));
    const auto refused = create("https://h.example.com/");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace latchkey::webhooks
