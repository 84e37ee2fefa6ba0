#include "base/secret.hpp"

#include <string.h>

namespace latchkey {

void Secret::wipe() noexcept {
    if (!bytes_.empty()) explicit_bzero(bytes_.data(), bytes_.size());
}

}  // namespace latchkey
