// What hostile documents cost before they are refused: CPU time and memory, each in a process of
// its own. First as a server would meet them, then with max_query_bytes out of the way, so that
// what stands behind it has to do the work.

#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "testing/graphql/hostile.hpp"
#include "testing/graphql/zoo.hpp"

namespace latchkey::graphql {
namespace {

struct Measured {
    double cpu_ms = 0;
    long peak_kib = 0;
    std::array<char, 40> refused_by{};
};

double cpu_ms() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

long peak_kib() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// The best of five: the machine is shared. A plan is not kept, so each does all the work.
Measured measure(const Engine& zoo, const HostileDocument& document) {
    constexpr int tries = 5;
    Measured measured;
    const long before = peak_kib();
    for (int i = 0; i < tries; ++i) {
        const double start = cpu_ms();
        const auto plan = zoo.prepare(document.text);
        const double spent = cpu_ms() - start;
        if (i == 0 || spent < measured.cpu_ms) measured.cpu_ms = spent;
        const std::string_view by = plan ? "accepted" : plan.error().front().rule;
        by.copy(measured.refused_by.data(), measured.refused_by.size() - 1);
    }
    measured.peak_kib = peak_kib() - before;
    return measured;
}

Measured in_child(const Engine& zoo, const HostileDocument& document) {
    std::array<int, 2> ends{};
    Measured measured;
    if (::pipe(ends.data()) != 0) return measured;
    const pid_t child = ::fork();
    if (child == 0) {
        const Measured made = measure(zoo, document);
        const bool is_sent = ::write(ends[1], &made, sizeof(made)) == sizeof(made);
        ::_exit(is_sent ? 0 : 1);
    }
    if (::read(ends[0], &measured, sizeof(measured)) != sizeof(measured)) measured = {};
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    return measured;
}

void run(std::string_view title, const Limits& limits) {
    const auto zoo = make_zoo({.limits = limits, .max_cached_plans = 0});
    fmt::print("{}\n{:<40} {:>10} {:>9} {:>12}  {}\n", title, "document", "bytes", "CPU ms",
               "memory KiB", "refused by");
    for (const HostileDocument& each : hostile_documents()) {
        const Measured measured = in_child(*zoo, each);
        fmt::print("{:<40} {:>10} {:>9.3f} {:>12}  {}\n", each.name, each.text.size(),
                   measured.cpu_ms, measured.peak_kib, measured.refused_by.data());
    }
}

}  // namespace
}  // namespace latchkey::graphql

int main() {
    latchkey::graphql::run("With the default limits", {});
    latchkey::graphql::run("\nWith max_query_bytes lifted", {.max_query_bytes = 4'000'000});
    return 0;
}
