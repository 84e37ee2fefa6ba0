#include "base/published.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace latchkey {
namespace {

TEST(Published, WhatWasReadStaysValidWhenAnotherValueCame) {
    Published<std::vector<int>> numbers;
    EXPECT_TRUE(numbers.get().empty());
    numbers.publish({1});
    const std::vector<int>& before = numbers.get();
    numbers.publish({1, 2});
    EXPECT_EQ(before, std::vector<int>{1});
    EXPECT_EQ(numbers.get(), (std::vector<int>{1, 2}));
}

TEST(Published, ThreadsReadWholeValuesWhileOneIsReplaced) {
    constexpr int last = 200;
    Published<std::vector<int>> numbers;
    const auto is_whole = [](const std::vector<int>& all) {
        for (const int one : all) {
            if (one != static_cast<int>(all.size())) return false;
        }
        return true;
    };
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i) {
        readers.emplace_back([&] {
            while (numbers.get().size() < last) EXPECT_TRUE(is_whole(numbers.get()));
        });
    }
    for (int n = 1; n <= last; ++n) {
        numbers.publish(std::vector<int>(static_cast<std::size_t>(n), n));
    }
}

}  // namespace
}  // namespace latchkey
