#pragma once

// A database whose Nth call fails: beginning a transaction, a statement, a commit. Everything else
// goes through to the real one, so that what a failure leaves behind is what the engine makes of
// it.

#include <limits>
#include <memory>
#include <set>
#include <string_view>

#include "database/database.hpp"

namespace latchkey::testing {

/// Whether the storage recovers after the failed call or stays broken.
enum class Failing : std::uint8_t { once, from_then_on };

class FailurePlan {
public:
    static constexpr int never = std::numeric_limits<int>::max();

    /// The call number `at`, counted from 1, fails.
    void fail_at(int at, Failing failing) {
        at_ = at;
        failing_ = failing;
        calls_ = 0;
    }
    /// How many calls there were since.
    [[nodiscard]] int calls() const noexcept { return calls_; }

    /// Counts one call. Errors: storage_failed when it is to fail.
    [[nodiscard]] Result<void> pass() {
        ++calls_;
        const bool fails = failing_ == Failing::once ? calls_ == at_ : calls_ >= at_;
        if (!fails) return {};
        return fail(ErrorCode::storage_failed, "The storage failed.", "a planned failure");
    }

private:
    int at_ = never;
    Failing failing_ = Failing::once;
    int calls_ = 0;
};

class FailingDatabase final : public database::Database {
public:
    explicit FailingDatabase(database::Database& real) : real_(real) {}

    [[nodiscard]] FailurePlan& plan() noexcept { return plan_; }
    /// Every statement that was asked for, as it stands in the source.
    [[nodiscard]] std::set<std::string_view>& statements() noexcept { return statements_; }

    Result<std::unique_ptr<database::WriteGroup>> begin_group(
        database::Isolation isolation) override;
    Result<std::unique_ptr<database::ReadTransaction>> read() override;

private:
    database::Database& real_;
    FailurePlan plan_;
    std::set<std::string_view> statements_;
};

}  // namespace latchkey::testing
