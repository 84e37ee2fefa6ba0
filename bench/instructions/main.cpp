// The hot paths, each run the same number of times in this process, for callgrind to count: the
// instructions of a path are the same on a busy machine as on a quiet one. check.py compares them
// with baseline.json.
//
//   latchkey_instructions FOLDER      FOLDER is made, and must be empty
//
// Time stands still and randomness repeats. A path runs on this thread alone: writes in groups, as
// the write lane makes them.

#include <fmt/core.h>
#include <unistd.h>
#include <valgrind/callgrind.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/instructions/server.hpp"
#include "bench/support.hpp"
#include "http/request_parser.hpp"

namespace latchkey::bench {
namespace {

constexpr int group = 32;  // writes that share an fsync
constexpr int warm_up = group;
constexpr int times = 5 * group;

/// Counts what `work(n)` costs, after some that are not counted.
template <class Work>
void count(const char* path, Work work) {
    for (int n = 0; n < warm_up; ++n) work(n);
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    for (int n = warm_up; n < warm_up + times; ++n) work(n);
    CALLGRIND_STOP_INSTRUMENTATION;
    CALLGRIND_DUMP_STATS_AT(path);
    fmt::print("{} {}\n", path, times);
}

void expect(std::string_view answer, std::string_view needle) {
    if (answer.find(needle) != std::string_view::npos) return;
    fmt::print(stderr, "latchkey_instructions: not the right answer: {}\n", answer);
    std::exit(1);
}

void count_reads(Server& server) {
    const std::vector<std::string> requests = server.user_queries();
    count("user", [&](int n) {
        expect(server.send(requests[static_cast<std::size_t>(n) % requests.size()]), "\"email\":");
    });
    std::string_view request = requests.front();
    const http::ParseLimits limits;
    http::RequestHead head;
    count("http_parse", [&](int) {
        http::HeadScanner scanner;
        const auto scanned = scanner.scan(request, limits);
        if (http::parse_head(request.substr(0, std::get<std::size_t>(scanned)), limits, head)) {
            std::exit(1);
        }
    });
    count("plan_cache_hit", [&](int) { server.prepare_query(); });
}

/// Each request once, in groups that are committed together.
void count_writes(Server& server, const char* path, const std::vector<std::string>& requests) {
    count(path, [&](int n) {
        if (n % group == 0) server.begin_group();
        expect(server.send(requests[static_cast<std::size_t>(n)]), "efresh");
        if (n % group == group - 1) server.commit_group();
    });
}

void run(const char* folder) {
    Server server(folder, warm_up + times);
    count_reads(server);
    count_writes(server, "refresh_token", server.refreshes());
    count_writes(server, "public_id", server.public_id_exchanges());
    count_writes(server, "consent_token", server.consent_exchanges());
}

}  // namespace
}  // namespace latchkey::bench

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: latchkey_instructions FOLDER\n");
        return 2;
    }
    latchkey::bench::run(argv[1]);
    return 0;
}
