#pragma once

// What the server does about keys and secrets by itself, on a thread of its own since making an
// RSA key takes a while: reads the ring again when another process changed it, announces the next
// signing key in time, seals people's keys again after a rotation, and writes down when client
// secrets were used.

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "apps/latchkey/world.hpp"
#include "base/log.hpp"
#include "keys/resealing.hpp"

namespace latchkey::app {

inline constexpr int resealing_rows = 200;  // in one transaction

class KeyKeeper {
public:
    /// Starts the thread; the destructor stops it, writing what was noted.
    KeyKeeper(World& world, Log& log);
    ~KeyKeeper();
    KeyKeeper(const KeyKeeper&) = delete;
    KeyKeeper& operator=(const KeyKeeper&) = delete;

private:
    void run(const std::stop_token& stop);
    /// One round: everything that is due now.
    void work(const std::stop_token& stop);
    [[nodiscard]] Result<int> reseal();

    World& world_;
    Log& log_;
    keys::Resealer resealer_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace latchkey::app
