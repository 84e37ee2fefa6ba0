#pragma once

// A partner's endpoint on the loopback interface: keeps what it gets and answers as it is told.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/text/text.hpp"

namespace latchkey::http_client {

struct Received {
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

class Receiver {
public:
    Receiver() {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(listener_, 16);
        socklen_t size = sizeof address;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~Receiver() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    /// What every request from now on is answered with.
    void answer(std::string status_line, std::string headers = "") {
        const std::lock_guard lock(mutex_);
        answer_ = "HTTP/1.1 " + status_line + "\r\n" + headers +
                  "Content-Length: 2\r\nConnection: close\r\n\r\nok";
    }
    [[nodiscard]] std::string url(std::string_view host = "127.0.0.1") const {
        return "http://" + std::string(host) + ":" + std::to_string(port_) + "/hook";
    }
    [[nodiscard]] std::vector<Received> received() {
        const std::lock_guard lock(mutex_);
        return received_;
    }

private:
    void run() {
        for (;;) {
            const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (peer < 0) return;
            serve(peer);
            ::close(peer);
        }
    }
    void serve(int peer) {
        std::string text;
        std::array<char, 4096> buffer{};
        for (;;) {
            const ssize_t size = ::recv(peer, buffer.data(), buffer.size(), 0);
            if (size <= 0) return;
            text.append(buffer.data(), static_cast<std::size_t>(size));
            const std::size_t end = text.find("\r\n\r\n");
            if (end == std::string::npos) continue;
            Received request = parse(text.substr(0, end), text.substr(end + 4));
            if (request.body.size() < std::stoul(request.headers["content-length"])) continue;
            const std::lock_guard lock(mutex_);
            received_.push_back(std::move(request));
            static_cast<void>(::send(peer, answer_.data(), answer_.size(), MSG_NOSIGNAL));
            return;
        }
    }
    static Received parse(std::string_view head, std::string body) {
        Received request;
        request.body = std::move(body);
        while (!head.empty()) {
            const std::size_t end = std::min(head.find("\r\n"), head.size());
            const std::string_view line = head.substr(0, end);
            const std::size_t colon = line.find(": ");
            if (colon != std::string_view::npos) {
                request.headers[ascii_lower(line.substr(0, colon))] = line.substr(colon + 2);
            }
            head.remove_prefix(std::min(end + 2, head.size()));
        }
        return request;
    }

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::string answer_ = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    std::vector<Received> received_;
    std::thread thread_;
};

}  // namespace latchkey::http_client
