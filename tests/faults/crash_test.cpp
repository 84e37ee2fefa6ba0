// kill -9 in the middle of exchanges, refreshes, revocations and writes. Whatever was acknowledged
// is still there, and every history is one that a single careful clerk could have produced.
//
// A longer campaign by command, here half an hour or so:
//
//     LATCHKEY_CRASHES=2000 build/dev/bin/latchkey_faults_test --gtest_filter='Crashes.*'

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "tests/faults/campaign.hpp"

namespace latchkey::testing {
namespace {

constexpr std::size_t usual_crashes = 24;

std::size_t crashes_wanted() {
    const char* const text = std::getenv("LATCHKEY_CRASHES");
    return text == nullptr ? usual_crashes : std::stoul(text);
}

void expect_linearizable(CampaignOptions options) {
    options.crashes = crashes_wanted();
    options.seed = std::random_device()();
    std::printf("seed %llu\n", static_cast<unsigned long long>(options.seed));
    const CampaignReport report = run_campaign(options);
    std::printf("%s\n", report.summary().c_str());
    EXPECT_GE(report.crashes, options.crashes);
    EXPECT_GT(report.operations, report.crashes);
    for (const std::string& violation : report.violations) ADD_FAILURE() << violation;
}

TEST(Crashes, OfOneServerLoseNothingThatWasAcknowledged) { expect_linearizable({}); }

TEST(Crashes, OfOneOfThreeServersDisturbNoOther) {
    expect_linearizable({.servers = 3, .clients = 9});
}

}  // namespace
}  // namespace latchkey::testing
