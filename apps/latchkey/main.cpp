// The composition root: reads the command line, runs one command, turns its error into an exit
// status. 0: done. 1: it failed, stderr says why. 2: the command line is not right.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "crypto/system_random.hpp"

namespace {

// The master key, if the environment brings it, and then takes it out of there: child processes and
// a look at /proc shall not find it. Empty: the file holds it.
latchkey::Secret take_master_key() {
    constexpr const char* name = "LATCHKEY_MASTER_KEY";
    char* value = std::getenv(name);
    if (value == nullptr) return {};
    latchkey::Secret key{std::string(value)};
    std::fill_n(value, key.size(), '\0');
    ::unsetenv(name);
    return key;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto parsed = latchkey::cli::parse_command_line(argc, argv);
        if (const int* status = std::get_if<int>(&parsed)) return *status;
        const latchkey::SystemClock clock;
        latchkey::crypto::SystemRandom random;
        const auto master_key = take_master_key();
        latchkey::app::Environment environment{clock, random};
        if (!master_key.empty()) environment.master_key = master_key.reveal();
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
