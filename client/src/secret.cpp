#include "latchkey/client/secret.hpp"

#include <openssl/crypto.h>

namespace latchkey::client {

void Secret::wipe(std::string& bytes) noexcept {
    // What a string shrank from lies behind its size. Growing to the capacity does not allocate.
    bytes.resize(bytes.capacity());
    OPENSSL_cleanse(bytes.data(), bytes.size());
    bytes.clear();
}

}  // namespace latchkey::client
