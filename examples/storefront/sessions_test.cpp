#include "sessions.hpp"

#include <gtest/gtest.h>

namespace storefront {
namespace {

using std::chrono::seconds;

const Timestamp start_time = Timestamp(std::chrono::seconds(1'767'225'600));

TEST(SessionsTest, FindOnlyTheirOwnCustomer) {
    Sessions sessions;
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
    Sessions sessions;
    const std::string id = sessions.start(std::make_shared<Customer>(), start_time);
    EXPECT_NE(sessions.find(id, start_time + Sessions::lifetime - seconds(1)), nullptr);
    EXPECT_EQ(sessions.find(id, start_time + Sessions::lifetime), nullptr);
}

TEST(SessionsTest, AreBounded) {
    Sessions sessions;
    const auto customer = std::make_shared<Customer>();
    const std::string oldest = sessions.start(customer, start_time);
    std::string last;
    for (std::size_t i = 0; i < Sessions::max_sessions; ++i) {
        last = sessions.start(customer, start_time + seconds(1));
    }
    EXPECT_EQ(sessions.find(oldest, start_time + seconds(1)), nullptr);
    EXPECT_NE(sessions.find(last, start_time + seconds(1)), nullptr);
    EXPECT_EQ(static_cast<std::size_t>(customer.use_count()), Sessions::max_sessions + 1);
}

}  // namespace
}  // namespace storefront
