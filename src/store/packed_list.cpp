#include "store/packed_list.hpp"

#include <charconv>

namespace latchkey::store {

std::string pack_list(std::span<const std::string> items) {
    std::string packed;
    for (const std::string& item : items) {
        packed += std::to_string(item.size());
        packed += ':';
        packed += item;
        packed += ',';
    }
    return packed;
}

std::optional<std::vector<std::string>> unpack_list(std::string_view packed) {
    std::vector<std::string> items;
    while (!packed.empty()) {
        std::size_t size = 0;
        const char* end = packed.data() + packed.size();
        const auto [colon, error] = std::from_chars(packed.data(), end, size);
        if (error != std::errc{} || colon == end || *colon != ':') return std::nullopt;
        const bool leading_zero = packed.front() == '0' && colon != packed.data() + 1;
        packed.remove_prefix(static_cast<std::size_t>(colon - packed.data()) + 1);
        if (leading_zero || size >= packed.size() || packed[size] != ',') return std::nullopt;
        items.emplace_back(packed.substr(0, size));
        packed.remove_prefix(size + 1);
    }
    return items;
}

}  // namespace latchkey::store
