#include "tests/faults/campaign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <fstream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "testing/databases.hpp"
#include "tests/faults/fleet.hpp"
#include "tests/faults/pair_record.hpp"

namespace latchkey::testing {
namespace {

const std::vector<int> consents_of_each = {24, 12, 8};
constexpr auto pause_without_server = std::chrono::milliseconds(3);
constexpr auto crash_poll = std::chrono::microseconds(500);

/// The connections that are worked on between two changes of the guard.
using Era = std::vector<std::unique_ptr<PairRecord>>;

class Campaign {
public:
    Campaign(const CampaignOptions& options, const std::filesystem::path& folder)
        : options_(options),
          dice_(options.seed),
          data_(folder / "data"),
          scene_(make()),
          fleet_(fleet_options(folder), scene_.people.back().consents.front().token) {}

    CampaignReport run();

private:
    [[nodiscard]] std::size_t eras() const {
        return (options_.crashes + options_.crashes_per_era - 1) / options_.crashes_per_era;
    }
    // One person more than the eras need: the fleet's beacon.
    [[nodiscard]] Scene make() const {
        return make_scene(data_, {eras() * options_.pairs + 1, consents_of_each});
    }
    [[nodiscard]] FleetOptions fleet_options(const std::filesystem::path& folder) const;

    void run_era(std::size_t number);
    void crash_one();
    void work(const Era& era, std::uint64_t seed);
    void inspect(const Era& era);
    void check(const PairRecord& pair);
    [[nodiscard]] Outcome act(PairRecord& pair, const PairPlan& plan, const Incarnation& server,
                              PartnerClient& client);
    [[nodiscard]] Answer send(const PairRecord& pair, const PairPlan& plan,
                              PartnerClient& client) const;
    [[nodiscard]] Answer revoke(const PairRecord& pair) const;
    void note_failure();

