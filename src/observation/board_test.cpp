#include "observation/board.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "http/exchange.hpp"

namespace latchkey::observation {
namespace {

using std::chrono::microseconds;

constexpr std::string_view route = "/api/{version}/users/graphql.json";
constexpr std::string_view select_one = "SELECT 1";
constexpr std::string_view select_two = "SELECT 2";

const std::optional<http::TraceContext> no_trace;

database::StatementReport ran(std::string_view text, microseconds duration) {
    return {.text = text, .duration = duration, .rows = 2, .error = std::nullopt};
}

http::RequestFinished finished(std::string_view pattern, int status) {
    return {.request_id = "id",
            .route = pattern,
            .method = http::Method::post,
            .method_text = "POST",
            .path = "/",
            .peer_address = "192.0.2.1",
            .status = status,
            .response_bytes = 10,
            .ending = http::Ending::answered,
            .duration = microseconds(3),
            .queue_time = {},
            .run_time = microseconds(3),
            .runs = 0,
            .statements = 0,
            .trace = no_trace};
}

TEST(Board, AddsUpWhatEachLoopHasCounted) {
    Board board;
    const auto a = board.make_observer();
    auto b = board.make_observer();
    for (http::Observer* loop : {a.get(), b.get()}) {
        loop->request_started();
        loop->request_finished(finished(route, 200));
    }
    b->request_started();
    auto again = finished(route, 503);
    again.runs = 2;
    again.queue_time = microseconds(100);
    again.ending = http::Ending::unheard;
    b->request_finished(again);
    a->request_started();
    a->request_finished(finished({}, 404));
    a->request_started();
    b.reset();

    const Totals sums = board.totals();
    EXPECT_EQ(sums.started, 5U);
    EXPECT_EQ(sums.finished, 4U);
    EXPECT_EQ(sums.in_flight(), 1U);
    EXPECT_EQ(sums.unheard, 1U);
    EXPECT_EQ(sums.queue_times[place_of(microseconds(100))], 1U);
    ASSERT_EQ(sums.routes.size(), 2U);
    const RouteTotals& totals = sums.routes.at({route, http::Method::post});
    EXPECT_EQ(totals.requests(), 3U);
    EXPECT_EQ(totals.by_class[2], 2U);
    EXPECT_EQ(totals.by_class[5], 1U);
    EXPECT_EQ(totals.response_bytes, 30U);
    EXPECT_EQ(totals.ran_again, 1U);
    EXPECT_EQ(totals.durations[place_of(microseconds(3))], 3U);
    EXPECT_EQ((sums.routes.at({"", http::Method::post}).by_class[4]), 1U);
}

TEST(Board, GivesStatementsToTheRouteOfTheRequestThatRanThem) {
    Board board;
    http::Exchange exchange;
    exchange.route = route;
    {
        const http::Running here(exchange);
        board.statements().observe(ran(select_one, microseconds(7)));
        board.statements().observe({.text = select_one,
                                    .duration = microseconds(5),
                                    .rows = 0,
                                    .error = ErrorCode::conflict});
        board.statements().observe(ran(select_two, microseconds(1)));
    }
    board.statements().observe(ran(select_one, microseconds(1)));
    std::thread other([&] { board.statements().observe(ran(select_one, microseconds(1))); });
    other.join();
    const auto counts = board.totals().statements;
    ASSERT_EQ(counts.size(), 3U);
    const StatementTotals& one = counts.at({route, select_one});
    EXPECT_EQ(one.runs, 2U);
    EXPECT_EQ(one.errors, 1U);
    EXPECT_EQ(one.rows, 2U);
    EXPECT_EQ(one.microseconds, 12U);
    EXPECT_EQ((counts.at({route, select_two}).runs), 1U);
    EXPECT_EQ((counts.at({"", select_one}).runs), 2U) << "of two threads, for no request";
    EXPECT_EQ(exchange.statements, 3U);
}

TEST(Board, KeepsTheStatementsOfTwoStoresApart) {
    Board first;
    Board second;
    first.statements().observe(ran(select_one, microseconds(1)));
    second.statements().observe(ran(select_one, microseconds(1)));
    first.statements().observe(ran(select_one, microseconds(1)));
    EXPECT_EQ((first.totals().statements.at({"", select_one}).runs), 2U);
    EXPECT_EQ((second.totals().statements.at({"", select_one}).runs), 1U);
}

// Loops count while somebody reads: what ThreadSanitizer has to find nothing in.
TEST(Board, IsReadWhileItIsWritten) {
    Board board;
    constexpr int requests = 2'000;
    std::vector<std::thread> loops;
    for (int i = 0; i < 3; ++i) {
        loops.emplace_back([&board] {
            const auto observer = board.make_observer();
            for (int n = 0; n < requests; ++n) {
                observer->request_started();
                board.statements().observe(ran(select_one, microseconds(1)));
                observer->request_finished(finished(route, 200));
            }
        });
    }
    for (int n = 0; n < 200; ++n) EXPECT_LE(board.totals().in_flight(), 3U * requests);
    for (std::thread& loop : loops) loop.join();
    const Totals sums = board.totals();
    EXPECT_EQ(sums.finished, 3U * requests);
    EXPECT_EQ(sums.in_flight(), 0U);
    EXPECT_EQ((sums.statements.at({"", select_one}).runs), 3U * requests);
}

TEST(Table, CountsWhatItHasNoPlaceForAsOthers) {
    Table<Counter, 4> table;
    constexpr std::string_view texts = "abcdefgh";
    for (std::size_t i = 0; i < texts.size(); ++i) table.at({texts.substr(i, 1)}).add(1);
    table.at({texts.substr(0, 1)}).add(1);
    std::uint64_t all = 0;
    std::uint64_t others = 0;
    table.each([&](const LiteralKey& key, const Counter& row) {
        all += row.value();
        if (key.first == "(others)") others = row.value();
    });
    EXPECT_EQ(all, 9U);
    EXPECT_EQ(others, 5U);
}

TEST(Durations, HaveTheirPlaces) {
    EXPECT_EQ(place_of(std::chrono::nanoseconds(-1)), 0U);
    EXPECT_EQ(place_of(std::chrono::nanoseconds(999)), 0U);
    EXPECT_EQ(place_of(microseconds(1)), 1U);
    EXPECT_EQ(place_of(microseconds(2)), 2U);
    EXPECT_EQ(place_of(microseconds(1023)), 10U);
    EXPECT_EQ(place_of(microseconds(1024)), 11U);
    EXPECT_EQ(place_of(std::chrono::hours(100)), duration_places - 1);
}

}  // namespace
}  // namespace latchkey::observation
