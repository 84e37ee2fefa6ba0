#include "jobs/backoff.hpp"

#include <array>

namespace latchkey::jobs {

Seconds Backoff::wait(std::int64_t attempts, Random& random) const {
    std::array<std::uint8_t, 4> raw{};
    random.fill(raw);
    std::int64_t number = 0;
    for (const std::uint8_t byte : raw) number = number * 256 + byte;
    const Seconds room = longest(attempts) - shortest(attempts);
    return shortest(attempts) + Seconds(number % (room.count() + 1));
}

}  // namespace latchkey::jobs
