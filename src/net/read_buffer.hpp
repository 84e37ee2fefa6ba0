#pragma once

// The bytes a connection has received and not yet used: one block that grows by doubling, and is
// given back when a large request is over.

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace latchkey::net {

class ReadBuffer {
public:
    static constexpr std::size_t first_block = 4096;
    static constexpr std::size_t largest_kept = 64U * 1024U;

    [[nodiscard]] std::string_view view() const noexcept {
        return {block_.get() + start_, end_ - start_};
    }
    [[nodiscard]] char* data() noexcept { return block_.get() + start_; }
    [[nodiscard]] std::size_t size() const noexcept { return end_ - start_; }
    [[nodiscard]] bool empty() const noexcept { return start_ == end_; }

    /// Room for at least half a first_block. Views into the buffer are void after it.
    [[nodiscard]] std::span<char> prepare() {
        if (capacity_ - end_ < first_block / 2) make_room();
        return {block_.get() + end_, capacity_ - end_};
    }
    void commit(std::size_t bytes) noexcept { end_ += bytes; }

    /// Drops `bytes` from the front.
    void consume(std::size_t bytes) noexcept {
        start_ += bytes;
        if (start_ < end_) return;
        start_ = end_ = 0;
        if (capacity_ > largest_kept) {
            block_.reset();
            capacity_ = 0;
        }
    }
    /// Drops `bytes` after the first `offset`; what follows them moves up.
    void erase(std::size_t offset, std::size_t bytes) noexcept {
        char* const to = data() + offset;
        std::memmove(to, to + bytes, size() - offset - bytes);
        end_ -= bytes;
    }

private:
    void make_room() {
        const std::size_t used = size();
        if (block_ && capacity_ - used >= capacity_ / 2) {
            std::memmove(block_.get(), data(), used);
        } else {
            const std::size_t larger = std::max(first_block, capacity_ * 2);
            auto block = std::make_unique_for_overwrite<char[]>(larger);
            if (used > 0) std::memcpy(block.get(), data(), used);
            block_ = std::move(block);
            capacity_ = larger;
        }
        start_ = 0;
        end_ = used;
    }

    std::unique_ptr<char[]> block_;
    std::size_t capacity_ = 0;
    std::size_t start_ = 0;
    std::size_t end_ = 0;
};

}  // namespace latchkey::net
