#include "apps/latchkey/key_keeper.hpp"

#include "delegation/key_operations.hpp"

namespace latchkey::app {

KeyKeeper::KeyKeeper(World& world, Log& log)
    : world_(world),
      log_(log),
      resealer_(world.keys()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

KeyKeeper::~KeyKeeper() {
    thread_.request_stop();
    thread_.join();
    const auto written = world_.secret_uses().write(world_.database());
    if (!written) log_.write_error("secret_uses.failed", written.error());
}

void KeyKeeper::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        work(stop);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, keys::ring_reload_interval, [] { return false; });
    }
}

void KeyKeeper::work(const std::stop_token& stop) {
    const auto maintained =
        delegation::maintain_signing_keys(world_.services(), world_.clock().now());
    if (!maintained) log_.write_error("keys.maintenance_failed", maintained.error());
    const auto reloaded = world_.reload_keys();
    if (!reloaded) log_.write_error("keys.reload_failed", reloaded.error());
    if (reloaded && *reloaded == keys::Reload::changed) {
        log_.write(LogLevel::info, "keys.changed", {});
    }
    const auto written = world_.secret_uses().write(world_.database());
    if (!written) log_.write_error("secret_uses.failed", written.error());
    for (int sealed = 1; sealed > 0 && !stop.stop_requested();) {
        const auto step = reseal();
        if (!step) log_.write_error("keys.reseal_failed", step.error());
        sealed = step.value_or(0);
    }
}

Result<int> KeyKeeper::reseal() {
    if (!resealer_.is_due(world_.clock().now())) return 0;
    auto tx = TRY(world_.database().write());
    const int looked_at = TRY(resealer_.step(*tx, resealing_rows, world_.clock().now()));
    if (looked_at > 0) TRY(tx->commit());
    return looked_at;
}

}  // namespace latchkey::app
