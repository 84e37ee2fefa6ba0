#pragma once

// Server processes on one data folder, which crash and come back.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/faults/partner.hpp"
#include "tests/faults/server_process.hpp"

namespace latchkey::testing {

/// Nanoseconds of the monotonic clock, which every recorded time is on.
[[nodiscard]] std::int64_t monotonic_nanoseconds();

/// One life of one server process.
class Incarnation {
public:
    explicit Incarnation(std::uint16_t port) : port_(port) {}
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

    /// Nothing that was sent to this process can take effect after it: the process is dead, its
    /// successor has recovered the store, and a later commit is in it. (A killed process may leave
    /// a whole transaction in the log that nobody sees: recovery brings it to life, another
    /// process's next commit overwrites it.)
    [[nodiscard]] std::int64_t wait_until_over() const;
    void set_over(std::int64_t time);

private:
    std::uint16_t port_;
    std::atomic<std::int64_t> over_ = 0;
};

struct FleetOptions {
    std::filesystem::path data;
    std::filesystem::path log_folder;
    std::size_t servers = 1;
    PartnerApp app;
    std::string beacon_public_id;  // a connected user whom only the fleet itself uses
    std::vector<std::string> serve_arguments;
};

class Fleet {
public:
    /// Starts the servers. `beacon_consent` connects the beacon's user.
    Fleet(FleetOptions options, const std::string& beacon_consent);

    /// The process that has place `index` now; it may be dead already.
    [[nodiscard]] std::shared_ptr<const Incarnation> at(std::size_t index) const;
    [[nodiscard]] std::size_t size() const noexcept { return options_.servers; }

    /// kill -9, and a successor at the same place.
    void crash(std::size_t index);
    /// SIGTERM to all. False when one did not end well (its log says why).
    [[nodiscard]] bool stop();
    [[nodiscard]] std::string logs() const;

private:
    [[nodiscard]] std::unique_ptr<ServerProcess> start(std::size_t index) const;
    [[nodiscard]] std::filesystem::path log_file(std::size_t index) const;
    void light_beacon(std::uint16_t port) const;

    FleetOptions options_;
    std::vector<std::unique_ptr<ServerProcess>> servers_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<Incarnation>> incarnations_;  // guarded by mutex_
};

}  // namespace latchkey::testing
