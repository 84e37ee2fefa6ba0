#pragma once

// Every column that the ring seals and whose rows stay, from all over the domain: what is sealed
// again after a rotation.

#include <vector>

#include "keys/resealing.hpp"

namespace latchkey::app {

[[nodiscard]] std::vector<keys::SealedColumn> sealed_columns();

}  // namespace latchkey::app
