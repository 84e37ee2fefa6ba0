#include "sessions.hpp"

#include <gtest/gtest.h>

#include <set>

#include "testing/test_server.hpp"
#include "workers.hpp"

namespace latchkey::storefront {
namespace {

const Timestamp start_time = from_unix(1'767'225'600);

TEST(SessionsTest, FindOnlyTheirOwnCustomer) {
    testing::RepeatableRandom random;
    Sessions sessions(random);
    const auto ada = std::make_shared<Customer>(), bob = std::make_shared<Customer>();
    const std::string of_ada = sessions.start(ada, start_time);
    const std::string of_bob = sessions.start(bob, start_time);
    EXPECT_EQ(of_ada.size(), 43U) << "256 bits";
    EXPECT_EQ(sessions.find(of_ada, start_time), ada);
    EXPECT_EQ(sessions.find(of_bob, start_time), bob);
    EXPECT_EQ(sessions.find("", start_time), nullptr);
    sessions.end(of_ada);
    EXPECT_EQ(sessions.find(of_ada, start_time), nullptr);
    EXPECT_EQ(sessions.find(of_bob, start_time), bob);
}

TEST(SessionsTest, EndByThemselves) {
    testing::RepeatableRandom random;
    Sessions sessions(random);
    const std::string id = sessions.start(std::make_shared<Customer>(), start_time);
    EXPECT_NE(sessions.find(id, start_time + Sessions::lifetime - Seconds(1)), nullptr);
    EXPECT_EQ(sessions.find(id, start_time + Sessions::lifetime), nullptr);
}

TEST(SessionsTest, AreBounded) {
    testing::RepeatableRandom random;
    Sessions sessions(random);
    const auto customer = std::make_shared<Customer>();
    const std::string oldest = sessions.start(customer, start_time);
    std::string last;
    for (std::size_t i = 0; i < Sessions::max_sessions; ++i) {
        last = sessions.start(customer, start_time + Seconds(1));
    }
    EXPECT_EQ(sessions.find(oldest, start_time + Seconds(1)), nullptr);
    EXPECT_NE(sessions.find(last, start_time + Seconds(1)), nullptr);
    EXPECT_EQ(static_cast<std::size_t>(customer.use_count()), Sessions::max_sessions + 1);
}

TEST(WorkersTest, FinishWhatTheyAccepted) {
    std::mutex mutex;
    std::set<int> done;
    {
        Workers workers(3);
        for (int i = 0; i < 100; ++i) {
            ASSERT_TRUE(workers.submit([&, i] {
                const std::scoped_lock lock(mutex);
                done.insert(i);
            }));
        }
    }
    EXPECT_EQ(done.size(), 100U);
}

TEST(WorkersTest, RefuseMoreThanTheyCanHold) {
    std::mutex gate;
    gate.lock();
    Workers workers(1);
    std::size_t accepted = 0;
    while (workers.submit([&] { const std::scoped_lock lock(gate); })) ++accepted;
    gate.unlock();
    EXPECT_GE(accepted, Workers::max_waiting);
    EXPECT_LE(accepted, Workers::max_waiting + 1);
}

}  // namespace
}  // namespace latchkey::storefront
