#include "metafields/names.hpp"

#include <gtest/gtest.h>

namespace latchkey::metafields {
namespace {

TEST(MetafieldNames, AcceptKeysOfTheRightLengthAndCharacters) {
    for (const std::string& key : {std::string("my-membership"), std::string("acme-id"),
                                   std::string("A0"), std::string("__"), std::string(64, 'k')}) {
        EXPECT_FALSE(find_key_fault(key)) << key;
    }
    for (const std::string& key :
         {std::string(), std::string("a"), std::string(65, 'k'), std::string("a b"),
          std::string("a.b"), std::string("schlüssel"), std::string("a/b"), std::string("a\nb")}) {
        EXPECT_TRUE(find_key_fault(key)) << key;
    }
}

TEST(MetafieldNames, AcceptNamespacesThatMayBeNestedByDots) {
    for (const std::string& name : {std::string("abc"), std::string("loyalty.tiers"),
                                    std::string("a.b"), std::string(255, 'n')}) {
        EXPECT_FALSE(find_namespace_fault(name)) << name;
    }
    for (const std::string& name :
         {std::string(), std::string("ab"), std::string(256, 'n'), std::string(".ab"),
          std::string("ab."), std::string("a..b"), std::string("a b"), std::string("a$b")}) {
        EXPECT_TRUE(find_namespace_fault(name)) << name;
    }
}

TEST(MetafieldNames, CountCharactersRatherThanBytes) {
    EXPECT_FALSE(find_name_fault(std::string(255, 'n')));
    EXPECT_TRUE(find_name_fault(std::string(256, 'n')));
    std::string shoes;
    for (int i = 0; i < 255; ++i) shoes += "靴";
    EXPECT_FALSE(find_name_fault(shoes));
    EXPECT_TRUE(find_name_fault(shoes + "靴"));
    EXPECT_TRUE(find_name_fault("  "));
    EXPECT_FALSE(find_description_fault(""));
    EXPECT_TRUE(find_description_fault(std::string(256, 'd')));
    EXPECT_TRUE(find_description_fault(std::string(1, '\0')));
    EXPECT_TRUE(find_description_fault("\xC3"));
}

TEST(MetafieldNames, TellReservedNamespacesFromPaths) {
    const auto own = *ClientId::from_text("0123456789abcdef0123456789abcdef");
    const auto other = *ClientId::from_text("fedcba9876543210fedcba9876543210");
    EXPECT_EQ(reserved_namespace(own), "app--0123456789abcdef0123456789abcdef");
    EXPECT_EQ(find_reserved_owner(own, std::nullopt), own);
    EXPECT_EQ(find_reserved_owner(own, "$app"), own);
    EXPECT_EQ(find_reserved_owner(own, reserved_namespace(own)), own);
    EXPECT_EQ(find_reserved_owner(own, reserved_namespace(other)), other);
    for (const std::string_view path : {"", "loyalty", "loyalty.tiers", "app--", "app--0123"}) {
        EXPECT_EQ(find_reserved_owner(own, path), std::nullopt) << path;
    }
}

TEST(MetafieldNames, NameAppsByGlobalIds) {
    const auto app = *ClientId::from_text("0123456789abcdef0123456789abcdef");
    EXPECT_EQ(client_gid(app), "gid://shopify/Client/0123456789abcdef0123456789abcdef");
    EXPECT_EQ(parse_client_gid(client_gid(app)), app);
    for (const std::string_view bad :
         {"", "0123456789abcdef0123456789abcdef", "gid://shopify/Client/1234",
          "gid://shopify/Shop/0123456789abcdef0123456789abcdef"}) {
        EXPECT_EQ(parse_client_gid(bad), std::nullopt) << bad;
    }
}

TEST(MetafieldNames, KeepNamespaceKeysApartFromReservedOnes) {
    EXPECT_FALSE(find_namespace_key_fault("loyalty"));
    EXPECT_TRUE(find_namespace_key_fault("app--loyalty"));
    EXPECT_TRUE(find_namespace_key_fault("a.b"));
}

}  // namespace
}  // namespace latchkey::metafields
