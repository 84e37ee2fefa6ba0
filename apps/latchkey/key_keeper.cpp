#include "apps/latchkey/key_keeper.hpp"

#include "admin/key_operations.hpp"
#include "apps/latchkey/sealed_columns.hpp"

namespace latchkey::app {

KeyKeeper::KeyKeeper(World& world, Log& log)
    : world_(world), log_(log), resealer_(world.keys(), sealed_columns()) {}

KeyKeeper::~KeyKeeper() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    write_secret_uses();
}

void KeyKeeper::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void KeyKeeper::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        do_what_is_due(stop);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, keys::ring_reload_interval, [] { return false; });
    }
}

void KeyKeeper::do_what_is_due(const std::stop_token& stop) {
    maintain_ring();
    write_secret_uses();
    for (int sealed = 1; sealed > 0 && !stop.stop_requested();) {
        const auto step = reseal();
        if (!step) log_.write_error("keys.reseal_failed", step.error());
        sealed = step.value_or(0);
    }
}

void KeyKeeper::maintain_ring() {
    const auto maintained = admin::maintain_signing_keys(world_.services(), world_.clock().now());
    if (!maintained) log_.write_error("keys.maintenance_failed", maintained.error());
    const auto reloaded = world_.reload_keys();
    if (!reloaded) log_.write_error("keys.reload_failed", reloaded.error());
    if (reloaded && *reloaded == keys::Reload::changed) {
        log_.write(LogLevel::info, "keys.changed", {});
    }
}

void KeyKeeper::write_secret_uses() {
    const auto written = world_.secret_uses().write(world_.database());
    if (!written) log_.write_error("secret_uses.failed", written.error());
}

Result<int> KeyKeeper::reseal() {
    const Timestamp now = world_.clock().now();
    if (!resealer_.is_due(now)) return 0;
    const auto step = [&]() -> Result<int> {
        auto tx = TRY(world_.database().write());
        const int looked_at = TRY(resealer_.step(*tx, resealing_rows, now));
        if (looked_at > 0) TRY(tx->commit());
        return looked_at;
    }();
    if (!step) resealer_.start_again();
    return step;
}

}  // namespace latchkey::app
