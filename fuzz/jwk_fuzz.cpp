// Key sets as a stranger's jwks_uri may serve them. Whatever is read can be written and read back
// as the same keys.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "jose/jwk.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace jose = latchkey::jose;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto key = jose::parse_jwk(input);
    if (key && key->kid().size() > jose::max_kid_bytes) std::abort();

    const auto set = jose::parse_jwks(input);
    if (!set) return 0;
    const auto again = jose::parse_jwks(jose::to_jwks(set->keys()));
    if (!again) std::abort();
    for (const jose::VerificationKey& written : again->keys()) {
        const jose::VerificationKey* read = set->find(written.kid());
        if (read == nullptr ||
            jose::thumbprint(read->material()) != jose::thumbprint(written.material())) {
            std::abort();
        }
    }
    return 0;
}
