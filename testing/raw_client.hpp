#pragma once

// A TCP client that sends exactly the bytes it is told to, for transcripts against a server.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace latchkey::testing {

class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            ::close(socket_);
            throw std::runtime_error("cannot connect");
        }
    }
    ~RawClient() {
        if (socket_ >= 0) ::close(socket_);
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    /// False when the server has closed.
    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// Says that nothing more will be sent.
    void finish_sending() const { ::shutdown(socket_, SHUT_WR); }

    /// Whatever comes until `marker` has been seen, the server closes, or the time is over.
    std::string read_until(std::string_view marker,
                           std::chrono::milliseconds patience = std::chrono::seconds(5)) const {
        std::string text;
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (marker.empty() || text.find(marker) == std::string::npos) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            pollfd ready{socket_, POLLIN, 0};
            if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) break;
            char block[16384];
            const ssize_t count = ::recv(socket_, block, sizeof block, 0);
            if (count <= 0) break;
            text.append(block, static_cast<std::size_t>(count));
        }
        return text;
    }
    /// Whatever comes until the server closes.
    std::string read_to_end(std::chrono::milliseconds patience = std::chrono::seconds(5)) const {
        return read_until({}, patience);
    }
    /// One answer: its head and the body that its Content-Length announces.
    std::string read_answer() const {
        std::string text = read_until("\r\n\r\n");
        const std::size_t head = text.find("\r\n\r\n");
        const std::size_t at = text.find("Content-Length: ");
        if (head == std::string::npos || at == std::string::npos || at > head) return text;
        const std::size_t size = head + 4 + std::stoul(text.substr(at + 16));
        while (text.size() < size) {
            char byte = 0;
            if (::recv(socket_, &byte, 1, 0) != 1) break;
            text.push_back(byte);
        }
        return text;
    }

private:
    int socket_;
};

}  // namespace latchkey::testing
