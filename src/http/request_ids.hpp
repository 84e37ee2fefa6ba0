#pragma once

// Ids for requests that bring none: a random part for each loop, and a counter.

#include <cstdint>
#include <string>

#include "base/random.hpp"

namespace latchkey::http {

class RequestIds {
public:
    explicit RequestIds(Random& random);
    /// Puts the next one in the place of what `id` holds.
    void write_next(std::string& id);

private:
    std::string prefix_;
    std::uint64_t count_ = 0;
};

}  // namespace latchkey::http
