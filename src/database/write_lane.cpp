#include "database/write_lane.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace latchkey::database {

class WriteLane::State {
public:
    State(Database& database, BugReport report_bug)
        : database_(database), report_bug_(std::move(report_bug)), thread_([this] { run(); }) {}

    ~State() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    bool submit(WriteJob job) {
        bool wake = false;
        {
            const std::lock_guard lock(mutex_);
            if (stopping_ || waiting_.size() >= max_waiting) return false;
            waiting_.push_back(std::move(job));
            wake = std::exchange(idle_, false);
        }
        // While the lane works it looks at the queue by itself: waking costs only the first job.
        if (wake) wake_.notify_one();
        return true;
    }

private:
    void run() {
        std::vector<WriteJob> group;
        group.reserve(max_group);
        while (gather(group)) {
            commit(group);
            group.clear();
        }
    }

    /// Takes what has gathered, at once and without a timer; waits only when there is nothing.
    /// False when the lane is stopping and everything accepted is done.
    bool gather(std::vector<WriteJob>& group) {
        std::unique_lock lock(mutex_);
        while (waiting_.empty()) {
            if (stopping_) return false;
            idle_ = true;
            wake_.wait(lock);
        }
        idle_ = false;
        while (!waiting_.empty() && group.size() < max_group) {
            group.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        return true;
    }

    void commit(std::vector<WriteJob>& jobs) {
        // Every failure of a job's own is in the answer it made; a job that throws is a bug, and
        // its transaction has rolled back on the way out.
        std::vector<bool> ran(jobs.size(), false);
        const auto run_jobs = [&](WriteGroup& group) {
            for (std::size_t i = 0; i < jobs.size() && group.state() == GroupState::sound; ++i) {
                ran[i] = run_one(jobs[i], group);
            }
        };
        const Result<void> durable =
            run_group(database_, Isolation::joint, run_jobs,
                      [this](const std::exception_ptr& bug) { report(bug); });
        AnswerBatch answers;
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            jobs[i].done(ran[i] || !durable ? durable : Result<void>(thrown()), answers);
        }
    }

    bool run_one(const WriteJob& job, WriteGroup& group) {
        try {
            job.run(group);
            return true;
        } catch (...) {
            report(std::current_exception());
            return false;
        }
    }

    void report(const std::exception_ptr& bug) {
        if (!report_bug_) return;
        try {
            std::rethrow_exception(bug);
        } catch (const std::exception& exception) {
            report_bug_(exception.what());
        } catch (...) {
            report_bug_("unknown exception");
        }
    }

    static Failure thrown() {
        return fail(ErrorCode::internal, "Internal error.", "a write job threw an exception");
    }

    Database& database_;
    BugReport report_bug_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<WriteJob> waiting_;  // guarded by mutex_
    bool idle_ = false;             // guarded by mutex_: the lane waits for wake_
    bool stopping_ = false;         // guarded by mutex_
    std::thread thread_;
};

WriteLane::WriteLane(Database& database, BugReport report_bug)
    : state_(std::make_unique<State>(database, std::move(report_bug))) {}
WriteLane::~WriteLane() = default;

bool WriteLane::submit(WriteJob job) { return state_->submit(std::move(job)); }

}  // namespace latchkey::database
