#pragma once

// One HTTP POST and its answer. libcurl lives behind it: TLS verified, no redirects followed,
// limits on time and size, connections kept for the next call.

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "latchkey/client/error.hpp"
#include "latchkey/client/secret.hpp"

namespace latchkey::client {

struct TransportOptions {
    std::string ca_file;  // empty: the system's certificates
    std::chrono::milliseconds connect_timeout;
    std::chrono::milliseconds total_timeout;
    std::size_t max_answer_bytes;
};

struct HttpRequest {
    std::string url;
    std::string_view content_type;
    const Secret& authorization;  // the header's value
    const Secret& body;
};

struct HttpAnswer {
    int status = 0;
    std::string request_id;
    Secret body;
};

/// Thread-safe.
class Transport {
public:
    explicit Transport(TransportOptions options);
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// Errors: transport, malformed_answer (longer than the limit).
    [[nodiscard]] Result<HttpAnswer> post(const HttpRequest& request);

private:
    class Handles;
    TransportOptions options_;
    std::unique_ptr<Handles> handles_;
};

/// The URL's form is one that a client secret may be sent to: https, or http on loopback, without
/// path, query, fragment or user.
[[nodiscard]] bool is_safe_base_url(std::string_view url);

}  // namespace latchkey::client
