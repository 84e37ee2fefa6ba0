#include "net/listener.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace latchkey::net {
namespace {

constexpr int backlog = 4096;

struct AddressInfoDeleter {
    void operator()(addrinfo* info) const noexcept { ::freeaddrinfo(info); }
};
using AddressInfo = std::unique_ptr<addrinfo, AddressInfoDeleter>;

Result<AddressInfo> resolve(const ListenAddress& address) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const std::string port = std::to_string(address.port);
    const int error = ::getaddrinfo(address.host.c_str(), port.c_str(), &hints, &found);
    if (error != 0) {
        return fail(ErrorCode::invalid_argument, "The listen address is not one of this machine",
                    address.host + ": " + ::gai_strerror(error));
    }
    return AddressInfo(found);
}

Failure system_failure(const ListenAddress& address) {
    const int error = errno;
    std::string detail = address.host + ":" + std::to_string(address.port) + ": ";
    detail += std::strerror(error);
    switch (error) {
        case EADDRINUSE:
            return fail(ErrorCode::address_in_use, "The listen address is in use", detail);
        case EACCES:
            return fail(ErrorCode::no_permission, "No permission to listen there",
                        detail + ": ports below 1024 are for root");
        case EADDRNOTAVAIL:
            return fail(ErrorCode::invalid_argument,
                        "The listen address is not one of this machine", detail);
        default: return fail(ErrorCode::unavailable, "Cannot listen there", detail);
    }
}

enum class Share : std::uint8_t { exclusive, between_loops };

Result<Descriptor> bind_socket(const addrinfo& info, const ListenAddress& address, Share share) {
    Descriptor socket(::socket(info.ai_family, info.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.is_open()) return system_failure(address);
    const int on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (share == Share::between_loops) {
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    }
    if (::bind(socket.get(), info.ai_addr, info.ai_addrlen) != 0) return system_failure(address);
    return socket;
}

Result<std::uint16_t> port_of(const Descriptor& socket, const ListenAddress& address) {
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&bound), &size) != 0) {
        return system_failure(address);
    }
    // sin_port and sin6_port share their place.
    return ntohs(reinterpret_cast<const sockaddr_in*>(&bound)->sin_port);
}

}  // namespace

Result<Listeners> listen_on(const ListenAddress& address, unsigned count) {
    Listeners listeners;
    ListenAddress exact = address;
    {
        // SO_REUSEPORT would join another process's port without a word: one exclusive bind
        // tells, and picks the port when any will do.
        const AddressInfo info = TRY(resolve(address));
        const Descriptor probe = TRY(bind_socket(*info, address, Share::exclusive));
        if (::listen(probe.get(), 1) != 0) return system_failure(address);
        exact.port = TRY(port_of(probe, address));
    }
    const AddressInfo info = TRY(resolve(exact));
    for (unsigned i = 0; i < count; ++i) {
        Descriptor socket = TRY(bind_socket(*info, exact, Share::between_loops));
        if (::listen(socket.get(), backlog) != 0) return system_failure(exact);
        listeners.sockets.push_back(std::move(socket));
    }
    listeners.port = exact.port;
    return listeners;
}

}  // namespace latchkey::net
