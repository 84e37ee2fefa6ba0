// Whatever a browser sends as an authenticator's answer: CBOR, authenticator data, COSE keys and
// client data. Nothing may crash, and what parses lies inside what was given.

#include <cstdlib>

#include "identity/authenticator_data.hpp"
#include "identity/cbor.hpp"
#include "identity/cose_key.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool lies_in(latchkey::ByteView part, latchkey::ByteView whole) {
    return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace identity = latchkey::identity;
    const latchkey::ByteView input(data, size);
    identity::CborReader reader(input);
    while (!reader.at_end() && reader.skip()) require(lies_in(reader.rest(), input));

    if (const auto inner = identity::parse_attestation_object(input)) {
        require(lies_in(*inner, input));
        (void)identity::parse_authenticator_data(*inner);
    }
    if (const auto parsed = identity::parse_authenticator_data(input)) {
        if (parsed->credential) {
            require(lies_in(parsed->credential->id, input));
            latchkey::ByteView key = parsed->credential->public_key;
            require(identity::CoseKey::parse(key).has_value() && key.empty());
        }
    }
    latchkey::ByteView rest = input;
    if (const auto key = identity::CoseKey::parse(rest)) (void)key->verify(input, rest);
    (void)identity::parse_client_data(input);
    return 0;
}
