#include "bench/load/prepare/progress.hpp"

#include <fmt/chrono.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace latchkey::bench {
namespace {

constexpr std::uint64_t bar_width = 30;
constexpr std::chrono::milliseconds between_prints{200};
constexpr std::chrono::seconds worth_a_log_line{5};

}  // namespace

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)),
      total_(std::max<std::uint64_t>(total, 1)),
      on_terminal_(::isatty(STDERR_FILENO) == 1),
      started_(std::chrono::steady_clock::now()),
      shown_(started_) {}

Progress::~Progress() {
    if (on_terminal_ || tenths_shown_ > 0) print(total_, std::chrono::steady_clock::now());
    if (on_terminal_) fmt::print(stderr, "\n");
}

void Progress::at(std::uint64_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (on_terminal_) {
        if (now - shown_ < between_prints) return;
        shown_ = now;
    } else {
        const std::uint64_t tenths = done * 10 / total_;
        if (tenths == tenths_shown_ || done == total_ || now - started_ < worth_a_log_line) return;
        tenths_shown_ = tenths;
    }
    print(done, now);
}

void Progress::print(std::uint64_t done, std::chrono::steady_clock::time_point now) {
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double rate = static_cast<double>(done) / std::max(seconds, 1e-6);
    const auto left =
        static_cast<std::int64_t>(static_cast<double>(total_ - done) / std::max(rate, 1e-6));
    const auto full = static_cast<std::size_t>(done * bar_width / total_);
    const std::string bar = std::string(full, '#') + std::string(bar_width - full, '.');
    fmt::print(stderr, "{}{} [{}] {:3} %  {} of {}, {:.0f}/s, {} {}{}", on_terminal_ ? "\r" : "",
               what_, bar, done * 100 / total_, done, total_, rate,
               std::chrono::seconds(done == total_ ? static_cast<std::int64_t>(seconds) : left),
               done == total_ ? "in all" : "left", on_terminal_ ? "   " : "\n");
    std::fflush(stderr);
}

}  // namespace latchkey::bench
