#include "sqlite/writer.hpp"

namespace latchkey::sqlite {

Result<void> Writer::take() {
    if (taken_by_ == std::this_thread::get_id()) {
        return fail(ErrorCode::internal, "Internal error.", "a write transaction inside another");
    }
    if (!mutex_.take(busy_limit_)) {
        return fail(ErrorCode::unavailable, "The storage is busy. Try again.",
                    "another thread writes for longer than the busy limit");
    }
    taken_by_ = std::this_thread::get_id();
    auto begun = connection_->run("BEGIN IMMEDIATE");
    if (!begun) give_back();
    return begun;
}

void Writer::give_back() noexcept {
    taken_by_ = std::thread::id();
    mutex_.give_back();
}

}  // namespace latchkey::sqlite
