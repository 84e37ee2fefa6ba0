#pragma once

// The real server: the binary of this build, on a port of its own, over a data folder.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/faults/child_process.hpp"

namespace latchkey::testing {

/// The binary `latchkey` of the build that this test belongs to.
[[nodiscard]] std::filesystem::path latchkey_program();

/// A port of 127.0.0.1 that nobody uses at the moment.
[[nodiscard]] std::uint16_t free_port();

struct ServerOptions {
    std::filesystem::path data;
    std::filesystem::path log;
    std::vector<std::string> more{};  // further arguments of `latchkey serve`
};

class ServerProcess {
public:
    /// Starts it and returns when it serves. Throws, with its log, when it does not.
    explicit ServerProcess(ServerOptions options);

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] ChildProcess& process() noexcept { return *process_; }
    [[nodiscard]] std::string log() const { return read_file(options_.log); }

private:
    /// False: somebody else took the port meanwhile.
    [[nodiscard]] bool start();

    ServerOptions options_;
    std::uint16_t port_ = 0;
    std::unique_ptr<ChildProcess> process_;
};

/// Resident memory of a process in KiB.
[[nodiscard]] std::int64_t resident_kib(pid_t pid);

}  // namespace latchkey::testing
