#pragma once

// TLS 1.2 and 1.3 (OpenSSL) over a non-blocking socket.

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "net/server.hpp"

namespace latchkey::net {

enum class IoStatus : std::uint8_t { done, would_block, ended, failed };
struct IoResult {
    IoStatus status;
    std::size_t bytes = 0;
};

/// One connection's cryptographic state. The handshake happens inside the first reads.
class TlsSession {
public:
    ~TlsSession();
    TlsSession(const TlsSession&) = delete;
    TlsSession& operator=(const TlsSession&) = delete;

    [[nodiscard]] IoResult read(std::span<char> into);
    [[nodiscard]] IoResult write(std::string_view bytes);
    /// Tells the peer that nothing more will come (close_notify), as far as the socket takes it.
    void end_writing();
    /// True when the last call could not go on before the socket can be written to.
    [[nodiscard]] bool wants_write() const noexcept { return wants_write_; }

private:
    friend class TlsContext;
    struct Ssl;
    explicit TlsSession(std::unique_ptr<Ssl> ssl);
    [[nodiscard]] IoResult failure(int returned);

    std::unique_ptr<Ssl> ssl_;
    bool wants_write_ = false;
};

/// Certificate, key and policy, shared by all loops.
class TlsContext {
public:
    /// Errors: invalid_argument (a file does not parse, or the key is another certificate's),
    /// no_permission (a file cannot be read).
    [[nodiscard]] static Result<std::unique_ptr<TlsContext>> load(const TlsFiles& files);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    /// A server session on `socket`; null when the library has no memory.
    [[nodiscard]] std::unique_ptr<TlsSession> accept(int socket) const;

private:
    struct Context;
    explicit TlsContext(std::unique_ptr<Context> context);
    std::unique_ptr<Context> context_;
};

}  // namespace latchkey::net