    const CampaignOptions& options_;
    Dice dice_;
    std::filesystem::path data_;
    Scene scene_;
    Fleet fleet_;
    CampaignReport report_;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::size_t> unavailable_ = 0;
    std::atomic<std::uint64_t> recorded_ = 0;
    std::mutex failure_mutex_;
    std::exception_ptr failure_;  // guarded by failure_mutex_
};

FleetOptions Campaign::fleet_options(const std::filesystem::path& folder) const {
    const std::filesystem::path config = folder / "latchkey.toml";
    std::ofstream(config) << "[lifetimes]\nrefresh_grace_seconds = " << model_grace_seconds << "\n";
    return {.data = data_,
            .log_folder = folder,
            .servers = options_.servers,
            .app = scene_.app,
            .beacon_public_id = scene_.people.back().public_id,
            .serve_arguments = {"--config", config.string()}};
}

/// A client's connection to each server, remade when the server was.
class Connections {
public:
    Connections(const Fleet& fleet, const PartnerApp& app) : fleet_(fleet), app_(app) {
        open_.resize(fleet.size());
    }
    std::pair<const Incarnation&, PartnerClient&> to(std::size_t index) {
        Open& open = open_[index];
        if (auto now = fleet_.at(index); now != open.server) {
            open.client = std::make_unique<PartnerClient>(now->port(), app_);
            open.server = std::move(now);
        }
        return {*open.server, *open.client};
    }

private:
    struct Open {
        std::shared_ptr<const Incarnation> server;
        std::unique_ptr<PartnerClient> client;
    };
    const Fleet& fleet_;
    const PartnerApp& app_;
    std::vector<Open> open_;
};

Answer Campaign::revoke(const PairRecord& pair) const {
    const Finished finished = run_program(
        latchkey_program(), {"connection", "revoke", "--data", data_.string(), "--client-id",
                             scene_.app.client_id, "--user-id", pair.person().user_id, "--json"});
    // The disk may stall for longer than a command waits for the store; the history holds it to its
    // word that nothing happened.
    const bool is_busy = finished.output.find(R"("code":"unavailable")") != std::string::npos;
    if (is_busy) return {.outcome = Outcome::unavailable};
    if (finished.status != 0) throw std::runtime_error("connection revoke: " + finished.output);
    const bool revoked = finished.output.find("\"revoked\":true") != std::string::npos;
    return {.outcome = revoked ? Outcome::ok : Outcome::refused};
}

Answer Campaign::send(const PairRecord& pair, const PairPlan& plan, PartnerClient& client) const {
    switch (plan.operation.action) {
        case PairAction::exchange: return client.exchange(plan.text);
        case PairAction::issue_again: return client.issue_again(plan.text);
        case PairAction::refresh: return client.refresh(plan.text);
        case PairAction::read: return client.get_metafield(plan.text);
        case PairAction::write: return client.set_metafield(plan.text, plan.value);
        case PairAction::revoke: return revoke(pair);
    }
    return {};
}

/// Sends it, and keeps in the record what was seen. Nothing happened on `not_sent`, and, as the
/// server says, on `unavailable`: the history holds it to that word.
Outcome Campaign::act(PairRecord& pair, const PairPlan& plan, const Incarnation& server,
                      PartnerClient& client) {
    Interval interval{.called = monotonic_nanoseconds()};
    const Answer answer = send(pair, plan, client);
    interval.returned = monotonic_nanoseconds();
    if (answer.outcome == Outcome::unavailable) ++unavailable_;
    if (answer.outcome == Outcome::not_sent || answer.outcome == Outcome::unavailable) {
        return answer.outcome;
    }
    if (answer.outcome == Outcome::lost) interval.returned = server.wait_until_over();
    pair.record(plan, answer, interval);
    ++recorded_;
    return answer.outcome;
}

void Campaign::note_failure() {
    stopping_ = true;
    const std::lock_guard lock(failure_mutex_);
    if (!failure_) failure_ = std::current_exception();
}

void Campaign::work(const Era& era, std::uint64_t seed) {
    Dice dice(seed);
    Connections connections(fleet_, scene_.app);
    try {
        PairRecord* pair = nullptr;
        PairPlan plan;
        Outcome last = Outcome::ok;
        while (!stopping_) {
            if (last == Outcome::lost) {
                plan = PairRecord::plan_after(plan);
            } else {
                pair = era[dice() % era.size()].get();
                plan = pair->plan(dice);
            }
            const auto [server, client] = connections.to(dice() % fleet_.size());
            last = act(*pair, plan, server, client);
            if (last == Outcome::not_sent) std::this_thread::sleep_for(pause_without_server);
        }
    } catch (...) {
        note_failure();
    }
}

void Campaign::crash_one() {
    // Counted in operations, so that a slow machine does as much between two crashes as a fast
    // one; the moment within an operation is the scheduler's.
    const std::uint64_t due = recorded_ + 1 + dice_() % options_.longest_life;
    while (recorded_ < due && !stopping_) std::this_thread::sleep_for(crash_poll);
    fleet_.crash(dice_() % fleet_.size());
    ++report_.crashes;
}

void Campaign::run_era(std::size_t number) {
    Era era;
    for (std::size_t i = 0; i < options_.pairs; ++i) {
        era.push_back(std::make_unique<PairRecord>(scene_.people[number * options_.pairs + i]));
    }
    stopping_ = false;
    {
        std::vector<std::jthread> clients;
        for (std::size_t i = 0; i < options_.clients; ++i) {
            clients.emplace_back([this, &era, seed = dice_()] { work(era, seed); });
        }
        try {
            for (std::size_t i = 0; i < options_.crashes_per_era && !stopping_; ++i) crash_one();
        } catch (...) {
            note_failure();
        }
        stopping_ = true;
    }
    if (failure_) std::rethrow_exception(failure_);
    inspect(era);
    for (const auto& pair : era) check(*pair);
}

/// After the last crash, alone: what was acknowledged is there.
void Campaign::inspect(const Era& era) {
    Connections connections(fleet_, scene_.app);
    for (const auto& pair : era) {
        for (const PairPlan& plan : pair->inspection()) {
            const auto [server, client] = connections.to(0);
            const Outcome outcome = act(*pair, plan, server, client);
            if (outcome != Outcome::ok && outcome != Outcome::refused) {
                throw std::runtime_error("an idle server does not answer");
            }
        }
    }
}

constexpr std::string_view name_of(PairAction action) {
    switch (action) {
        case PairAction::exchange: return "exchange";
        case PairAction::issue_again: return "issue again";
        case PairAction::refresh: return "refresh";
        case PairAction::read: return "read";
        case PairAction::write: return "write";
        case PairAction::revoke: return "revoke";
    }
    return "";
}

std::string describe(const PairOperation& op, std::int64_t start) {
    std::string_view answer = op.answer == PairOperation::Answer::ok ? "ok" : "refused";
    if (op.certainty == Certainty::lost) answer = "lost";
    return fmt::format(
        "[{:9.3f} {:9.3f}] {:<11} {:<7} consent {}, {} revoked, presented {} family {} "
        "refresh {} access {} value {}\n",
        static_cast<double>(op.interval.called - start) / 1e6,
        static_cast<double>(op.interval.returned - start) / 1e6, name_of(op.action), answer,
        op.consent, op.consent_revocations, op.presented, op.presented_family, op.refresh_token,
        op.access_token, op.value);
}

void Campaign::check(const PairRecord& pair) {
    std::vector<PairOperation> history = pair.history();
    std::sort(history.begin(), history.end(), [](const auto& a, const auto& b) {
        return a.interval.returned < b.interval.returned;
    });
    ++report_.histories;
    report_.operations += history.size();
    for (const PairOperation& op : history) {
        if (op.certainty == Certainty::lost) {
            ++report_.lost;
        } else if (op.answer == PairOperation::Answer::refused) {
            ++report_.refused;
        }
    }
    LinearizabilityChecker<PairModel> checker;
    const auto violation = checker.find_violation(history);
    report_.points += checker.points();
    if (!violation) return;
    std::string story = "no order explains the last of these (times in ms):\n";
    for (std::size_t i = 0; i <= *violation; ++i) {
        story += describe(history[i], history.front().interval.called);
    }
    report_.violations.push_back(std::move(story));
}

CampaignReport Campaign::run() {
    for (std::size_t i = 0; i < eras(); ++i) run_era(i);
    report_.unavailable = unavailable_;
    if (!fleet_.stop()) throw std::runtime_error("a server did not end well: " + fleet_.logs());
    return report_;
}

}  // namespace

std::string CampaignReport::summary() const {
    return fmt::format(
        "{} crashes, {} operations in {} histories ({} refused, {} answers lost, {} unavailable), "
        "{} points searched, {} violations",
        crashes, operations, histories, refused, lost, unavailable, points, violations.size());
}

CampaignReport run_campaign(const CampaignOptions& options) {
    const testing::TemporaryFolder folder;
    Campaign campaign(options, folder.path());
    return campaign.run();
}

}  // namespace latchkey::testing
