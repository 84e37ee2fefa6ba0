// Types whose values are JSON objects: measurements, money, ratings, links, rich text. Good and bad
// values in the formats that the ecosystem's documentation shows.

#include "metafields/types/type_rows_test.hpp"

namespace latchkey::metafields {
namespace {

constexpr GoodRow good_rows[] = {
    {"dimension", R"({"unit":"cm","value":25.0})", R"({"value":25.0,"unit":"cm"})"},
    {"dimension", R"({"value": 25, "unit": "CENTIMETERS"})", R"({"value":25.0,"unit":"cm"})"},
    {"dimension", R"({"value":"0.10","unit":"in"})", R"({"value":0.1,"unit":"in"})"},
    {"dimension", R"({"value":9999999999999.999999999,"unit":"yd"})",
     R"({"value":9999999999999.999999999,"unit":"yd"})"},
    {"volume", R"({"value":20.0,"unit":"ml"})", R"({"value":20.0,"unit":"ml"})"},
    {"volume", R"({"value":1,"unit":"us_fl_oz"})", R"({"value":1.0,"unit":"us_fl_oz"})"},
    {"volume", R"({"value":1,"unit":"IMPERIAL_GALLONS"})", R"({"value":1.0,"unit":"imp_gal"})"},
    {"volume", R"({"value":0,"unit":"m3"})", R"({"value":0.0,"unit":"m3"})"},
    {"weight", R"({"value":2.5,"unit":"kg"})", R"({"value":2.5,"unit":"kg"})"},
    {"weight", R"({"value":2.5,"unit":"POUNDS"})", R"({"value":2.5,"unit":"lb"})"},
    {"list.weight", R"([{"unit":"g","value":1}, {"unit":"oz","value":2.0}])",
     R"([{"value":1.0,"unit":"g"},{"value":2.0,"unit":"oz"}])"},

    {"money", R"({"amount":"5.99","currency_code":"CAD"})",
     R"({"amount":"5.99","currency_code":"CAD"})"},
    {"money", R"({"currency_code":"EUR","amount":5.9})",
     R"({"amount":"5.90","currency_code":"EUR"})"},
    {"money", R"({"amount":"-0","currency_code":"JPY"})",
     R"({"amount":"0.00","currency_code":"JPY"})"},
    {"money", R"({"amount":"-12.3456","currency_code":"KWD"})",
     R"({"amount":"-12.3456","currency_code":"KWD"})"},

    {"rating", R"({"value":"3.5","scale_min":"1.0","scale_max":"5.0"})",
     R"({"value":"3.5","scale_min":"1.0","scale_max":"5.0"})"},
    {"rating", R"({"scale_max":5,"scale_min":1,"value":5})",
     R"({"value":"5.0","scale_min":"1.0","scale_max":"5.0"})"},
    {"rating", R"({"value":"-1","scale_min":"-1","scale_max":"0"})",
     R"({"value":"-1.0","scale_min":"-1.0","scale_max":"0.0"})"},
    {"list.rating", R"([{"value":"1","scale_min":"1","scale_max":"2"}])",
     R"([{"value":"1.0","scale_min":"1.0","scale_max":"2.0"}])"},

    {"link", R"({"text":"Learn more","url":"https://shop.example.com"})",
     R"({"text":"Learn more","url":"https://shop.example.com"})"},
    {"link", R"({"url":"tel:+15551234567","text":"Call \"us\""})",
     R"({"text":"Call \"us\"","url":"tel:+15551234567"})"},
    {"list.link", R"([ {"text":"A","url":"http://a.example"} ])",
     R"([{"text":"A","url":"http://a.example"}])"},

    {"rich_text_field",
     R"({"type":"root","children":[{"type":"paragraph","children":[)"
     R"({"type":"text","value":"Hi"}]}]})",
     R"({"type":"root","children":[{"type":"paragraph","children":[)"
     R"({"type":"text","value":"Hi"}]}]})"},
    {"rich_text_field", R"({"type":"root","children":[]})", R"({"type":"root","children":[]})"},
    {"rich_text_field",
     R"({"type":"root","children":[
         {"type":"heading","level":2,"children":[{"type":"text","value":"H","bold":true}]},
         {"type":"list","listType":"ordered","children":[
             {"type":"list-item","children":[
                 {"type":"link","url":"https://a.example","children":[
                     {"type":"text","value":"x"}]}]}]}]})",
     R"({"type":"root","children":[{"type":"heading","level":2,"children":[{"type":"text",)"
     R"("value":"H","bold":true}]},{"type":"list","listType":"ordered","children":[{"type":)"
     R"("list-item","children":[{"type":"link","url":"https://a.example","children":[{"type":)"
     R"("text","value":"x"}]}]}]}]})"},
};

