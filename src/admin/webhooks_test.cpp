#include "admin/webhooks.hpp"

#include "admin/world_test.hpp"

namespace latchkey::admin {
namespace {

using testing::must;

class WebhooksForTheOperator : public OperatorTest {
protected:
    webhooks::NewWebhook wanted(std::string url = "https://hooks.example.com/a") const {
        return {.client_id = app,
                .url = std::move(url),
                .topics = must(webhooks::parse_topics("connections"))};
    }
    Result<webhooks::CreatedWebhook> create(const webhooks::NewWebhook& webhook) {
        return change([&](auto& act, auto& tx) { return admin::create_webhook(act, tx, webhook); });
    }
    Result<void> remove(WebhookId id) {
        return change([&](auto& act, auto& tx) { return delete_webhook(act, tx, id); });
    }
    Result<Page<WebhookRecord, WebhookId>> list(const PageRequest<WebhookId>& request = {}) {
        return read([&](auto& realm, auto& tx) { return list_webhooks(realm, tx, request); });
    }
    Result<std::vector<WebhookRecord>> list_of_client(ClientId id) {
        return read([&](auto& realm, auto& tx) { return list_webhooks_of_client(realm, tx, id); });
    }
    std::vector<WebhookRecord> of_client(ClientId id) { return must(list_of_client(id)); }
    Result<std::vector<DeliveryRecord>> deliveries(const DeliveryList& of) {
        return read([&](auto& realm, auto& tx) { return list_deliveries(realm, tx, of); });
    }
    const ClientId app = world.app.record.id;
};

TEST_F(WebhooksForTheOperator, ComeAndGoWithALineInTheTrail) {
    const WebhookId id = must(create(wanted())).record.id;
    const AuditRecord created = expect_recorded("webhook.created");
    EXPECT_EQ(created.client_id, app);
    EXPECT_EQ(created.detail, id.text());
    EXPECT_EQ(of_client(app).size(), 1U);

    (void)world.connect();
    ASSERT_EQ(must(deliveries({id})).size(), 1U);
    EXPECT_EQ(must(deliveries({id}))[0].topic, ChangeTopic::connection_established);

    must(remove(id));
    EXPECT_EQ(expect_recorded("webhook.deleted").detail, id.text());
    EXPECT_TRUE(of_client(app).empty());
    EXPECT_EQ(remove(id).error().code, ErrorCode::not_found);
    EXPECT_EQ(deliveries({id}).error().code, ErrorCode::not_found);
}

TEST_F(WebhooksForTheOperator, AreListedInPages) {
    for (int i = 0; i < 3; ++i) {
        (void)must(create(wanted("https://hooks.example.com/" + std::to_string(i))));
    }
    const auto first = must(list({.limit = 2}));
    ASSERT_EQ(first.rows.size(), 2U);
    ASSERT_TRUE(first.next);
    EXPECT_EQ(must(list({.after = first.next, .limit = 2})).rows.size(), 1U);
    EXPECT_EQ(list({.limit = 0}).error().code, ErrorCode::invalid_argument);
    for (const int limit : {0, max_listed_deliveries + 1}) {
        EXPECT_EQ(deliveries({first.rows[0].id, limit}).error().code, ErrorCode::invalid_argument);
    }
}

TEST_F(WebhooksForTheOperator, AreRefusedWithoutALine) {
    const std::size_t before = trail_size();
    EXPECT_EQ(create(wanted("ftp://hooks.example.com/")).error().code, ErrorCode::invalid_argument);
    auto foreign = wanted();
    foreign.client_id = make_foreign_app();
    EXPECT_EQ(create(foreign).error().code, ErrorCode::not_found);
    EXPECT_EQ(list_of_client(foreign.client_id).error().code, ErrorCode::not_found);
    EXPECT_EQ(trail_size(), before);
}

}  // namespace
}  // namespace latchkey::admin
