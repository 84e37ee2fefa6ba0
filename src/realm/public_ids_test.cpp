#include "realm/public_ids.hpp"

#include <set>
#include <thread>
#include <vector>

#include "testing/delegation_world.hpp"

namespace latchkey::realm {
namespace {

using testing::shared_keys;
using testing::system_random;

TEST(PublicIds, LeadBackToTheUserForTheSameClientOnly) {
    const PublicIds ids(shared_keys());
    const auto first = make_id<ClientId>(system_random());
    const auto second = make_id<ClientId>(system_random());
    for (int i = 0; i < 200; ++i) {
        const auto user = make_id<UserId>(system_random());
        const std::string text = ids.public_id(first, user);
        EXPECT_EQ(text.size(), PublicIds::text_size);
        EXPECT_EQ(ids.find_user(first, text), user);
        EXPECT_NE(ids.find_user(second, text), user);
        EXPECT_NE(ids.public_id(second, user), text);
    }
}

TEST(PublicIds, StayTheSameOverRestarts) {
    const auto client = make_id<ClientId>(system_random());
    const auto user = make_id<UserId>(system_random());
    const PublicIds before(shared_keys());
    const PublicIds after(shared_keys());
    EXPECT_EQ(before.public_id(client, user), after.public_id(client, user));
}

TEST(PublicIds, DoNotTellWhichUsersAreNeighbours) {
    const PublicIds ids(shared_keys());
    const auto client = make_id<ClientId>(system_random());
    std::set<std::string> prefixes;
    for (std::uint8_t i = 0; i < 100; ++i) {
        UserId user{};
        user.bytes[15] = i;
        prefixes.insert(ids.public_id(client, user).substr(1, 6));
    }
    EXPECT_EQ(prefixes.size(), 100U);
}

TEST(PublicIds, CannotBeMistakenForAClientId) {
    const PublicIds ids(shared_keys());
    const auto client = make_id<ClientId>(system_random());
    const std::string text = ids.public_id(client, UserId{client.bytes});
    EXPECT_FALSE(ClientId::from_text(text));
    EXPECT_FALSE(ids.find_user(client, client.text()));
}

TEST(PublicIds, AreRefusedInAnyOtherForm) {
    const PublicIds ids(shared_keys());
    const auto client = make_id<ClientId>(system_random());
    const std::string good = ids.public_id(client, make_id<UserId>(system_random()));
    for (const std::string& bad :
         {std::string(), good.substr(1), good + "0", good.substr(0, 22), "2" + good.substr(1),
          "0" + good.substr(1), good.substr(0, 22) + "-", good.substr(0, 22) + " ",
          good.substr(0, 22) + '\0', "1" + std::string(22, 'z'), std::string(4096, '1')}) {
        EXPECT_FALSE(ids.find_user(client, bad)) << bad;
    }
}

TEST(PublicIds, AreRightWhenClientsShareASlotAndThreadsShareTheCache) {
    const PublicIds ids(shared_keys());
    const auto user = make_id<UserId>(system_random());
    std::vector<ClientId> clients(8);
    for (auto& client : clients) {
        client = make_id<ClientId>(system_random());
        client.bytes[0] = 7;  // one slot for all
    }
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const ClientId client = clients[static_cast<std::size_t>(i) % clients.size()];
                EXPECT_EQ(ids.find_user(client, ids.public_id(client, user)), user);
            }
        });
    }
}

}  // namespace
}  // namespace latchkey::realm
