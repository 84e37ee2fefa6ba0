// The checker and the model themselves: they accept what may happen and refuse what may not.

#include "tests/faults/linearizability.hpp"

#include <gtest/gtest.h>

#include "tests/faults/pair_model.hpp"

namespace latchkey::testing {
namespace {

using Answer = PairOperation::Answer;
using History = std::vector<PairOperation>;

PairOperation exchange(Interval interval, TokenNumber consent, TokenNumber issued) {
    return {.action = PairAction::exchange,
            .interval = interval,
            .answer = issued == 0 ? Answer::refused : Answer::ok,
            .consent = consent,
            .refresh_token = issued,
            .access_token = issued == 0 ? 0 : issued + 100};
}

/// `issued` 0: refused.
PairOperation refresh(Interval interval, TokenNumber presented, TokenNumber issued) {
    return {.action = PairAction::refresh,
            .interval = interval,
            .answer = issued == 0 ? Answer::refused : Answer::ok,
            .presented = presented,
            .presented_family = 1,
            .refresh_token = issued,
            .access_token = issued == 0 ? 0 : issued + 100};
}

PairOperation write(Interval interval, TokenNumber value) {
    return {.action = PairAction::write, .interval = interval, .presented = 101, .value = value};
}
PairOperation read(Interval interval, TokenNumber value) {
    return {.action = PairAction::read, .interval = interval, .presented = 101, .value = value};
}
PairOperation revoke(Interval interval) {
    return {.action = PairAction::revoke, .interval = interval};
}
PairOperation refused(PairOperation operation) {
    operation.answer = Answer::refused;
    return operation;
}
PairOperation lost(PairOperation operation) {
    operation.certainty = Certainty::lost;
    operation.refresh_token = 0;
    operation.access_token = 0;
    return operation;
}

struct Row {
    const char* name;
    bool linearizable;
    History history;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class Histories : public ::testing::TestWithParam<Row> {};

TEST_P(Histories, AreJudgedRightly) {
    LinearizabilityChecker<PairModel> checker;
    EXPECT_EQ(!checker.find_violation(GetParam().history).has_value(), GetParam().linearizable);
}

const PairOperation first = exchange({0, 1}, 1, 1);

const std::vector<Row> rows = {
    {"OneExchange", true, {first}},
    {"AConsentTokenTwice", false, {first, exchange({2, 3}, 1, 2)}},
    {"AReplayRefused", true, {first, exchange({2, 3}, 1, 0)}},
    {"ARefusalWithoutAReason", false, {exchange({0, 1}, 1, 0)}},
    {"TwoRaceForOneConsentToken", true, {exchange({0, 9}, 1, 0), exchange({1, 8}, 1, 1)}},
    {"ARotation", true, {first, refresh({2, 3}, 1, 2)}},
    {"TheParentAgain", true, {first, refresh({2, 3}, 1, 2), refresh({4, 5}, 1, 2)}},
    {"TwoSuccessorsOfOneParent", false, {first, refresh({2, 3}, 1, 2), refresh({4, 5}, 1, 3)}},
    {"TwoRaceToRefreshAndGetTheSame", true, {first, refresh({2, 6}, 1, 2), refresh({3, 5}, 1, 2)}},
    {"TwoRaceToRefreshAndGetTwo", false, {first, refresh({2, 6}, 1, 2), refresh({3, 5}, 1, 3)}},
    {"AnAcknowledgedRotationForgotten",
     false,
     {first, refresh({2, 3}, 1, 2), refresh({4, 5}, 2, 0)}},
    {"ReuseKills",
     true,
     {first, refresh({2, 3}, 1, 2), refresh({4, 5}, 2, 3), refresh({6, 7}, 1, 0),
      refresh({8, 9}, 3, 0)}},
    {"LifeAfterReuse",
     false,
     {first, refresh({2, 3}, 1, 2), refresh({4, 5}, 2, 3), refresh({6, 7}, 1, 0),
      refresh({8, 9}, 3, 4)}},
    {"ALostRotationHappened", true, {first, lost(refresh({2, 9}, 1, 0)), refresh({10, 11}, 1, 2)}},
    {"ALostRotationHasOneSuccessor",
     false,
     {first, lost(refresh({2, 9}, 1, 0)), refresh({10, 11}, 1, 2), refresh({12, 13}, 1, 3)}},
    {"ALostExchangeMayHaveUsedTheToken",
     true,
     {lost(exchange({0, 9}, 1, 0)), exchange({10, 11}, 1, 0)}},
    {"ALostExchangeMayNotHave", true, {lost(exchange({0, 9}, 1, 0)), exchange({10, 11}, 1, 1)}},
    {"AValueReadBack", true, {first, write({2, 3}, 7), read({4, 5}, 7)}},
    {"AValueForgotten", false, {first, write({2, 3}, 7), read({4, 5}, 0)}},
    {"ALostWriteComesAndGoes",
     false,
     {first, lost(write({2, 9}, 7)), read({10, 11}, 7), read({12, 13}, 0)}},
    {"RevokingEndsAll",
     true,
     {first, revoke({2, 3}), refused(read({4, 5}, 0)), refresh({6, 7}, 1, 0)}},
    {"AReadAfterRevoking", false, {first, revoke({2, 3}), read({4, 5}, 0)}},
    {"AReadWhileRevoking", true, {first, revoke({2, 9}), read({4, 5}, 0)}},
    {"ARefreshAfterRevoking", false, {first, revoke({2, 3}), refresh({4, 5}, 1, 2)}},
};
INSTANTIATE_TEST_SUITE_P(Of, Histories, ::testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(PairModel, KeepsTwentyFamiliesAndTheOldestGoes) {
    PairState state;
    for (TokenNumber n = 1; n <= 21; ++n) {
        const auto next = PairModel::apply(state, exchange({2 * n, 2 * n + 1}, n, n));
        ASSERT_EQ(next.size(), 1U);
        state = next.front();
    }
    EXPECT_EQ(state.families.size(), 20U);
    EXPECT_EQ(state.families.front().first, 2);
    EXPECT_TRUE(PairModel::apply(state, refresh({100, 101}, 1, 50)).empty());
}

}  // namespace
}  // namespace latchkey::testing
