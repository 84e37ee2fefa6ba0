#pragma once

// What the server does about keys and secrets by itself, on a thread of its own since making an
// RSA key takes a while: reads the ring again when another process changed it, announces the next
// signing key in time, seals again after a rotation what an older key sealed, and writes down when
// client secrets were used.

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
    KeyKeeper(World& world, Log& log);
    ~KeyKeeper();  // stops the thread, and writes what was noted
    KeyKeeper(const KeyKeeper&) = delete;
    KeyKeeper& operator=(const KeyKeeper&) = delete;

    /// Starts the thread. Without it, do_what_is_due() can be called by hand (tests do).
    void start();
    /// One round. What fails is logged, and tried again in the next.
    void do_what_is_due(const std::stop_token& stop = {});

private:
    void run(const std::stop_token& stop);
    void maintain_ring();
    void write_secret_uses();
    [[nodiscard]] Result<int> reseal();

    World& world_;
    Log& log_;
    keys::Resealer resealer_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace latchkey::app
