#include "webhooks/sender.hpp"

#include <gmock/gmock.h>

#include "store/connections.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "testing/delegation_world.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/receiver_test.hpp"
#include "webhooks/signature.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::webhooks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::must;
using ::testing::SizeIs;

class WebhookSender : public ::testing::Test {
protected:
    void SetUp() override { static_cast<void>(world_.connect()); }

    CreatedWebhook subscribe(const std::string& url, std::string_view topics) {
        const Keeper keeper{world_.services.keys, world_.services.random};
        return must(create_webhook(
            *world_.database, keeper,
            {.client_id = world_.app.record.id, .url = url, .topics = must(parse_topics(topics))},
            world_.now()));
    }
    void change(ChangeTopic topic, std::vector<std::string> keys = {}) {
        auto tx = must(world_.database->write());
        must(store::record_change(*tx,
                                  {.client_id = world_.app.record.id,
                                   .user_id = world_.user,
                                   .topic = topic,
                                   .keys = std::move(keys)},
                                  world_.now()));
        must(tx->commit());
    }
    /// A sender as after a restart: nothing but the store knows what is due.
    int deliver(const PostOptions& options) {
        database::WriteLane lane(*world_.database);
        Sender sender({*world_.database, lane, world_.services.keys, world_.services.public_ids,
                       world_.clock, world_.services.random, [](std::string_view) {}},
                      options);
        return must(sender.deliver_due());
    }
    int deliver() {
        PostOptions options;
        options.addresses = AddressPolicy::any;
        return deliver(options);
    }
    std::vector<DeliveryRecord> deliveries(WebhookId id) {
        const auto tx = must(world_.database->read());
        return must(store::list_deliveries(*tx, id, 100));
    }

    testing::DelegationWorld world_;
    Receiver receiver_;
};

TEST_F(WebhookSender, SendsASignedMessageThatNamesWhatChanged) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    change(ChangeTopic::metafields_set, {"score", "my-membership"});
    EXPECT_EQ(deliver(), 1);
    const auto got = receiver_.received();
    ASSERT_THAT(got, SizeIs(1));
    const std::string public_id =
        world_.services.public_ids.public_id(world_.app.record.id, world_.user);
    EXPECT_EQ(
        got[0].body,
        R"({"type":"metafields.set","timestamp":"2027-01-15T08:00:00Z","data":{"publicId":")" +
            public_id + R"(","metafields":[{"key":"score"},{"key":"my-membership"}]}})");
    const auto& headers = got[0].headers;
    const Message message{headers.at("webhook-id"), world_.now(), got[0].body};
    EXPECT_EQ(headers.at("webhook-timestamp"), std::to_string(to_unix(world_.now())));
    EXPECT_TRUE(verify(hook.secret, message, headers.at("webhook-signature"), world_.now()));
    EXPECT_EQ(headers.at("content-type"), "application/json");
    EXPECT_EQ(deliver(), 0);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::delivered);
}

TEST_F(WebhookSender, SendsOnlyWhatWasAskedFor) {
    const auto hook = subscribe(receiver_.url(), "connections.revoked");
    change(ChangeTopic::metafields_set, {"score"});
    change(ChangeTopic::connection_established);
    EXPECT_THAT(deliveries(hook.record.id), IsEmpty());
    auto tx = must(world_.database->write());
    must(store::revoke_connection(*tx, world_.user, world_.app.record.id, world_.now()));
    must(tx->commit());
    EXPECT_EQ(deliver(), 1);
    EXPECT_THAT(receiver_.received().at(0).body, HasSubstr(R"("type":"connections.revoked")"));
}

TEST_F(WebhookSender, SaysNothingOfPeopleWhoAreNotConnected) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    auto tx = must(world_.database->write());
    must(store::revoke_connection(*tx, world_.user, world_.app.record.id, world_.now()));
    must(tx->commit());
    change(ChangeTopic::metafields_set, {"score"});
    EXPECT_THAT(deliveries(hook.record.id), IsEmpty());
}

