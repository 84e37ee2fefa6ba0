// The composition root: reads the command line, runs one command, turns its error into an exit
// status. 0: done. 1: it failed, stderr says why. 2: the command line is not right.

#include <cstdio>
#include <exception>

#include "apps/latchkey/commands/commands.hpp"
#include "apps/latchkey/report.hpp"
#include "crypto/system_random.hpp"

int main(int argc, char** argv) {
    try {
        const auto parsed = latchkey::cli::parse_command_line(argc, argv);
        if (const int* status = std::get_if<int>(&parsed)) return *status;
        const latchkey::SystemClock clock;
        latchkey::crypto::SystemRandom random;
        const latchkey::app::Environment environment{clock, random};
        return std::visit(
            [&](const auto& command) {
                const auto done = latchkey::cli::run(command, environment);
                if (done) return 0;
                latchkey::cli::print_error(done.error(), latchkey::cli::format_of(command));
                return 1;
            },
            std::get<latchkey::cli::Command>(parsed));
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "latchkey: unexpected: %s\n", bug.what());
        return 1;
    }
}
