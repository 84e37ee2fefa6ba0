#include "tests/faults/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text/text.hpp"

namespace latchkey::testing {
namespace {

constexpr timeval patience{60, 0};
constexpr std::string_view length_header = "\r\nContent-Length: ";

}  // namespace

HttpClient::~HttpClient() { disconnect(); }

void HttpClient::disconnect() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

bool HttpClient::connect() {
    if (socket_ >= 0) return true;
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return true;
    disconnect();
    return false;
}

bool HttpClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool HttpClient::receive(HttpAnswer& answer) const {
    std::string text;
    std::size_t head = std::string::npos;
    std::size_t whole = std::string::npos;
    char block[8192];
    while (text.size() < whole) {
        const ssize_t count = ::recv(socket_, block, sizeof block, 0);
        if (count <= 0) return false;
        text.append(block, static_cast<std::size_t>(count));
        if (head != std::string::npos) continue;
        head = text.find("\r\n\r\n");
        if (head == std::string::npos) continue;
        const std::size_t length = text.find(length_header);
        if (length > head) return false;
        whole = head + 4 + std::stoul(text.substr(length + length_header.size(), 12));
    }
    answer.status = std::atoi(text.c_str() + sizeof "HTTP/1.1");
    answer.body = text.substr(head + 4);
    answer.delivery = Delivery::answered;
    return true;
}

HttpAnswer HttpClient::post(const HttpPost& request) {
    HttpAnswer answer;
    if (!connect()) return answer;
    const std::string text =
        "POST " + request.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
        "\r\nContent-Type: " + request.content_type +
        "\r\nAuthorization: " + request.authorization +
        "\r\nContent-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
    answer.delivery = Delivery::lost;
    if (!send(text) || !receive(answer)) disconnect();
    return answer;
}

std::string basic_authorization(std::string_view user, std::string_view password) {
    std::string pair(user);
    pair.append(":").append(password);
    return "Basic " + to_base64(as_bytes(pair));
}

}  // namespace latchkey::testing
