// Conformance: connections.

#include "store/connections.hpp"

#include <gtest/gtest.h>

#include "store/client_logos.hpp"
#include "store/refresh_families.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::client_record;
using testing::family_record;
using testing::id_of;
using testing::test_now;
using testing::user_record;

class Connections : public testing::StoreSuite {
protected:
    Connections() { connect(); }

    ConnectionRecord upsert(const ScopeNames& scopes, Timestamp now) {
        return write([&](auto& tx) { return upsert_connection(tx, user_, client_, scopes, now); });
    }
    bool revoke() {
        return write([&](auto& tx) { return revoke_connection(tx, user_, client_, test_now); });
    }
    std::optional<RefreshFamilyRecord> family(std::uint32_t n) {
        return read(
            [&](auto& tx) { return find_refresh_family(tx, user_, client_, id_of<FamilyId>(n)); });
    }
    void insert_family(std::uint32_t n, int max_live = 20) {
        write([&](auto& tx) { return insert_refresh_family(tx, family_record(n), max_live); });
    }

    const UserId user_ = id_of<UserId>(1);
    const ClientId client_ = id_of<ClientId>(1);
};
INSTANTIATE_TEST_SUITE_P(On, Connections, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Connections, BeginLiveAndNeverRevoked) {
    const auto found = read([&](auto& tx) { return find_connection(tx, user_, client_); });
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->state, ConnectionState::live);
    EXPECT_EQ(found->revocations, 0);
    EXPECT_EQ(found->scopes, ScopeNames{"email email:verified"});
    EXPECT_EQ(found->created_at, test_now);
}

TEST_P(Connections, AreFoundTogetherWithTheUser) {
    const auto found = read([&](auto& tx) { return find_connected_user(tx, user_, client_); });
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->connection.user_id, user_);
    EXPECT_EQ(found->connection.client_id, client_);
    EXPECT_EQ(found->user.id, user_);
    EXPECT_EQ(found->user.email_hash, user_record(1).email_hash);
    EXPECT_EQ(found->user.wrapped_key, user_record(1).wrapped_key);
    EXPECT_EQ(found->user.sealed_profile, user_record(1).sealed_profile);
}

TEST_P(Connections, AreAbsentForAnotherUserOrApp) {
    EXPECT_FALSE(
        read([&](auto& tx) { return find_connected_user(tx, id_of<UserId>(2), client_); }));
    EXPECT_FALSE(read([&](auto& tx) { return find_connection(tx, user_, id_of<ClientId>(2)); }));
}

TEST_P(Connections, KeepTheirNumberOfRevocationsWhenConsentIsGivenAgain) {
    const auto again = upsert(ScopeNames{"email"}, test_now + Seconds(5));
    EXPECT_EQ(again.revocations, 0);
    EXPECT_EQ(again.scopes, ScopeNames{"email"});
    EXPECT_EQ(again.created_at, test_now);
    EXPECT_EQ(again.updated_at, test_now + Seconds(5));
}

TEST_P(Connections, LoseTheirFamiliesWhenRevoked) {
    insert_family(1);
    EXPECT_TRUE(revoke());
    EXPECT_FALSE(family(1).has_value());
    const auto found = read([&](auto& tx) { return find_connection(tx, user_, client_); });
    EXPECT_EQ(found->state, ConnectionState::revoked);
    EXPECT_EQ(found->revocations, 1);
}

TEST_P(Connections, AreRevokedOnce) {
    EXPECT_TRUE(revoke());
    EXPECT_FALSE(revoke());
    EXPECT_FALSE(write(
        [&](auto& tx) { return revoke_connection(tx, id_of<UserId>(9), client_, test_now); }));
}

TEST_P(Connections, ComeBackWithTheirRevocationsCounted) {
    revoke();
    const auto again = upsert(ScopeNames{"email email:verified"}, test_now);
    EXPECT_EQ(again.state, ConnectionState::live);
    EXPECT_EQ(again.revocations, 1);
    revoke();
    EXPECT_EQ(upsert(ScopeNames{"email email:verified"}, test_now).revocations, 2);
}

TEST_P(Connections, AreListedInPagesOfOneUserAndOfOneApp) {
    for (std::uint32_t n = 2; n <= 5; ++n) {
        write([&](auto& tx) {
            return upsert_connection(tx, user_, id_of<ClientId>(n), ScopeNames{"email"}, test_now);
        });
        write([&](auto& tx) {
            return upsert_connection(tx, id_of<UserId>(n), client_, ScopeNames{"email"}, test_now);
        });
    }
    const auto first =
        read([&](auto& tx) { return list_connections_of_user(tx, user_, std::nullopt, 3); });
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(first[2].client_id, id_of<ClientId>(3));
    const auto rest =
        read([&](auto& tx) { return list_connections_of_user(tx, user_, first[2].client_id, 3); });
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_EQ(rest[1].client_id, id_of<ClientId>(5));

    const auto users = read(
        [&](auto& tx) { return list_connections_of_client(tx, client_, id_of<UserId>(2), 10); });
    ASSERT_EQ(users.size(), 3U);
    EXPECT_EQ(users[0].user_id, id_of<UserId>(3));
}

