// Whatever a browser sends as an authenticator's answer: CBOR, authenticator data, COSE keys and
// client data. Nothing may crash, and what parses lies inside what was given.

#include <cstdlib>

#include "webauthn/authenticator_data.hpp"
#include "webauthn/cbor.hpp"
#include "webauthn/cose_key.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool lies_in(latchkey::ByteView part, latchkey::ByteView whole) {
    return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace webauthn = latchkey::webauthn;
    const latchkey::ByteView input(data, size);
    webauthn::CborReader reader(input);
    while (!reader.at_end() && reader.skip()) require(lies_in(reader.rest(), input));

    if (const auto inner = webauthn::parse_attestation_object(input)) {
        require(lies_in(*inner, input));
        (void)webauthn::parse_authenticator_data(*inner);
    }
    if (const auto parsed = webauthn::parse_authenticator_data(input)) {
        if (parsed->credential) {
            require(lies_in(parsed->credential->id, input));
            latchkey::ByteView key = parsed->credential->public_key;
            require(webauthn::CoseKey::parse(key).has_value() && key.empty());
        }
    }
    latchkey::ByteView rest = input;
    if (const auto key = webauthn::CoseKey::parse(rest)) (void)key->verify(input, rest);
    (void)webauthn::parse_client_data(input);
    return 0;
}
