#include "tests/faults/server_process.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <thread>

namespace latchkey::testing {
namespace {

constexpr auto start_patience = std::chrono::seconds(60);
constexpr auto start_poll = std::chrono::milliseconds(2);
constexpr int port_attempts = 5;

}  // namespace

std::filesystem::path latchkey_program() { return LATCHKEY_PROGRAM; }

std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = ::bind(socket, any, size) == 0 && ::getsockname(socket, any, &size) == 0;
    ::close(socket);
    if (!bound) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

ServerProcess::ServerProcess(ServerOptions options) : options_(std::move(options)) {
    for (int i = 0; i < port_attempts; ++i) {
        if (start()) return;
    }
    throw std::runtime_error("the server does not start: " + log());
}

bool ServerProcess::start() {
    port_ = free_port();
    const std::string address = "127.0.0.1:" + std::to_string(port_);
    std::vector<std::string> arguments{"serve", "--data", options_.data.string(), "--listen",
                                       address};
    arguments.insert(arguments.end(), options_.more.begin(), options_.more.end());
    const std::string before = log();
    process_ = std::make_unique<ChildProcess>(
        Launch{.program = latchkey_program(), .arguments = arguments, .output = options_.log});
    const auto deadline = std::chrono::steady_clock::now() + start_patience;
    while (std::chrono::steady_clock::now() < deadline) {
        const std::string words = log();
        if (words.find("\"event\":\"serving\"", before.size()) != std::string::npos) return true;
        if (!process_->is_running()) break;
        std::this_thread::sleep_for(start_poll);
    }
    process_->kill();
    if (log().find("in use", before.size()) != std::string::npos) return false;
    throw std::runtime_error("the server does not start: " + log().substr(before.size()));
}

std::int64_t resident_kib(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
    }
    return 0;
}

}  // namespace latchkey::testing