TEST_P(Connections, AreShownWithWhatAPersonKnowsTheAppBy) {
    write([&](auto& tx) { return insert_client(tx, client_record(2)); });
    write([&](auto& tx) {
        return upsert_connection(tx, user_, id_of<ClientId>(2), ScopeNames{"email"}, test_now);
    });
    write([&](auto& tx) {
        return put_client_logo(tx, id_of<ClientId>(2), {"v1", 10, 20}, testing::bytes_of("logo"));
    });
    const Timestamp later = test_now + Seconds(60);
    for (const Timestamp at : {later, test_now}) {
        write([&](auto& tx) { return note_read(tx, user_, client_, at); });
    }
    const auto list = [&](std::optional<ClientId> after) {
        return read([&](auto& tx) { return list_connected_apps(tx, user_, after, 10); });
    };
    const auto apps = list(std::nullopt);
    ASSERT_EQ(apps.size(), 2U);
    EXPECT_EQ(apps[0].name, "Shop 1");
    EXPECT_EQ(apps[0].origins, client_record(1).origins);
    EXPECT_EQ(apps[0].connection.scopes, ScopeNames{"email email:verified"});
    EXPECT_EQ(apps[0].last_read_at, later) << "never moved back";
    EXPECT_FALSE(apps[0].logo.has_value());
    EXPECT_FALSE(apps[1].last_read_at.has_value());
    ASSERT_TRUE(apps[1].logo.has_value());
    EXPECT_EQ(apps[1].logo->version, "v1");
    EXPECT_EQ(apps[1].logo->width, 10U);
    EXPECT_EQ(apps[1].logo->height, 20U);
    EXPECT_EQ(list(client_).size(), 1U);
    revoke();
    EXPECT_EQ(list(std::nullopt).size(), 1U) << "live ones only";
}

TEST_P(Connections, KeepTheMarksOfWhoSawThemLast) {
    const auto seen = *read([&](auto& tx) { return find_connection(tx, user_, client_); });
    const auto replace = [&](std::string_view marks) {
        return write(
            [&](auto& tx) { return replace_ended_marks(tx, seen, testing::bytes_of(marks)); });
    };
    EXPECT_TRUE(replace("one"));
    EXPECT_FALSE(replace("two")) << "what was read is no longer so";
    EXPECT_EQ(read([&](auto& tx) { return find_connection(tx, user_, client_); })->ended_marks,
              testing::bytes_of("one"));
}

TEST_P(Connections, TellTheirAppsWebhooksOfARevocationOnce) {
    const WebhookRecord webhook{
        .id = id_of<WebhookId>(1),
        .client_id = client_,
        .url = "https://shop.example/hook",
        .topics = static_cast<std::uint32_t>(ChangeTopic::connection_revoked),
        .sealed_secret = testing::bytes_of("secret"),
        .created_at = test_now};
    write([&](auto& tx) { return insert_webhook(tx, webhook); });
    revoke();
    revoke();
    const auto told = read([&](auto& tx) { return list_deliveries(tx, webhook.id, 10); });
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].topic, ChangeTopic::connection_revoked);
    EXPECT_EQ(told[0].user_id, user_);
}

TEST_P(Connections, OneOfSeveralRevocationsCounts) {
    const int winners = race([&](database::WriteTransaction& tx, int) {
        return revoke_connection(tx, user_, client_, test_now);
    });
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(read([&](auto& tx) { return find_connection(tx, user_, client_); })->revocations, 1);
}

TEST_P(Connections, OneOfSeveralThatSetTheMarksWins) {
    const auto seen = *read([&](auto& tx) { return find_connection(tx, user_, client_); });
    const int winners = race([&](database::WriteTransaction& tx, int racer) {
        return replace_ended_marks(tx, seen, testing::bytes_of("racer " + std::to_string(racer)));
    });
    EXPECT_EQ(winners, 1);
}

TEST_P(Connections, AreOneHoweverManyMakeThemAtOnce) {
    const ClientId app = id_of<ClientId>(9);
    (void)race([&](database::WriteTransaction& tx, int) -> Result<bool> {
        TRY(upsert_connection(tx, user_, app, ScopeNames{"email"}, test_now));
        return true;
    });
    const auto found = read([&](auto& tx) { return find_connection(tx, user_, app); });
    EXPECT_EQ(found->revocations, 0);
    EXPECT_EQ(found->state, ConnectionState::live);
}

}  // namespace
}  // namespace latchkey::store::suite
