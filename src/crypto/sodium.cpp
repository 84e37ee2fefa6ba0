#include "crypto/sodium.hpp"

#include <sodium.h>

#include <stdexcept>

namespace latchkey::crypto {

void prepare_sodium() {
    static const int outcome = sodium_init();
    if (outcome < 0) throw std::runtime_error("libsodium does not start");
}

}  // namespace latchkey::crypto
