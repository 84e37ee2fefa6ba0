#pragma once

// How other threads reach a loop: answers of what they have done for it, and the word to stop. The
// loop is woken (eventfd) once for however many answers have gathered.

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "database/answer_batch.hpp"
#include "http/exchange.hpp"
#include "http/message.hpp"
#include "net/descriptor.hpp"

namespace latchkey::net {

class Connection;

/// What became of a read or a write; no response when it was refused or dropped.
struct Answer {
    std::shared_ptr<Connection> connection;
    http::Turn::Number turn;
    std::optional<http::Response> response;
};

class Inbox final : public database::Wakeable, public std::enable_shared_from_this<Inbox> {
public:
    /// Errors: unavailable (no descriptors left).
    [[nodiscard]] static Result<std::shared_ptr<Inbox>> open();

    /// Readable when something waits here.
    [[nodiscard]] int descriptor() const noexcept { return wake_.get(); }

    /// From any thread. The loop is woken for it when `answers` goes.
    void post(Answer answer, database::AnswerBatch& answers);
    void post_stop() noexcept;      // any thread
    void wake() noexcept override;  // any thread

    /// The loop's side: what has gathered since the last call.
    [[nodiscard]] std::vector<Answer> take();
    [[nodiscard]] bool stop_requested() const noexcept { return stop_.load(); }
    /// From now on answers are dropped where they are posted: the loop is gone.
    void close();

private:
    explicit Inbox(Descriptor wake) : wake_(std::move(wake)) {}

    Descriptor wake_;
    std::atomic<bool> stop_{false};
    std::mutex mutex_;
    std::vector<Answer> answers_;  // guarded by mutex_
    bool is_open_ = true;          // guarded by mutex_
};

/// The Done of one request: answers once, also when it is dropped without a call.
class AnswerTicket {
public:
    AnswerTicket(std::shared_ptr<Inbox> inbox, std::shared_ptr<Connection> connection,
                 http::Turn::Number turn)
        : inbox_(std::move(inbox)), connection_(std::move(connection)), turn_(turn) {}
    AnswerTicket(AnswerTicket&&) noexcept = default;
    AnswerTicket& operator=(AnswerTicket&&) = delete;
    AnswerTicket(const AnswerTicket&) = delete;
    AnswerTicket& operator=(const AnswerTicket&) = delete;
    ~AnswerTicket() {
        if (!connection_) return;
        database::AnswerBatch alone;
        inbox_->post({std::move(connection_), turn_, std::nullopt}, alone);
    }
    void operator()(http::Response response, database::AnswerBatch& answers) {
        if (!connection_) return;
        inbox_->post({std::move(connection_), turn_, std::move(response)}, answers);
    }

private:
    std::shared_ptr<Inbox> inbox_;
    std::shared_ptr<Connection> connection_;
    http::Turn::Number turn_;
};

}  // namespace latchkey::net
