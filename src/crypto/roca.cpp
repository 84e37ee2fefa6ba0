#include "crypto/roca.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace latchkey::crypto {
namespace {

// Of the primes that divide M, those where 65537 generates few of the residues: the others tell
// little (Nemec et al., "The Return of Coppersmith's Attack", section 3).
constexpr std::array<std::uint32_t, 17> telling_primes = {11, 13, 17,  19,  37,  53,  61,  71, 73,
                                                          79, 97, 103, 107, 109, 127, 151, 157};

std::uint32_t remainder(ByteView number, std::uint32_t prime) noexcept {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : number) value = (value * 256U + byte) % prime;
    return value;
}

bool is_power_of_65537(std::uint32_t residue, std::uint32_t prime) noexcept {
    const std::uint32_t generator = 65537U % prime;
    std::uint32_t power = 1;
    do {
        if (power == residue) return true;
        power = power * generator % prime;
    } while (power != 1);
    return false;
}

}  // namespace

bool has_roca_fingerprint(ByteView modulus) noexcept {
    return std::ranges::all_of(telling_primes, [modulus](std::uint32_t prime) {
        return is_power_of_65537(remainder(modulus, prime), prime);
    });
}

}  // namespace latchkey::crypto
