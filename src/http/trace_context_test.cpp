#include "http/trace_context.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/text/text.hpp"

namespace latchkey::http {
namespace {

constexpr std::string_view good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(TraceContext, ReadsTheFieldsOfATraceparent) {
    const auto context = parse_traceparent(good);
    ASSERT_TRUE(context);
    EXPECT_EQ(to_hex(context->trace_id), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(to_hex(context->parent_id), "b7ad6b7169203331");
    EXPECT_TRUE(context->is_sampled());
}

TEST(TraceContext, TakesWhatTheSpecificationTakesAndNothingElse) {
    const std::string trace = "0af7651916cd43dd8448eb211c80319c";
    const std::string parent = "b7ad6b7169203331";
    const std::string ids = trace + "-" + parent;
    struct Row {
        std::string value;
        enum { taken, ignored } expected;
    };
    for (const auto& [value, expected] : std::vector<Row>{
             {"00-" + ids + "-00", Row::taken},
             {"00-" + ids + "-ff", Row::taken},  // 3.2.2.5: flags that we do not know
             {"cc-" + ids + "-01", Row::taken},  // 3.2.4: a later version
             {"cc-" + ids + "-01-what-the-future-will-be-like", Row::taken},
             {"cc-" + ids + "-01.what-the-future-will-be-like", Row::ignored},
             {"cc-" + ids + "-01-", Row::taken},
             {"00-" + ids + "-01-more", Row::ignored},
             {"00-" + ids + "-01-", Row::ignored},
             {"00-" + ids + "-01 ", Row::ignored},
             {"ff-" + ids + "-01", Row::ignored},
             {"0-" + ids + "-01", Row::ignored},
             {"000-" + ids + "-01", Row::ignored},
             {"0G-" + ids + "-01", Row::ignored},
             {"CC-" + ids + "-01", Row::ignored},
             {"00-" + std::string(32, '0') + "-" + parent + "-01", Row::ignored},
             {"00-" + trace + "-" + std::string(16, '0') + "-01", Row::ignored},
             {"00-0AF7651916CD43DD8448EB211C80319C-" + parent + "-01", Row::ignored},
             {"00-" + trace + "-B7AD6B7169203331-01", Row::ignored},
             {"00-" + trace.substr(1) + "-" + parent + "-01", Row::ignored},
             {"00-" + trace + "0-" + parent + "-01", Row::ignored},
             {"00-" + trace + "-" + parent + "0-01", Row::ignored},
             {"00-.af7651916cd43dd8448eb211c80319c-" + parent + "-01", Row::ignored},
             {"00_" + ids + "-01", Row::ignored},
             {"00-" + trace + "_" + parent + "-01", Row::ignored},
             {"00-" + ids + "_01", Row::ignored},
             {"00-" + ids + "-1", Row::ignored},
             {"00-" + ids + "-0x", Row::ignored},
             {"00-" + ids + "-FF", Row::ignored},
             {"00-" + ids, Row::ignored},
             {"", Row::ignored},
             {std::string(55, '-'), Row::ignored},
             {std::string(100'000, '0'), Row::ignored},
         }) {
        EXPECT_EQ(parse_traceparent(value).has_value(), expected == Row::taken)
            << value.substr(0, 80);
    }
}

TEST(TraceContext, PassesOnOurSpanAndNoFlagItDoesNotKnow) {
    auto context = parse_traceparent("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe");
    ASSERT_TRUE(context);
    context->span_id = {1, 2, 3, 4, 5, 6, 7, 8};
    EXPECT_EQ(to_traceparent(*context), "00-0af7651916cd43dd8448eb211c80319c-0102030405060708-00");
    context->flags = TraceContext::sampled;
    EXPECT_TRUE(to_traceparent(*context).ends_with("-01"));
    EXPECT_TRUE(parse_traceparent(to_traceparent(*context)));
}

class Zeros final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, std::uint8_t{0}); }
};

TEST(SpanIds, AreNeverZeroAndNeverTwice) {
    Zeros random;
    SpanIds ids(random);
    std::set<SpanId> seen;
    for (int i = 0; i < 10'000; ++i) {
        const SpanId id = ids.next();
        EXPECT_NE(id, SpanId{});
        EXPECT_TRUE(seen.insert(id).second);
    }
}

}  // namespace
}  // namespace latchkey::http
