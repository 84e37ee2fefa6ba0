// Signatures, addresses and subscriptions.

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>

#include <cstring>

#include "store/webhooks.hpp"
#include "testing/delegation_world.hpp"
#include "webhooks/addresses.hpp"
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

bool is_public(const std::string& text) {
    sockaddr_storage storage{};
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        std::memcpy(&storage, &v4, sizeof v4);
    } else {
        EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
        v6.sin6_family = AF_INET6;
        std::memcpy(&storage, &v6, sizeof v6);
    }
    return is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

TEST(WebhookAddress, IsGloballyReachableUnicast) {
    for (const char* address :
         {"1.1.1.1", "8.8.8.8", "93.184.216.34", "9.255.255.255", "11.0.0.0", "100.63.255.255",
          "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
          "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700:4700::1111",
          "2a00:1450:4001:830::200e", "2001:200::1", "2003::1", "3fff:1000::1"}) {
        EXPECT_TRUE(is_public(address)) << address;
    }
}

TEST(WebhookAddress, IsNoneOfTheSpecialOnes) {
    for (const char* address : {"0.0.0.0",
                                "0.1.2.3",
                                "10.0.0.1",
                                "10.255.255.255",
                                "100.64.0.1",
                                "100.127.255.255",
                                "127.0.0.1",
                                "127.255.255.254",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.0.0.1",
                                "192.0.2.1",
                                "192.88.99.1",
                                "192.168.0.1",
                                "198.18.0.1",
                                "198.19.255.255",
                                "198.51.100.1",
                                "203.0.113.1",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::ffff:127.0.0.1",
                                "::ffff:8.8.8.8",
                                "::8.8.8.8",
                                "64:ff9b::808:808",
                                "64:ff9b:1::1",
                                "100::1",
                                "2001::1",
                                "2001:10::1",
                                "2001:db8::1",
                                "2002:7f00:1::1",
                                "3fff::1",
                                "fc00::1",
                                "fd12:3456::1",
                                "fe80::1",
                                "fec0::1",
                                "ff02::1"}) {
        EXPECT_FALSE(is_public(address)) << address;
    }
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
    const Keeper keeper{world.services.keys, world.services.random};
    const auto create = [&](std::string url) {
        return create_webhook(
            *world.database, keeper,
            {world.app.record.id, std::move(url), must(parse_topics("metafields"))}, world.now());
    };
    const auto first = must(create("https://hooks.example.com/a?b=c"));
    const auto tx = must(world.database->read());
    const auto kept = must(store::find_webhook(*tx, first.record.id));
    ASSERT_TRUE(kept);
    EXPECT_EQ(must(open_secret(world.services.keys, *kept)).reveal(), first.secret.reveal());
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
