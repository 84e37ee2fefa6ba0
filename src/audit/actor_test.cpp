#include "audit/actor.hpp"

#include <gtest/gtest.h>

#include <string>

namespace latchkey::audit {
namespace {

TEST(Actor, IsOneOfFourKindsAndOnlyTwoHaveAnIdentity) {
    EXPECT_EQ(to_string(Actor::user().kind()), "user");
    EXPECT_EQ(to_string(Actor::client().kind()), "client");
    EXPECT_EQ(to_string(Actor::system("key upkeep").kind()), "system");
    EXPECT_EQ(to_string(Actor::known_operator("Ada").kind()), "operator");
    EXPECT_EQ(Actor::user().identity(), "");
    EXPECT_EQ(Actor::client().identity(), "");
    EXPECT_EQ(Actor::system("key upkeep").identity(), "key upkeep");
    EXPECT_EQ(Actor::known_operator("Ada").identity(), "Ada");
}

TEST(Actor, HasAnOperatorsNameOfOneLine) {
    for (const std::string& good : {std::string("ada"), std::string("Zo\xC3\xAB (support)"),
                                    std::string("uid 1000"), std::string(max_identity_size, 'a')}) {
        const auto actor = Actor::parse_operator(good);
        ASSERT_TRUE(actor) << good;
        EXPECT_EQ(actor->identity(), good);
    }
    for (const std::string& bad :
         {std::string(), std::string(max_identity_size + 1, 'a'), std::string("a\nb"),
          std::string("\x1B[31m"), std::string("\xFF"), std::string("a\0b", 3)}) {
        const auto actor = Actor::parse_operator(bad);
        ASSERT_FALSE(actor) << bad;
        EXPECT_EQ(actor.error().code, ErrorCode::invalid_argument);
    }
}

TEST(Reason, IsNothingOrOneLineOfBoundedText) {
    EXPECT_EQ(Reason().text(), "");
    for (const std::string& good : {std::string(), std::string("Ticket 12: the secret leaked"),
                                    std::string(max_reason_size, 'a')}) {
        const auto reason = Reason::parse(good);
        ASSERT_TRUE(reason) << good;
        EXPECT_EQ(reason->text(), good);
    }
    for (const std::string& bad : {std::string(max_reason_size + 1, 'a'), std::string("a\nb"),
                                   std::string("\xC2\x85"), std::string("\xC3")}) {
        const auto reason = Reason::parse(bad);
        ASSERT_FALSE(reason) << bad;
        EXPECT_EQ(reason.error().code, ErrorCode::invalid_argument);
    }
}

}  // namespace
}  // namespace latchkey::audit
