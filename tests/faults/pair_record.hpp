#pragma once

// What the clients of a campaign know and saw of one user's connection: tokens to use next, and the
// history for the checker. Shared by all clients.

#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/faults/pair_model.hpp"
#include "tests/faults/partner.hpp"
#include "tests/faults/scene.hpp"

namespace latchkey::testing {

using Dice = std::mt19937_64;

/// What a client is about to do: the operation without its answer, and the text to send.
struct PairPlan {
    PairOperation operation;
    std::string text;   // the token to present, or the public id
    std::string value;  // write
};

class PairRecord {
public:
    explicit PairRecord(const Person& person) : person_(person) {}

    /// What to do next: mostly what a client would, sometimes what a thief or a stale tab would.
    [[nodiscard]] PairPlan plan(Dice& dice);
    /// What a client does when the answer to `lost` never came: it tries again, or looks.
    [[nodiscard]] static PairPlan plan_after(const PairPlan& lost);
    /// Keeps what was seen. `answer.outcome` is ok, refused or lost.
    void record(const PairPlan& plan, const Answer& answer, const Interval& interval);

    /// What shows that nothing acknowledged is lost: each family's newest token, each used consent
    /// token once more, and the value.
    [[nodiscard]] std::vector<PairPlan> inspection();

    [[nodiscard]] const Person& person() const noexcept { return person_; }
    [[nodiscard]] std::vector<PairOperation> history() const;

private:
    struct KnownToken {
        std::string text;
        TokenNumber number = 0;
        TokenNumber family = 0;
    };

    [[nodiscard]] PairPlan plan_exchange(Dice& dice);
    [[nodiscard]] PairPlan plan_refresh(Dice& dice);
    [[nodiscard]] PairPlan plan_access(PairAction action, Dice& dice);
    [[nodiscard]] PairPlan exchange_of(std::size_t consent) const;
    [[nodiscard]] static PairPlan refresh_of(const KnownToken& token);
    [[nodiscard]] PairPlan access_with(PairAction action, const KnownToken& token);
    void learn(PairOperation& operation, const Answer& answer);

    const Person& person_;
    mutable std::mutex mutex_;
    // All below: guarded by mutex_.
    std::vector<PairOperation> history_;
    std::vector<std::vector<KnownToken>> families_;  // tokens in the order in which they came
    std::vector<KnownToken> access_tokens_;
    std::unordered_map<std::string, TokenNumber> refresh_numbers_;
    std::vector<std::size_t> used_consents_;
    std::int64_t revocations_seen_ = 0;
    TokenNumber last_number_ = 0;
};

}  // namespace latchkey::testing
