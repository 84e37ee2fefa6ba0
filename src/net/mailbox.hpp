#pragma once

// How other threads reach a loop: answers of deferred work, and the word to stop. The loop is
// woken once for however many answers have gathered (eventfd), see also gather_answers.

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"
#include "net/descriptor.hpp"

namespace latchkey::net {

class Connection;

/// What became of deferred work; no response when the write lane refused or dropped it.
struct Answer {
    std::shared_ptr<Connection> connection;
    std::optional<http::Response> response;
};

class Mailbox : public std::enable_shared_from_this<Mailbox> {
public:
    /// Errors: unavailable (no descriptors left).
    [[nodiscard]] static Result<std::shared_ptr<Mailbox>> open();

    /// Readable when something waits here.
    [[nodiscard]] int descriptor() const noexcept { return wake_.get(); }

    void post(Answer answer);   // any thread
    void post_stop() noexcept;  // any thread

    /// The loop's side: what has gathered since the last call.
    [[nodiscard]] std::vector<Answer> take();
    [[nodiscard]] bool stop_requested() const noexcept { return stop_.load(); }
    /// From now on answers are dropped where they are posted: the loop is gone.
    void close();

private:
    explicit Mailbox(Descriptor wake) : wake_(std::move(wake)) {}
    friend class GatheredAnswers;
    void wake() noexcept;

    Descriptor wake_;
    std::atomic<bool> stop_{false};
    std::mutex mutex_;
    std::vector<Answer> answers_;  // guarded by mutex_
    bool is_open_ = true;          // guarded by mutex_
};

/// The `done` of one deferred request: answers once, also when it is dropped without a call.
class AnswerTicket {
public:
    AnswerTicket(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<Connection> connection)
        : mailbox_(std::move(mailbox)), connection_(std::move(connection)) {}
    AnswerTicket(AnswerTicket&&) noexcept = default;
    AnswerTicket& operator=(AnswerTicket&&) = delete;
    AnswerTicket(const AnswerTicket&) = delete;
    AnswerTicket& operator=(const AnswerTicket&) = delete;
    ~AnswerTicket() {
        if (connection_) mailbox_->post({std::move(connection_), std::nullopt});
    }
    void operator()(http::Response response) {
        if (connection_) mailbox_->post({std::move(connection_), std::move(response)});
    }

private:
    std::shared_ptr<Mailbox> mailbox_;
    std::shared_ptr<Connection> connection_;
};

}  // namespace latchkey::net
