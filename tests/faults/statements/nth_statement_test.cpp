// Make the Nth call to the storage fail, for every N until the whole act succeeds: afterwards the
// store holds either what it held before or what the act makes of it, never something between.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "testing/store_dump.hpp"
#include "tests/faults/statements/write_paths.hpp"

namespace latchkey::testing {
namespace {

/// Alone, or as one job of a group that is committed whatever became of the job.
enum class Setting : std::uint8_t { alone, in_a_group };

struct Case {
    WritePath path;
    Setting setting;
    Failing failing;
};

void PrintTo(const Case& row, std::ostream* out) { *out << row.path.name; }

std::string name_of(const ::testing::TestParamInfo<Case>& row) {
    std::string name = row.param.path.name;
    name += row.param.setting == Setting::alone ? "Alone" : "InAGroup";
    name += row.param.failing == Failing::once ? "FailsOnce" : "StaysBroken";
    return name;
}

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const WritePath& path : all_write_paths()) {
        for (const Setting setting : {Setting::alone, Setting::in_a_group}) {
            for (const Failing failing : {Failing::once, Failing::from_then_on}) {
                all.push_back({path, setting, failing});
            }
        }
    }
    return all;
}

class NthStatement : public ::testing::TestWithParam<Case> {
protected:
    static std::unique_ptr<FaultWorld> prepared() {
        auto world = std::make_unique<FaultWorld>();
        GetParam().path.prepare(*world);
        return world;
    }

    static Result<void> act(FaultWorld& world) {
        FaultWorld::reset_random(2);  // other ids than the world's own
        if (GetParam().setting == Setting::alone) return GetParam().path.act(world);
        const auto group = testing::must(world.failing.begin_group(database::Isolation::isolated));
        world.joined = group.get();
        auto result = GetParam().path.act(world);
        world.joined = nullptr;
        testing::must(group->commit());
        return result;
    }
};
INSTANTIATE_TEST_SUITE_P(Of, NthStatement, ::testing::ValuesIn(cases()), name_of);

TEST_P(NthStatement, FailsAndLeavesTheOldStateOrTheNew) {
    auto world = prepared();
    const std::string before = dump_store(*world->database);
    int failures = 0;
    for (int n = 1;; ++n) {
        world->failing.plan().fail_at(n, GetParam().failing);
        const auto result = act(*world);
        const bool was_hit = world->failing.plan().calls() >= n;
        const std::string after = dump_store(*world->database);
        if (!was_hit) {
            ASSERT_TRUE(result) << result.error().detail;
            break;
        }
        ++failures;
        if (result) {
            // Done all the same, without the call that failed: then it is all there.
            world = prepared();
            world->failing.plan().fail_at(FailurePlan::never, Failing::once);
            ASSERT_TRUE(act(*world));
            EXPECT_EQ(after, dump_store(*world->database)) << "after call " << n << " failed";
            world = prepared();
            continue;
        }
        EXPECT_EQ(result.error().code, ErrorCode::storage_failed) << result.error().detail;
        ASSERT_EQ(after, before) << "after call " << n << " failed";
    }
    EXPECT_GT(failures, 0);
}

}  // namespace
}  // namespace latchkey::testing
