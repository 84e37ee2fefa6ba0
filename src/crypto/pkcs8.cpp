#include "crypto/pkcs8.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace latchkey::crypto {
namespace {

struct FreeInfo {
    void operator()(PKCS8_PRIV_KEY_INFO* info) const noexcept { PKCS8_PRIV_KEY_INFO_free(info); }
};
using InfoHandle = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeInfo>;

}  // namespace

EvpKeyHandle read_pkcs8(ByteView der) {
    constexpr std::size_t max_der_bytes = 8192;
    if (der.size() > max_der_bytes) return nullptr;
    const unsigned char* cursor = der.data();
    const InfoHandle info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &cursor, static_cast<long>(der.size())));
    const bool whole = info && cursor == der.data() + der.size();
    EvpKeyHandle key(whole ? EVP_PKCS82PKEY(info.get()) : nullptr);
    if (!key) ERR_clear_error();
    return key;
}

Result<Secret> write_pkcs8(const EvpKey& key) {
    const InfoHandle info(EVP_PKEY2PKCS8(key.get()));
    const int length = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : 0;
    if (length <= 0) return library_failed("writing a private key");
    std::string der(static_cast<std::size_t>(length), '\0');
    auto* cursor = reinterpret_cast<unsigned char*>(der.data());
    Secret out(std::move(der));
    if (i2d_PKCS8_PRIV_KEY_INFO(info.get(), &cursor) != length) {
        return library_failed("writing a private key");
    }
    return out;
}

}  // namespace latchkey::crypto
