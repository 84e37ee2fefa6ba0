#include "clients/clients.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "clients/secret_uses.hpp"
#include "crypto/digest.hpp"
#include "crypto/minted_secret.hpp"
#include "store/audit.hpp"
#include "store/clients.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::clients {
namespace {

using testing::DelegationWorld;
using testing::must;
using testing::system_random;

struct ClientsTest : ::testing::Test {
    DelegationWorld world;

    Result<ClientPtr> authenticate(std::string_view id, std::string_view secret) {
        auto tx = must(world.database->read());
        return authenticate_client(world.realm, *tx, {id, secret}, world.now(), world.secret_uses);
    }
    Result<ClientPtr> authenticate(std::string_view secret) {
        return authenticate(world.app.record.id.text(), secret);
    }
    Secret rotate(Seconds overlap) { return must(try_rotate(world.app.record.id, overlap)); }
    Result<Secret> try_rotate(ClientId id, Seconds overlap) {
        return world.write(
            [&](auto& tx) { return rotate_client_secret(world.act(), tx, id, overlap); });
    }
    Result<CreatedClient> create(const NewClient& wanted) {
        return world.write([&](auto& tx) { return create_client(world.act(), tx, wanted); });
    }
};

TEST_F(ClientsTest, AreCreatedWithASecretOfWhichOnlyTheHashIsKept) {
    const std::string_view secret = world.app.secret.reveal();
    EXPECT_TRUE(secret.starts_with("lk_cs_"));
    EXPECT_EQ(secret.size(), 55U);
    auto tx = must(world.database->read());
    const auto stored = must(store::find_client(*tx, world.realm.id(), world.app.record.id));
    ASSERT_TRUE(stored);
    ASSERT_EQ(stored->secrets.size(), 1U);
    const auto hash = crypto::sha256(secret);
    EXPECT_TRUE(std::ranges::equal(stored->secrets[0].hash, hash));
}

TEST_F(ClientsTest, AuthenticateWithTheirOwnSecretOnly) {
    const auto other = world.make_app("Second app");
    EXPECT_TRUE(authenticate(world.app.secret.reveal()));
    EXPECT_TRUE(authenticate(other.record.id.text(), other.secret.reveal()));
    EXPECT_FALSE(authenticate(other.secret.reveal()));
}

TEST_F(ClientsTest, AreRefusedForEveryOtherReasonWithTheSameError) {
    const std::string id = world.app.record.id.text();
    const std::string good(world.app.secret.reveal());
    const Secret foreign = crypto::mint(crypto::SecretKind::client_secret, system_random());
    std::string upper_id = id;
    std::ranges::transform(upper_id, upper_id.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const std::vector<std::pair<std::string, std::string>> rows = {
        {id, ""},
        {id, "hunter2"},
        {id, good + " "},
        {id, good.substr(1)},
        {id, std::string(foreign.reveal())},
        {id, std::string(100'000, 'x')},
        {make_id<ClientId>(system_random()).text(), good},
        {std::string(32, '0'), good},
        {"", good},
        {id.substr(1), good},
        {id + "0", good},
        {upper_id, upper_id == id ? "" : good},
        {"' OR 1=1 --", good},
    };
    for (const auto& [client_id, secret] : rows) {
        const auto client = authenticate(client_id, secret);
        ASSERT_FALSE(client) << client_id;
        EXPECT_EQ(client.error().code, ErrorCode::unauthenticated);
        EXPECT_EQ(client.error().public_text.view(), "Client authentication failed");
        EXPECT_EQ(client.error().detail.find(secret.empty() ? "?" : secret), std::string::npos);
    }
}

TEST_F(ClientsTest, HaveTwoLiveSecretsDuringARotation) {
    const Secret second = rotate(Seconds(600));
    EXPECT_TRUE(authenticate(world.app.secret.reveal()));
    EXPECT_TRUE(authenticate(second.reveal()));
    world.clock.advance(Seconds(599));
    EXPECT_TRUE(authenticate(world.app.secret.reveal()));
    world.clock.advance(Seconds(1));
    EXPECT_FALSE(authenticate(world.app.secret.reveal()));
    EXPECT_TRUE(authenticate(second.reveal()));
}

TEST_F(ClientsTest, NeverHaveMoreThanTwoLiveSecrets) {
    const Secret second = rotate(Seconds(600));
    const Secret third = rotate(Seconds(600));
    EXPECT_FALSE(authenticate(world.app.secret.reveal()));
    EXPECT_TRUE(authenticate(second.reveal()));
    EXPECT_TRUE(authenticate(third.reveal()));
    auto tx = must(world.database->read());
    EXPECT_EQ(must(store::find_client(*tx, world.realm.id(), world.app.record.id))->secrets.size(),
              max_live_secrets);
}

TEST_F(ClientsTest, CanCutAnOverlapShort) {
    const Secret second = rotate(Seconds(600));
    const Secret third = rotate(Seconds(0));
    EXPECT_FALSE(authenticate(world.app.secret.reveal()));
    EXPECT_FALSE(authenticate(second.reveal()));
    EXPECT_TRUE(authenticate(third.reveal()));
}

TEST_F(ClientsTest, KeepTheEarlierEndWhenRotatedTwice) {
    const Secret second = rotate(Seconds(100));
    world.clock.advance(Seconds(99));
    const Secret third = rotate(Seconds(600));
    world.clock.advance(Seconds(1));
    EXPECT_FALSE(authenticate(world.app.secret.reveal()));
    EXPECT_TRUE(authenticate(second.reveal()));
    EXPECT_TRUE(authenticate(third.reveal()));
}

TEST_F(ClientsTest, RefuseARotationThatMakesNoSense) {
    EXPECT_EQ(try_rotate(make_id<ClientId>(system_random()), Seconds(0)).error().code,
              ErrorCode::not_found);
    EXPECT_EQ(try_rotate(world.app.record.id, Seconds(-1)).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(try_rotate(world.app.record.id, max_secret_overlap + Seconds(1)).error().code,
              ErrorCode::invalid_argument);
}

TEST_F(ClientsTest, DeletedNoLongerAuthenticate) {
    must(world.delete_app());
    EXPECT_FALSE(authenticate(world.app.secret.reveal()));
    EXPECT_EQ(world.delete_app().error().code, ErrorCode::not_found);
}

TEST_F(ClientsTest, LeaveATrailWithoutSecrets) {
    const Secret second = rotate(Seconds(0));
    must(world.delete_app());
    auto tx = must(world.database->read());
    std::vector<std::string> actions;
    for (const auto& record :
         must(store::list_newest_audit(*tx, testing::shared_keys().realm(), 10))) {
        actions.push_back(record.action);
        EXPECT_EQ(record.client_id, world.app.record.id);
        EXPECT_EQ(record.request_id, "req-1");
        EXPECT_EQ(record.origin, "192.0.2.7");
    }
    EXPECT_EQ(actions, (std::vector<std::string>{"client.deleted", "client.secret_rotated",
                                                 "client.created"}));
}

TEST_F(ClientsTest, ShowWhenASecretWasLastUsedToTheHour) {
    const auto last_uses = [&] {
        must(world.write([&](auto& tx) { return world.secret_uses.write(tx); }));
        auto tx = must(world.database->read());
        std::vector<std::optional<Timestamp>> times;
        const auto client = must(store::find_client(*tx, world.realm.id(), world.app.record.id));
        for (const auto& secret : client->secrets) {
            times.push_back(secret.last_used_at);
        }
        return times;
    };
    using Times = std::vector<std::optional<Timestamp>>;
    EXPECT_EQ(last_uses(), Times{std::nullopt});
    EXPECT_FALSE(authenticate("lk_cs_wrong"));
    EXPECT_EQ(last_uses(), Times{std::nullopt});
    const Timestamp first = world.now();
    EXPECT_TRUE(authenticate(world.app.secret.reveal()));
    EXPECT_EQ(last_uses(), Times{first});
    world.clock.advance(Seconds(3599));
    EXPECT_TRUE(authenticate(world.app.secret.reveal()));
    EXPECT_EQ(last_uses(), Times{first}) << "not worth a write";
    world.clock.advance(Seconds(1));
    EXPECT_TRUE(authenticate(world.app.secret.reveal()));
    EXPECT_EQ(last_uses(), Times{world.now()});
    // Each of two live secrets has its own, which a rotation keeps.
    const Secret second = rotate(Seconds(600));
    EXPECT_EQ(last_uses(), (Times{world.now(), std::nullopt}));
    EXPECT_TRUE(authenticate(second.reveal()));
    EXPECT_EQ(last_uses(), (Times{world.now(), world.now()}));
}

// Whether an app exists must not show in how long the refusal takes. Both kinds are measured in
// turns, so that whatever else the machine does hits both alike.
TEST_F(ClientsTest, AreUnknownInTheTimeOfAWrongSecret) {
    for (int i = 0; i < 20; ++i) world.make_app("App " + std::to_string(i));
    const Secret wrong = crypto::mint(crypto::SecretKind::client_secret, system_random());
    const std::string known = world.app.record.id.text();
    constexpr int measurements = 1500;
    std::vector<double> known_times;
    std::vector<double> unknown_times;
    const auto measure = [&](const std::string& id, std::vector<double>& times) {
        auto tx = must(world.database->read());
        const auto begin = monotonic_now();
        EXPECT_FALSE(authenticate_client(world.realm, *tx, {id, wrong.reveal()}, world.now(),
                                         world.secret_uses));
        times.push_back(std::chrono::duration<double, std::micro>(monotonic_now() - begin).count());
    };
    for (int i = 0; i < measurements; ++i) {
        measure(known, known_times);
        // Never beyond the last app: there the next one, which is read in its place, is missing.
        ClientId unknown = make_id<ClientId>(system_random());
        unknown.bytes[0] = 0;
        measure(unknown.text(), unknown_times);
    }
    const auto median = [](std::vector<double>& times) {
        std::ranges::nth_element(times, times.begin() + measurements / 2);
        return times[measurements / 2];
    };
    const double ratio = median(unknown_times) / median(known_times);
    EXPECT_GT(ratio, 0.8) << median(unknown_times) << " us against " << median(known_times);
    EXPECT_LT(ratio, 1.25) << median(unknown_times) << " us against " << median(known_times);
}

TEST_F(ClientsTest, AreNotRegisteredWithANameThatLies) {
    const auto create = [&](std::string name) {
        NewClient client;
        client.name = std::move(name);
        return this->create(client);
    };
    for (const char* name : {"Shop",
                             "B\xc3\xbc"
                             "cher & Co.",
                             "\xe5\xba\x97", "A \xe2\x80\x93 B", "فروشگاه\u200Cها"}) {
        EXPECT_TRUE(create(name)) << name;
    }
    for (const char* name :
         {"", " ", " Shop", "Shop ", "Sh\nop", "Sh\x01op", "Shop\x7f", "Sh\xe2\x80\x8bop",
          "Shop\xe2\x80\xae", "\xe2\x81\xa6Shop", "\xef\xbb\xbfShop", "Sh\xc2\x85op", "Sh\xffop"}) {
        const auto created = create(name);
        ASSERT_FALSE(created) << name;
        EXPECT_EQ(created.error().code, ErrorCode::invalid_argument);
    }
    EXPECT_EQ(create(std::string(101, 'x')).error().code, ErrorCode::too_large);
}

TEST_F(ClientsTest, AreNotRegisteredWithUrlsThatCannotBeCompared) {
    NewClient client;
    client.name = "Shop";
    const auto code = [&] {
        const auto created = create(client);
        return created ? ErrorCode::internal : created.error().code;
    };
    client.origins = {"https://shop.example.com/"};
    EXPECT_EQ(code(), ErrorCode::invalid_argument);
    client.origins = {"https://shop.example.com", "https://shop.example.com"};
    EXPECT_EQ(code(), ErrorCode::invalid_argument);
    client.origins.assign(max_origins + 1, "https://shop.example.com");
    EXPECT_EQ(code(), ErrorCode::too_large);
    client.origins.clear();
    client.redirect_uris = {"https://shop.example.com/#x"};
    EXPECT_EQ(code(), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace latchkey::clients
