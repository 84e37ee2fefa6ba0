#include "tests/faults/fleet.hpp"

#include <chrono>
#include <stdexcept>

#include "base/time/clock.hpp"

namespace latchkey::testing {

std::int64_t monotonic_nanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(monotonic_now().time_since_epoch())
        .count();
}

std::int64_t Incarnation::wait_until_over() const {
    over_.wait(0);
    return over_.load();
}

void Incarnation::set_over(std::int64_t time) {
    over_.store(time);
    over_.notify_all();
}

Fleet::Fleet(FleetOptions options, const std::string& beacon_consent)
    : options_(std::move(options)) {
    for (std::size_t i = 0; i < options_.servers; ++i) {
        servers_.push_back(start(i));
        incarnations_.push_back(std::make_shared<Incarnation>(servers_.back()->port()));
    }
    PartnerClient client(servers_.front()->port(), options_.app);
    if (client.define_metafield().outcome != Outcome::ok ||
        client.exchange(beacon_consent).outcome != Outcome::ok) {
        throw std::runtime_error("the fleet cannot be set up");
    }
}

std::shared_ptr<const Incarnation> Fleet::at(std::size_t index) const {
    const std::lock_guard lock(mutex_);
    return incarnations_[index];
}

void Fleet::crash(std::size_t index) {
    servers_[index]->process().kill();
    std::shared_ptr<Incarnation> dead;
    {
        const std::lock_guard lock(mutex_);
        dead = incarnations_[index];
    }
    try {
        servers_[index] = start(index);
        light_beacon(servers_[index]->port());
    } catch (...) {
        dead->set_over(monotonic_nanoseconds());  // lets those who wait for it go
        throw;
    }
    dead->set_over(monotonic_nanoseconds());
    const std::lock_guard lock(mutex_);
    incarnations_[index] = std::make_shared<Incarnation>(servers_[index]->port());
}

bool Fleet::stop() {
    bool good = true;
    for (const auto& server : servers_) good = server->process().stop() == 0 && good;
    return good;
}

std::string Fleet::logs() const {
    std::string all;
    for (std::size_t i = 0; i < options_.servers; ++i) all += read_file(log_file(i));
    return all;
}

std::filesystem::path Fleet::log_file(std::size_t index) const {
    return options_.log_folder / ("server" + std::to_string(index) + ".log");
}

std::unique_ptr<ServerProcess> Fleet::start(std::size_t index) const {
    return std::make_unique<ServerProcess>(
        ServerOptions{options_.data, log_file(index), options_.serve_arguments});
}

void Fleet::light_beacon(std::uint16_t port) const {
    PartnerClient client(port, options_.app);
    const Answer answer = client.issue_again(options_.beacon_public_id);
    if (answer.outcome != Outcome::ok)
        throw std::runtime_error("a restarted server does not write");
}

}  // namespace latchkey::testing
