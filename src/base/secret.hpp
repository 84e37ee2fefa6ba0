#pragma once

// Bytes that must not linger or leak: zeroed when they go, not printable, not comparable with ==.
// Compare secrets through crypto/constant_time.hpp.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace latchkey {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string bytes) noexcept : bytes_(std::move(bytes)) {}
    Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            bytes_ = std::exchange(other.bytes_, {});
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    /// The bytes, for the one call that needs them. Do not store the view.
    [[nodiscard]] std::string_view reveal() const noexcept { return bytes_; }
    [[nodiscard]] std::span<const std::uint8_t> reveal_bytes() const noexcept {
        return {reinterpret_cast<const std::uint8_t*>(bytes_.data()), bytes_.size()};
    }
    [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

private:
    void wipe() noexcept;
    std::string bytes_;
};

}  // namespace latchkey
