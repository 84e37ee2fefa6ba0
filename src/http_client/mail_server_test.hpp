#pragma once

// A mail server on a loopback port that answers as a test tells it to. It speaks just enough SMTP
// (RFC 5321) for one client at a time; the real one is in tests/e2e.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace latchkey::http_client {

class ScriptedMailServer {
public:
    ScriptedMailServer() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        (void)::bind(listener_, generic, size);
        (void)::listen(listener_, 8);
        (void)::getsockname(listener_, generic, &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~ScriptedMailServer() {
        stopping_ = true;
        (void)::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    ScriptedMailServer(const ScriptedMailServer&) = delete;
    ScriptedMailServer& operator=(const ScriptedMailServer&) = delete;

    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

    /// What it says to a recipient, and after the message: "250 fine", "550 no such mailbox".
    void answer(std::string to_recipient, std::string to_message = "250 taken") {
        const std::lock_guard lock(mutex_);
        to_recipient_ = std::move(to_recipient);
        to_message_ = std::move(to_message);
    }
    /// What happens between the message and the answer to it, on the server's thread.
    void before_its_answer(std::function<void()> what) {
        const std::lock_guard lock(mutex_);
        before_answer_ = std::move(what);
    }
    /// The messages it took.
    [[nodiscard]] std::vector<std::string> messages() const {
        const std::lock_guard lock(mutex_);
        return messages_;
    }

    [[nodiscard]] int connections() const noexcept { return connections_; }

private:
    void run() {
        while (!stopping_) {
            const int client = ::accept(listener_, nullptr, nullptr);
            if (client < 0) return;
            ++connections_;
            serve(client);
            ::close(client);
        }
    }
    static void say(int client, std::string_view line) {
        const std::string whole = std::string(line) + "\r\n";
        (void)::send(client, whole.data(), whole.size(), MSG_NOSIGNAL);
    }
    /// Reads up to and with `end`; empty when the client has gone.
    static std::string hear(int client, std::string_view end) {
        std::string heard;
        char byte = 0;
        while (!heard.ends_with(end)) {
            if (::recv(client, &byte, 1, 0) != 1) return {};
            heard.push_back(byte);
        }
        return heard;
    }
    void serve(int client) {
        say(client, "220 test");
        for (;;) {
            const std::string line = hear(client, "\r\n");
            const std::string verb = line.substr(0, 4);
            const std::lock_guard lock(mutex_);
            if (line.empty()) return;
            if (verb == "RCPT") {
                say(client, to_recipient_);
            } else if (verb == "DATA") {
                say(client, "354 go on");
                std::string message = hear(client, "\r\n.\r\n");
                if (before_answer_) before_answer_();
                if (to_message_.starts_with("2")) messages_.push_back(std::move(message));
                say(client, to_message_);
            } else if (verb == "QUIT") {
                say(client, "221 bye");
                return;
            } else {
                say(client, "250 fine");
            }
        }
    }

    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> connections_ = 0;
    mutable std::mutex mutex_;
    std::string to_recipient_ = "250 fine";
    std::string to_message_ = "250 taken";
    std::function<void()> before_answer_;
    std::vector<std::string> messages_;
    std::thread thread_;
};

}  // namespace latchkey::http_client
