#include "observation/board.hpp"

#include <numeric>

namespace latchkey::observation {

std::uint64_t RouteTotals::requests() const noexcept {
    return std::accumulate(by_class.begin(), by_class.end(), std::uint64_t{0});
}

class Board::LoopCounts {
public:
    void start() noexcept { started_.add(1); }

    void finish(const http::RequestFinished& request) noexcept {
        Row& row = routes_.at(
            {.first = request.route, .number = static_cast<std::uint8_t>(request.method)});
        const auto status_class = static_cast<std::size_t>(request.status / 100);
        row.by_class[status_class < row.by_class.size() ? status_class : 0].add(1);
        row.response_bytes.add(request.response_bytes);
        row.durations.add(request.duration);
        if (request.runs > 1) row.ran_again.add(1);
        if (request.queue_time.count() > 0) queue_times_.add(request.queue_time);
        if (request.ending != http::Ending::answered) unheard_.add(1);
        // Last: whoever sees it finished sees the rest of it (Counter).
        finished_.add(1);
    }

    void add_to(Totals& sums) const {
        // Finished before started, so that no request is finished and not started.
        sums.finished += finished_.value();
        sums.started += started_.value();
        sums.unheard += unheard_.value();
        queue_times_.add_to(sums.queue_times);
        routes_.each([&](const LiteralKey& key, const Row& row) {
            RouteTotals one;
            for (std::size_t i = 0; i < one.by_class.size(); ++i) {
                one.by_class[i] = row.by_class[i].value();
            }
            if (one.requests() == 0) return;
            RouteTotals& totals = sums.routes[{key.first, static_cast<http::Method>(key.number)}];
            for (std::size_t i = 0; i < one.by_class.size(); ++i) {
                totals.by_class[i] += one.by_class[i];
            }
            totals.response_bytes += row.response_bytes.value();
            totals.ran_again += row.ran_again.value();
            row.durations.add_to(totals.durations);
        });
    }

private:
    struct Row {
        std::array<Counter, 6> by_class;
        Counter response_bytes, ran_again;
        Histogram durations;
    };
    Counter started_, finished_, unheard_;
    Histogram queue_times_;
    Table<Row, 128> routes_;
};

class Board::LoopObserver final : public http::Observer {
public:
    explicit LoopObserver(LoopCounts& counts) noexcept : counts_(counts) {}
    void request_started() override { counts_.start(); }
    void request_finished(const http::RequestFinished& finished) override {
        counts_.finish(finished);
    }

private:
    LoopCounts& counts_;
};

Board::Board() = default;
Board::~Board() = default;

std::unique_ptr<http::Observer> Board::make_observer() {
    auto counts = std::make_unique<LoopCounts>();
    auto observer = std::make_unique<LoopObserver>(*counts);
    const std::lock_guard lock(mutex_);
    loops_.push_back(std::move(counts));
    return observer;
}

Totals Board::totals() const {
    Totals sums;
    sums.statements = statements_.totals();
    const std::lock_guard lock(mutex_);
    for (const auto& loop : loops_) loop->add_to(sums);
    return sums;
}

}  // namespace latchkey::observation
