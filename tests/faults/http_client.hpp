#pragma once

// A blocking HTTP/1.1 client on one kept-alive connection. It tells apart what a crash makes
// different: never sent, answered, and sent without ever learning what became of it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::testing {

enum class Delivery : std::uint8_t { answered, not_sent, lost };

struct HttpAnswer {
    Delivery delivery = Delivery::not_sent;
    int status = 0;
    std::string body;
};

struct HttpPost {
    std::string path;
    std::string content_type;
    std::string authorization;
    std::string body;
};

class HttpClient {
public:
    explicit HttpClient(std::uint16_t port) : port_(port) {}
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    [[nodiscard]] HttpAnswer post(const HttpPost& request);

private:
    [[nodiscard]] bool connect();
    void disconnect();
    [[nodiscard]] bool send(std::string_view bytes) const;
    [[nodiscard]] bool receive(HttpAnswer& answer) const;

    std::uint16_t port_;
    int socket_ = -1;
};

[[nodiscard]] std::string basic_authorization(std::string_view user, std::string_view password);

}  // namespace latchkey::testing
