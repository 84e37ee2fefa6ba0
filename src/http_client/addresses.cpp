#include "http_client/addresses.hpp"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace latchkey::http_client {
namespace {

struct Range4 {
    std::uint32_t first;
    unsigned bits;
};

constexpr std::uint32_t ip4(unsigned a, unsigned b, unsigned c, unsigned d) {
    return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

// IANA IPv4 Special-Purpose Address Registry, with multicast and what is reserved.
constexpr Range4 special4[] = {
    {ip4(0, 0, 0, 0), 8},       {ip4(10, 0, 0, 0), 8},     {ip4(100, 64, 0, 0), 10},
    {ip4(127, 0, 0, 0), 8},     {ip4(169, 254, 0, 0), 16}, {ip4(172, 16, 0, 0), 12},
    {ip4(192, 0, 0, 0), 24},    {ip4(192, 0, 2, 0), 24},   {ip4(192, 31, 196, 0), 24},
    {ip4(192, 52, 193, 0), 24}, {ip4(192, 88, 99, 0), 24}, {ip4(192, 168, 0, 0), 16},
    {ip4(192, 175, 48, 0), 24}, {ip4(198, 18, 0, 0), 15},  {ip4(198, 51, 100, 0), 24},
    {ip4(203, 0, 113, 0), 24},  {ip4(224, 0, 0, 0), 4},    {ip4(240, 0, 0, 0), 4},
};

bool is_public4(std::uint32_t address) noexcept {
    return std::ranges::none_of(special4, [address](const Range4& range) {
        return (address ^ range.first) >> (32U - range.bits) == 0;
    });
}

struct Range6 {
    std::array<std::uint8_t, 4> first;
    unsigned bits;  // at most 32
};

// Global unicast is 2000::/3. These parts of it are special (IANA IPv6 registry), or hold an IPv4
// address that would have to be judged by itself (6to4, Teredo).
constexpr Range6 special6[] = {
    {{0x20, 0x01, 0x00, 0x00},
     23},  // IETF protocol assignments, Teredo and benchmarking among them
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4
    {{0x3f, 0xff, 0x00, 0x00}, 20},  // documentation
};

bool starts_with(std::span<const std::uint8_t, 16> address, const Range6& range) noexcept {
    for (unsigned bit = 0; bit < range.bits; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
        if (((address[bit / 8] ^ range.first[bit / 8]) & mask) != 0) return false;
    }
    return true;
}

bool is_public6(std::span<const std::uint8_t, 16> address) noexcept {
    constexpr Range6 global_unicast{{0x20, 0, 0, 0}, 3};
    return starts_with(address, global_unicast) &&
           std::ranges::none_of(special6,
                                [&](const Range6& range) { return starts_with(address, range); });
}

}  // namespace

bool is_public_address(const sockaddr& address) noexcept {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return is_public4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address, sizeof v6);
        return is_public6(std::span<const std::uint8_t, 16>(v6.sin6_addr.s6_addr));
    }
    return false;
}

}  // namespace latchkey::http_client
