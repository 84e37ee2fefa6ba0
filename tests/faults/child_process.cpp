#include "tests/faults/child_process.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "testing/databases.hpp"

namespace latchkey::testing {
namespace {

constexpr unsigned nobody = 65534;

/// Only the soft limit, so that anybody may lift it again.
rlimit file_limit(std::optional<std::uint64_t> bytes) {
    return {bytes ? *bytes : RLIM_INFINITY, RLIM_INFINITY};
}

/// In the child, between fork and exec: only calls that are safe there.
[[noreturn]] void become(const Launch& launch, char* const* arguments, int output) {
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    // A write beyond the limit fails, as on a full disk, in place of ending the process.
    std::signal(SIGXFSZ, SIG_IGN);
    if (launch.max_file_bytes) {
        const rlimit limit = file_limit(launch.max_file_bytes);
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    if (launch.run_as == Launch::RunAs::nobody_if_root && ::geteuid() == 0) {
        if (::setgid(nobody) != 0 || ::setuid(nobody) != 0) ::_exit(126);
    }
    ::execv(launch.program.c_str(), arguments);
    ::_exit(127);
}

int exit_status(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

ChildProcess::ChildProcess(const Launch& launch) {
    std::string program = launch.program.string();
    std::vector<std::string> words = launch.arguments;
    std::vector<char*> arguments{program.data()};
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int output =
        ::open(launch.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (output < 0) throw std::runtime_error("cannot write " + launch.output.string());
    pid_ = ::fork();
    if (pid_ == 0) become(launch, arguments.data(), output);
    ::close(output);
    if (pid_ < 0) throw std::runtime_error("fork");
}

ChildProcess::~ChildProcess() {
    if (!status_) kill();
}

void ChildProcess::kill() {
    if (status_) return;
    ::kill(pid_, SIGKILL);
    wait();
}

int ChildProcess::stop() {
    if (!status_) ::kill(pid_, SIGTERM);
    return wait();
}

int ChildProcess::wait() {
    int status = 0;
    if (!status_) {
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        status_ = exit_status(status);
    }
    return *status_;
}

bool ChildProcess::is_running() {
    int status = 0;
    if (!status_ && ::waitpid(pid_, &status, WNOHANG) == pid_) status_ = exit_status(status);
    return !status_.has_value();
}

void ChildProcess::limit_files(std::optional<std::uint64_t> bytes) {
    const rlimit limit = file_limit(bytes);
    if (::prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr) != 0) throw std::runtime_error("prlimit");
}

Finished run_program(const std::filesystem::path& program,
                     const std::vector<std::string>& arguments) {
    return run_program({.program = program, .arguments = arguments, .output = {}});
}

Finished run_program(Launch launch) {
    const testing::TemporaryFolder folder;
    launch.output = folder.path() / "output";
    ChildProcess child(launch);
    const int status = child.wait();
    return {status, read_file(launch.output)};
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace latchkey::testing
