#pragma once

// The answers that one thread gives one after the other. Whoever they are for is woken once, after
// the last of them: a loop that woke at the first would take the core from the thread that has the
// others ready.

#include <memory>
#include <utility>
#include <vector>

namespace latchkey::database {

/// Somebody who waits for answers.
class Wakeable {
public:
    Wakeable() = default;
    Wakeable(const Wakeable&) = delete;
    Wakeable& operator=(const Wakeable&) = delete;
    virtual ~Wakeable() = default;
    virtual void wake() noexcept = 0;
};

class AnswerBatch {
public:
    AnswerBatch() = default;
    AnswerBatch(const AnswerBatch&) = delete;
    AnswerBatch& operator=(const AnswerBatch&) = delete;
    ~AnswerBatch() {
        for (const auto& one : waiting_) one->wake();
    }

    /// `who` is woken when the batch goes, as often as it was said.
    void wake_afterwards(std::shared_ptr<Wakeable> who) { waiting_.push_back(std::move(who)); }

private:
    std::vector<std::shared_ptr<Wakeable>> waiting_;
};

}  // namespace latchkey::database
