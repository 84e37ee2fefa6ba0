// The HTTP server alone: one fixed answer of 700 bytes, for wrk to ask. Prints its port, serves
// until it is told to stop, then prints the CPU time it took per request.
//
//   taskset -c 0 http_bench [threads] & taskset -c 1 wrk -t1 -c32 -d5 http://127.0.0.1:PORT/

#include <fmt/core.h>
#include <sys/resource.h>

#include <atomic>
#include <cstdlib>
#include <string>

#include "base/time/clock.hpp"
#include "crypto/system_random.hpp"
#include "net/server.hpp"
#include "net/stop_signal.hpp"
#include "testing/storeless.hpp"

namespace {

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
    namespace http = latchkey::http;
    latchkey::net::StopSignal stop;
    const latchkey::SystemClock clock;
    latchkey::crypto::SystemRandom random;
    std::atomic<std::uint64_t> requests{0};
    latchkey::testing::Storeless storeless;
    const std::string body(700, 'x');
    const http::Handler answer = [&](const http::Request&) -> http::Reply {
        requests.fetch_add(1, std::memory_order_relaxed);
        return http::json_response(200, body);
    };
    auto server = latchkey::net::Server::start(
        {.threads = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 1U,
         .tls = {},
         .limits = {},
         .handler = answer,
         .storage = storeless,
         .chain = {.transport = http::Transport::loopback_http},
         .clock = clock,
         .random = random});
    if (!server) {
        fmt::print(stderr, "{}\n", server.error().detail);
        return 1;
    }
    fmt::print("port {}\n", (*server)->port());
    std::fflush(stdout);
    const double before = cpu_seconds();
    stop.wait();
    const double spent = cpu_seconds() - before;
    const auto count = static_cast<double>(requests.load());
    fmt::print("{} requests, {:.2f} CPU us each\n", requests.load(), spent * 1e6 / count);
    return 0;
}