constexpr BadRow bad_rows[] = {
    {"dimension", "25", "JSON object of value and unit"},
    {"dimension", R"("25 cm")", "JSON object of value and unit"},
    {"dimension", R"({"value":25})", "JSON object of value and unit"},
    {"dimension", R"({"value":25,"unit":"cm","note":1})", "JSON object of value and unit"},
    {"dimension", R"({"value":25,"unit":"kg"})", "one of mm cm m in ft yd"},
    {"dimension", R"({"value":25,"unit":7})", "one of mm"},
    {"dimension", R"({"value":-1,"unit":"cm"})", "from 0"},
    {"dimension", R"({"value":1e3,"unit":"cm"})", "must be a number"},
    {"dimension", R"({"value":null,"unit":"cm"})", "must be a number"},
    {"dimension", R"({"value":10000000000000,"unit":"cm"})", "9999999999999.999999999"},
    {"dimension", R"({"value":1,"value":2,"unit":"cm"})", "JSON object"},
    {"volume", R"({"value":1,"unit":"cup"})", "us_fl_oz"},
    {"weight", R"({"value":1,"unit":"st"})", "g kg oz lb"},
    {"list.weight", R"([{"value":1,"unit":"g"},{"value":1,"unit":"l"}])", "Item 1: Its unit"},

    {"money", "5.99", "amount and currency_code"},
    {"money", R"({"amount":"5.99"})", "amount and currency_code"},
    {"money", R"({"amount":"5.99","currency_code":"cad"})", "ISO 4217"},
    {"money", R"({"amount":"5.99","currency_code":"XTS"})", "ISO 4217"},
    {"money", R"({"amount":"5,99","currency_code":"CAD"})", "decimal number"},
    {"money", R"({"amount":"","currency_code":"CAD"})", "decimal number"},
    {"money", R"({"amount":"0.1234567891","currency_code":"CAD"})", "decimal number"},

    {"rating", "3.5", "value, scale_min and scale_max"},
    {"rating", R"({"value":"3.5","scale_min":"1.0"})", "value, scale_min and scale_max"},
    {"rating", R"({"value":"x","scale_min":"1","scale_max":"5"})", "decimal numbers"},
    {"rating", R"({"value":"3","scale_min":"5","scale_max":"5"})", "less than"},
    {"rating", R"({"value":"0.9","scale_min":"1","scale_max":"5"})", "between its scale_min"},
    {"rating", R"({"value":"5.1","scale_min":"1","scale_max":"5"})", "between its scale_min"},

    {"link", "https://shop.example.com", "JSON object of text and url"},
    {"link", R"({"text":"A"})", "JSON object of text and url"},
    {"link", R"({"text":1,"url":"https://a.example"})", "JSON object of text and url"},
    {"link", R"x({"text":"A","url":"javascript:alert(1)"})x", "https, http, mailto"},
    {"link", R"({"text":"A","url":"https://"})", "name a host"},

    {"rich_text_field", "Hi", "rich text"},
    {"rich_text_field", R"({"type":"paragraph","children":[]})", "rich text"},
    {"rich_text_field", R"({"type":"root"})", "rich text"},
    {"rich_text_field", R"({"type":"root","children":[{"type":"text","value":"x"}]})", "rich"},
    {"rich_text_field", R"({"type":"root","children":[{"type":"script","children":[]}]})", "rich"},
    {"rich_text_field",
     R"({"type":"root","children":[{"type":"heading","level":7,"children":[]}]})", "rich text"},
    {"rich_text_field",
     R"({"type":"root","children":[{"type":"list","listType":"big","children":[]}]})", "rich"},
    {"rich_text_field",
     R"({"type":"root","children":[{"type":"paragraph","children":[{"type":"text"}]}]})", "rich"},
};

TEST(MetafieldObjectType, KeepsGoodValuesInTheirCanonicalForm) { expect_good(good_rows); }

TEST(MetafieldObjectType, SaysWhatIsWrongWithABadValue) { expect_bad(bad_rows); }

struct OrderRow {
    std::string_view type;
    std::string_view less;
    std::string_view more;
};

constexpr OrderRow order_rows[] = {
    {"dimension", R"({"value":2.5,"unit":"cm"})", R"({"value":1,"unit":"in"})"},
    {"dimension", R"({"value":1,"unit":"in"})", R"({"value":26,"unit":"mm"})"},
    {"dimension", R"({"value":3,"unit":"ft"})", R"({"value":1.000000001,"unit":"yd"})"},
    {"volume", R"({"value":1,"unit":"imp_fl_oz"})", R"({"value":1,"unit":"us_fl_oz"})"},
    {"volume", R"({"value":999.999999999,"unit":"l"})", R"({"value":1,"unit":"m3"})"},
    {"weight", R"({"value":1,"unit":"oz"})", R"({"value":28.349523126,"unit":"g"})"},
    {"weight", R"({"value":2.2,"unit":"lb"})", R"({"value":1,"unit":"kg"})"},
};

TEST(MetafieldObjectType, ComparesMeasurementsAcrossUnitsExactly) {
    for (const OrderRow& row : order_rows) {
        SCOPED_TRACE(row.less);
        const auto type = find_type(row.type).value();
        const std::string less = canonical_value(type, row.less).value();
        const std::string more = canonical_value(type, row.more).value();
        EXPECT_TRUE(type.scalar->order(less, more) < 0);
        EXPECT_TRUE(type.scalar->order(more, less) > 0);
        EXPECT_TRUE(type.scalar->order(less, less) == 0);
    }
    const auto length = find_type("dimension").value();
    const std::string yard = canonical_value(length, R"({"value":1,"unit":"yd"})").value();
    const std::string feet = canonical_value(length, R"({"value":3,"unit":"ft"})").value();
    EXPECT_TRUE(length.scalar->order(yard, feet) == 0);
}

}  // namespace
}  // namespace latchkey::metafields
