#include "http/request_ids.hpp"

#include <array>
#include <string_view>

#include "base/text/text.hpp"

namespace latchkey::http {

RequestIds::RequestIds(Random& random) {
    std::array<std::uint8_t, 6> bytes{};
    random.fill(bytes);
    prefix_ = to_base64url(bytes);
}

void RequestIds::write_next(std::string& id) {
    // 8 + 7 characters: short enough that no std::string of it needs the heap.
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuv";
    std::array<char, 7> counter{};
    std::uint64_t count = count_++;
    for (auto digit = counter.rbegin(); digit != counter.rend(); ++digit, count >>= 5U) {
        *digit = digits[count & 31U];
    }
    id.assign(prefix_).append(counter.data(), counter.size());
}

}  // namespace latchkey::http
