#pragma once

// Bytes that must not linger or leak: zeroed when they go, not printable, not comparable with ==,
// copied only by name.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace latchkey::client {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string bytes) : bytes_(std::move(bytes)) { wipe(bytes); }
    Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { wipe(other.bytes_); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe(bytes_);
            bytes_ = std::move(other.bytes_);
            wipe(other.bytes_);
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(bytes_); }

    [[nodiscard]] Secret clone() const { return Secret(bytes_); }
    /// The bytes, and a zero behind them, for the one call that needs them. Do not keep the view.
    [[nodiscard]] std::string_view reveal() const noexcept { return bytes_; }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }

private:
    /// Overwrites all that `bytes` has room for and leaves it empty. A short string that was moved
    /// from still holds its characters.
    static void wipe(std::string& bytes) noexcept;

    std::string bytes_;
};

}  // namespace latchkey::client
