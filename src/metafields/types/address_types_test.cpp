// Types that point somewhere or name something: url, references, id, color.

#include "metafields/limits.hpp"
#include "metafields/types/type_rows_test.hpp"

namespace latchkey::metafields {
namespace {

constexpr GoodRow good_rows[] = {
    {"url", "https://www.shop.example.com", "https://www.shop.example.com"},
    {"url", "http://a.example:8080/b?c=d#e", "http://a.example:8080/b?c=d#e"},
    {"url", "HTTPS://A.example/%C3%BC", "HTTPS://A.example/%C3%BC"},
    {"url", "https://[2001:db8::1]/", "https://[2001:db8::1]/"},
    {"url", "mailto:ada@example.com?subject=Hi", "mailto:ada@example.com?subject=Hi"},
    {"url", "sms:+15551234567", "sms:+15551234567"},
    {"url", "tel:+15551234567", "tel:+15551234567"},
    {"list.url", R"(["https://a.example","tel:112"])", R"(["https://a.example","tel:112"])"},

    {"color", "#fff123", "#fff123"},
    {"color", "#FFA500", "#ffa500"},
    {"list.color", R"(["#FFF123", "#000000"])", R"(["#fff123","#000000"])"},

    {"id", "acme-1234", "acme-1234"},
    {"id", "ключ 7", "ключ 7"},

    {"product_reference", "gid://shopify/Product/1", "gid://shopify/Product/1"},
    {"variant_reference", "gid://shopify/ProductVariant/43", "gid://shopify/ProductVariant/43"},
    {"metaobject_reference", "gid://shopify/Metaobject/9", "gid://shopify/Metaobject/9"},
    {"product_taxonomy_value_reference", "gid://shopify/TaxonomyValue/1",
     "gid://shopify/TaxonomyValue/1"},
    {"file_reference", "gid://shopify/MediaImage/123", "gid://shopify/MediaImage/123"},
    {"mixed_reference", "gid://shopapp/ShopVideo/3f2a-77", "gid://shopapp/ShopVideo/3f2a-77"},
    {"list.product_reference", R"(["gid://shopify/Product/1","gid://shopify/Product/2"])",
     R"(["gid://shopify/Product/1","gid://shopify/Product/2"])"},
};

constexpr BadRow bad_rows[] = {
    {"url", "shop.example.com", "https, http, mailto"},
    {"url", "ftp://a.example", "https, http, mailto"},
    {"url", "javascript:alert(1)", "https, http, mailto"},
    {"url", "data:text/html,x", "https, http, mailto"},
    {"url", "https:a.example", "name a host"},
    {"url", "https:///path", "name a host"},
    {"url", "https://user@/", "name a host"},
    {"url", "https://:80", "name a host"},
    {"url", "mailto:", "after the scheme"},
    {"url", "https://a.example/a b", "ASCII"},
    {"url", "https://ä.example", "ASCII"},
    {"url", "https://a.example/%zz", "percent-encoded"},
    {"url", "https://a.example/\"><script>", "ASCII"},
    {"url", " https://a.example", "https, http, mailto"},
    {"list.url", R"(["https://a.example","nope"])", "Item 1"},

    {"color", "fff123", "#rrggbb"},
    {"color", "#fff", "#rrggbb"},
    {"color", "#ggg123", "#rrggbb"},
    {"color", "red", "#rrggbb"},
    {"color", "#fff1234", "#rrggbb"},

    {"id", "", "blank"},
    {"id", "a\nb", "single line"},

    {"product_reference", "1", "global ID"},
    {"product_reference", "gid://shopify/Product", "global ID"},
    {"product_reference", "gid://shopify/Product/", "global ID"},
    {"product_reference", "gid:///Product/1", "global ID"},
    {"product_reference", "gid://shopify//1", "global ID"},
    {"product_reference", "gid://shopify/Product/1 2", "global ID"},
    {"product_reference", "GID://shopify/Product/1", "global ID"},
};

TEST(MetafieldAddressType, KeepsGoodValuesInTheirCanonicalForm) { expect_good(good_rows); }

TEST(MetafieldAddressType, SaysWhatIsWrongWithABadValue) { expect_bad(bad_rows); }

TEST(MetafieldAddressType, RefusesLongNamesAndAddresses) {
    const std::string address = "https://a.example/" + std::string(max_identifier_value_bytes, 'x');
    for (const std::string_view type : {"url", "id", "product_reference"}) {
        const Checked refused = canonical_value(*find_type(type), address);
        ASSERT_FALSE(refused) << type;
        EXPECT_THAT(refused.error(), ::testing::HasSubstr("2048 bytes"));
    }
}

TEST(MetafieldType, CoversTheEcosystemsWholeList) {
    constexpr std::string_view expected[] = {"article_reference",
                                             "boolean",
                                             "collection_reference",
                                             "color",
                                             "company_reference",
                                             "customer_reference",
                                             "date",
                                             "date_time",
                                             "dimension",
                                             "file_reference",
                                             "id",
                                             "json",
                                             "link",
                                             "metaobject_reference",
                                             "mixed_reference",
                                             "money",
                                             "multi_line_text_field",
                                             "number_decimal",
                                             "number_integer",
                                             "order_reference",
                                             "page_reference",
                                             "product_reference",
                                             "product_taxonomy_value_reference",
                                             "rating",
                                             "rich_text_field",
                                             "single_line_text_field",
                                             "url",
                                             "variant_reference",
                                             "volume",
                                             "weight",
                                             "list.color",
                                             "list.date",
                                             "list.date_time",
                                             "list.dimension",
                                             "list.file_reference",
                                             "list.link",
                                             "list.metaobject_reference",
                                             "list.mixed_reference",
                                             "list.number_decimal",
                                             "list.number_integer",
                                             "list.product_reference",
                                             "list.rating",
                                             "list.single_line_text_field",
                                             "list.url",
                                             "list.variant_reference",
                                             "list.volume",
                                             "list.weight"};
    for (const std::string_view name : expected) EXPECT_TRUE(find_type(name)) << name;
}

}  // namespace
}  // namespace latchkey::metafields
