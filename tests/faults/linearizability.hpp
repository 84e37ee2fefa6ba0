#pragma once

// Is there an order of these operations, each at one instant between its call and its return, in
// which a sequential model gives every answer that was seen? (Herlihy and Wing 1990.)
//
// The search is that of Wing and Gong (1993) with Lowe's memory (2017): build the order from its
// start, next any operation that was called before the first return that is still to come; go back
// when none fits; never look twice at the same point, which is a state of the model together with
// the operations that are in the order so far. It is exhaustive, so failing is a proof of a
// violation. Linearizability is compositional: each object (here: the connection of one user with
// one app) is checked alone.
//
// An operation whose answer was lost may have happened at any instant up to its `returned`, or
// never: it may be left out of the order.
//
// An operation that fits now and leaves the state as it is comes next at once, without trying any
// other: in every order that begins like this one it can be moved here, as nothing else notices.
//
// Model::State is totally ordered (<=>). Model::apply(state, operation) gives the states that the
// operation can lead to, given the answer that was seen, none if the model cannot give that answer
// in this state; for a lost answer, what it can lead to if it happened.

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace latchkey::testing {

/// When an operation was called and when it was over, on one clock.
struct Interval {
    std::int64_t called = 0;
    std::int64_t returned = 0;
};

enum class Certainty : std::uint8_t { answered, lost };

template <class Model>
class LinearizabilityChecker {
public:
    using Operation = typename Model::Operation;
    using State = typename Model::State;

    /// The operation that no order reaches, as an index; absent when the history is linearizable.
    /// Operation has `interval` and `certainty`.
    [[nodiscard]] std::optional<std::size_t> find_violation(const std::vector<Operation>& history) {
        start(history);
        while (!open_.empty()) {
            Point point = std::move(open_.back());
            open_.pop_back();
            settle(point);
            deepest_ = std::max(deepest_, point.settled);
            if (point.settled == by_return_.size()) return std::nullopt;
            if (seen_.insert(point).second) extend(point);
        }
        return by_return_[deepest_];
    }

    /// How many points it had to look at: at least one for each operation.
    [[nodiscard]] std::size_t points() const noexcept { return seen_.size(); }

private:
    /// The order so far: every operation among the first `settled` returns (or left out, if its
    /// answer was lost), and `ahead`, some that return later (ascending).
    struct Point {
        std::size_t settled = 0;
        std::vector<std::size_t> ahead;
        State state;
        auto operator<=>(const Point&) const = default;
    };

    void start(const std::vector<Operation>& history) {
        history_ = &history;
        by_return_.resize(history.size());
        std::iota(by_return_.begin(), by_return_.end(), std::size_t{0});
        std::stable_sort(by_return_.begin(), by_return_.end(), [&](std::size_t a, std::size_t b) {
            return history[a].interval.returned < history[b].interval.returned;
        });
        seen_.clear();
        deepest_ = 0;
        open_ = {Point{}};
    }

    [[nodiscard]] const Operation& operation(std::size_t index) const { return (*history_)[index]; }

    void settle(Point& point) const {
        while (point.settled < by_return_.size() &&
               std::erase(point.ahead, by_return_[point.settled]) > 0) {
            ++point.settled;
        }
    }

    /// Those that can be next: called before the first return that is to come.
    [[nodiscard]] std::vector<std::size_t> candidates(const Point& point) const {
        const std::int64_t limit = operation(by_return_[point.settled]).interval.returned;
        std::vector<std::size_t> found;
        for (std::size_t i = point.settled; i < by_return_.size(); ++i) {
            const std::size_t next = by_return_[i];
            if (operation(next).interval.called > limit) continue;
            if (!std::binary_search(point.ahead.begin(), point.ahead.end(), next)) {
                found.push_back(next);
            }
        }
        return found;
    }

    void extend(const Point& point) {
        const std::size_t first = by_return_[point.settled];
        std::vector<Point> answered;
        std::vector<Point> lost;
        for (const std::size_t next : candidates(point)) {
            const bool certain = operation(next).certainty == Certainty::answered;
            for (State& state : Model::apply(point.state, operation(next))) {
                const bool changes_nothing = state == point.state;
                if (changes_nothing && !certain) continue;
                Point reached{point.settled, with(point.ahead, next), std::move(state)};
                if (changes_nothing) {
                    open_.push_back(std::move(reached));
                    return;
                }
                (certain ? answered : lost).push_back(std::move(reached));
            }
        }
        // The last to be pushed is looked at first: the ones that return soonest, then leaving out
        // what is over without an answer, then what may have happened unseen.
        open_.insert(open_.end(), lost.rbegin(), lost.rend());
        if (operation(first).certainty == Certainty::lost) {
            open_.push_back({point.settled + 1, point.ahead, point.state});
        }
        open_.insert(open_.end(), answered.rbegin(), answered.rend());
    }

    static std::vector<std::size_t> with(std::vector<std::size_t> set, std::size_t next) {
        set.insert(std::upper_bound(set.begin(), set.end(), next), next);
        return set;
    }

    const std::vector<Operation>* history_ = nullptr;
    std::vector<std::size_t> by_return_;
    std::vector<Point> open_;
    std::set<Point> seen_;
    std::size_t deepest_ = 0;
};

}  // namespace latchkey::testing