TEST_F(WebhookSender, TriesAgainLaterAndLaterWithTheSameIdAcrossRestarts) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    receiver_.answer("500 Oops");
    change(ChangeTopic::metafields_deleted, {"score"});
    for (int attempt = 1; attempt <= 4; ++attempt) {
        EXPECT_EQ(deliver(), 1);
        EXPECT_EQ(deliver(), 0);  // not yet
        const auto waiting = deliveries(hook.record.id).at(0);
        EXPECT_EQ(waiting.attempts, attempt);
        EXPECT_EQ(waiting.last_status, 500);
        const Seconds delay = waiting.next_attempt_at - world_.now();
        EXPECT_GE(delay, retry_delay(attempt));
        EXPECT_LE(delay, retry_delay(attempt) + retry_delay(attempt) / 8);
        world_.clock.advance(delay);
    }
    receiver_.answer("204 No Content");
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::delivered);
    const auto got = receiver_.received();
    ASSERT_THAT(got, SizeIs(5));
    EXPECT_EQ(got[0].headers.at("webhook-id"), got[4].headers.at("webhook-id"));
    EXPECT_EQ(got[0].body, got[4].body);
    EXPECT_NE(got[0].headers.at("webhook-timestamp"), got[4].headers.at("webhook-timestamp"));
}

TEST_F(WebhookSender, GivesUpInTheEndOrWhenTheReceiverIsGone) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    receiver_.answer("503 Busy");
    change(ChangeTopic::metafields_set, {"score"});
    for (std::int64_t attempt = 1; attempt <= max_attempts; ++attempt) {
        EXPECT_EQ(deliver(), 1);
        world_.clock.advance(std::chrono::hours(24));
    }
    EXPECT_EQ(deliver(), 0);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::given_up);

    receiver_.answer("410 Gone");
    change(ChangeTopic::metafields_set, {"score"});
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::given_up);
}

TEST_F(WebhookSender, LeavesRoomForOthersWhenOneIsBehind) {
    const auto slow = subscribe(receiver_.url(), "metafields");
    for (int i = 0; i < 100; ++i) change(ChangeTopic::metafields_set, {"score"});
    const auto other = subscribe(receiver_.url(), "connections");
    change(ChangeTopic::connection_established);
    EXPECT_EQ(deliver(), max_batch_per_webhook + 1);
    EXPECT_EQ(deliveries(other.record.id).at(0).state, DeliveryState::delivered);
}

TEST_F(WebhookSender, DoesNotFollowRedirects) {
    Receiver elsewhere;
    const auto hook = subscribe(receiver_.url(), "metafields");
    receiver_.answer("302 Found", "Location: " + elsewhere.url() + "\r\n");
    change(ChangeTopic::metafields_set, {"score"});
    EXPECT_EQ(deliver(), 1);
    EXPECT_THAT(elsewhere.received(), IsEmpty());
    EXPECT_EQ(deliveries(hook.record.id).at(0).last_status, 302);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::waiting);
}

// The names resolve to this machine, as a rebinding name would at its second look-up: the address
// that is about to be connected to is what counts.
TEST_F(WebhookSender, ConnectsToPublicAddressesOnly) {
    for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"}) {
        std::string url = receiver_.url(host);
        url.replace(0, 4, "https");
        const std::vector<Post> posts{{.url = url, .headers = {}, .body = "{}"}};
        const auto results = post_all(posts, {});
        ASSERT_THAT(results, SizeIs(1));
        EXPECT_EQ(results[0].status, 0);
        EXPECT_EQ(results[0].error, "the address is not a public one") << host;
    }
    EXPECT_THAT(receiver_.received(), IsEmpty());
}

TEST_F(WebhookSender, SpeaksNoPlainHttpAbroad) {
    const std::vector<Post> posts{{.url = "http://example.com/", .headers = {}, .body = "{}"}};
    EXPECT_EQ(post_all(posts, {}).at(0).status, 0);
}

TEST_F(WebhookSender, WaitsForNobodyLongerThanTheLimit) {
    const int listener =
        ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);  // accepts, never answers
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener, 16);
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    PostOptions options;
    options.addresses = AddressPolicy::any;
    options.total_timeout = std::chrono::milliseconds(300);
    const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    const std::vector<Post> posts(8, {.url = url, .headers = {}, .body = "{}"});
    const auto before = monotonic_now();
    for (const PostResult& result : post_all(posts, options)) EXPECT_EQ(result.status, 0);
    EXPECT_LT(monotonic_now() - before, std::chrono::seconds(5));

    // Told to stop, it does not wait for them at all.
    options.total_timeout = std::chrono::seconds(60);
    std::stop_source source;
    source.request_stop();
    for (const PostResult& result : post_all(posts, options, source.get_token())) {
        EXPECT_EQ(result.error, "the server was stopping");
    }
    ::close(listener);
}

}  // namespace
}  // namespace latchkey::webhooks
