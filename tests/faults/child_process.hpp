#pragma once

// Another process, watched: started with limits, killed at will, its words kept in a file.

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latchkey::testing {

struct Launch {
    std::filesystem::path program;
    std::vector<std::string> arguments;
    std::filesystem::path output;  // stdout and stderr, appended
    /// No file may grow beyond this (RLIMIT_FSIZE): a disk that is full, without a disk.
    std::optional<std::uint64_t> max_file_bytes{};
    /// Whose rights it has. Root may do anything, so a test of refusals has to be somebody else.
    enum class RunAs : std::uint8_t { same_user, nobody_if_root } run_as = RunAs::same_user;
};

class ChildProcess {
public:
    explicit ChildProcess(const Launch& launch);
    ~ChildProcess();  // kills it if it still runs
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// SIGKILL, and waits until it is gone.
    void kill();
    /// SIGTERM, and its exit status.
    int stop();
    /// Its exit status; 128 + the signal's number when one ended it.
    int wait();
    [[nodiscard]] bool is_running();
    /// From now on no file of it may grow beyond `bytes`; absent: the room is back.
    void limit_files(std::optional<std::uint64_t> bytes);

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }

private:
    pid_t pid_ = -1;
    std::optional<int> status_;
};

/// Runs a program to its end.
struct Finished {
    int status = 0;
    std::string output;  // stdout and stderr
};
[[nodiscard]] Finished run_program(const std::filesystem::path& program,
                                   const std::vector<std::string>& arguments);
/// The same with limits; `launch.output` is not used.
[[nodiscard]] Finished run_program(Launch launch);

[[nodiscard]] std::string read_file(const std::filesystem::path& file);

}  // namespace latchkey::testing
