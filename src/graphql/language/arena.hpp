#pragma once

// Bump allocation for one document: its nodes are made together and go together.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace latchkey::graphql::language {

/// What it hands out lives as long as the arena, also after the arena has been moved.
class Arena {
public:
    Arena() = default;
    Arena(Arena&&) = default;
    Arena& operator=(Arena&&) = default;

    template <class T>
    [[nodiscard]] T* make(const T& value) {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (allocate(sizeof(T), alignof(T))) T(value);
    }

    template <class T>
    [[nodiscard]] std::span<const T> copy(std::span<const T> items) {
        static_assert(std::is_trivially_destructible_v<T>);
        if (items.empty()) return {};
        T* to = static_cast<T*>(allocate(items.size_bytes(), alignof(T)));
        std::uninitialized_copy(items.begin(), items.end(), to);
        return {to, items.size()};
    }

    [[nodiscard]] std::string_view copy(std::string_view text) {
        if (text.empty()) return {};
        char* to = static_cast<char*>(allocate(text.size(), 1));
        std::memcpy(to, text.data(), text.size());
        return {to, text.size()};
    }

    /// Bytes taken from the heap.
    [[nodiscard]] std::size_t bytes() const noexcept { return taken_; }

private:
    static constexpr std::size_t first_block = 2048;
    static constexpr std::size_t largest_block = 64UL * 1024;

    [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment) {
        void* at = next_;
        if (next_ == nullptr || std::align(alignment, size, at, left_) == nullptr) {
            grow(size + alignment);
            at = next_;
            std::align(alignment, size, at, left_);
        }
        next_ = static_cast<std::byte*>(at) + size;
        left_ -= size;
        return at;
    }

    void grow(std::size_t at_least) {
        const std::size_t usual = std::clamp(taken_, first_block, largest_block);
        const std::size_t size = std::max(at_least, usual);
        blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
        next_ = blocks_.back().get();
        left_ = size;
        taken_ += size;
    }

    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::byte* next_ = nullptr;
    std::size_t left_ = 0;
    std::size_t taken_ = 0;
};

}  // namespace latchkey::graphql::language
