// Compact JWS as strangers send them. Whatever the bytes, a token that nobody signed is refused,
// and one that we sign around the fuzzer's header and payload is judged without a crash.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text/text.hpp"
#include "jose/claims.hpp"
#include "jose/jws.hpp"

namespace {

using latchkey::Bytes;
using latchkey::jose::ExpectedType;

const latchkey::jose::SigningKey& signing_key() {
    static const latchkey::jose::SigningKey key("k1",
                                                latchkey::crypto::HmacSha256(Bytes(32, 0x4B)));
    return key;
}

const latchkey::jose::KeySet& keys() {
    static const latchkey::jose::KeySet set = [] {
        latchkey::jose::KeySet made;
        if (!made.add(signing_key().verification_key())) std::abort();
        return made;
    }();
    return set;
}

// Gets past the signature, so that header and payload are fuzzed too.
void judge_signed(std::string_view input) {
    const std::size_t middle = input.find('\n');
    if (middle == std::string_view::npos) return;
    std::string token = latchkey::to_base64url(latchkey::as_bytes(input.substr(0, middle)));
    token.push_back('.');
    latchkey::append_base64url(token, latchkey::as_bytes(input.substr(middle + 1)));
    const auto signature = signing_key().sign(latchkey::as_bytes(token));
    token.push_back('.');
    latchkey::append_base64url(token, *signature);
    const auto payload = latchkey::jose::verify_compact(token, keys(), ExpectedType::any());
    if (!payload) return;
    const auto claims = latchkey::jose::Claims::parse(*payload);
    if (!claims) return;
    static_cast<void>(claims->require_audience("us"));
    static_cast<void>(latchkey::jose::check_times(*claims, {.now = latchkey::from_unix(1000)}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (latchkey::jose::verify_compact(input, keys(), ExpectedType::any())) std::abort();
    judge_signed(input);
    return 0;
}
