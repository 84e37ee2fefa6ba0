#include "net/inbox.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "net/connection.hpp"

namespace latchkey::net {

Result<std::shared_ptr<Inbox>> Inbox::open() {
    Descriptor wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!wake.is_open()) return fail(ErrorCode::unavailable, "No file descriptors are left");
    return std::shared_ptr<Inbox>(new Inbox(std::move(wake)));
}

void Inbox::wake() noexcept {
    const std::uint64_t one = 1;
    // It cannot fail but by overflow, and then the loop is awake anyway.
    [[maybe_unused]] const ssize_t written = ::write(wake_.get(), &one, sizeof one);
}

void Inbox::post(Answer answer, database::AnswerBatch& answers) {
    bool is_first = false;
    {
        const std::scoped_lock lock(mutex_);
        if (!is_open_) return;
        is_first = answers_.empty();
        answers_.push_back(std::move(answer));
    }
    if (is_first) answers.wake_afterwards(shared_from_this());
}

void Inbox::post_stop() noexcept {
    stop_.store(true);
    wake();
}

std::vector<Answer> Inbox::take() {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t read = ::read(wake_.get(), &count, sizeof count);
    std::vector<Answer> taken;
    const std::scoped_lock lock(mutex_);
    taken.swap(answers_);
    return taken;
}

void Inbox::close() {
    std::vector<Answer> dropped;
    const std::scoped_lock lock(mutex_);
    is_open_ = false;
    dropped.swap(answers_);
}

}  // namespace latchkey::net
