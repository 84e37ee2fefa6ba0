// Deleting a definition with a million values while people read and apps write: what the reads and
// writes feel of it, and how long the removal takes.
//
//   metafields_bench [folder [values]]      the folder must be on the disk that is to be measured

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "bench/support.hpp"
#include "database/write_lane.hpp"
#include "metafields/definitions.hpp"
#include "metafields/values.hpp"
#include "sqlite/database.hpp"
#include "store/clients.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_values.hpp"
#include "store/migrations.hpp"
#include "store/removals.hpp"
#include "testing/custom_data.hpp"
#include "testing/transactions.hpp"

namespace latchkey {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Timestamp now = Timestamp(Seconds(1'800'000'000));
constexpr int rows_per_step = 500;  // as the housekeeping does
constexpr int values_per_transaction = 10'000;
constexpr int baseline_seconds = 10;

using bench::must;
using bench::nth_id;

/// People in the order of their ids, so that filling goes to the end of the tree. What comes out is
/// the same as with random ids: the tree is in their order either way.
UserId person(std::uint64_t number) {
    UserId id;
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * (7 - i)));
    }
    return id;
}

class Sequence final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        const auto id = nth_id<DefinitionId>(++count_);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = id.bytes[i % id.bytes.size()];
    }

private:
    std::uint64_t count_ = 0;
};

struct Latencies {
    std::vector<double> microseconds;

    void report(const char* what) {
        std::ranges::sort(microseconds);
        if (microseconds.empty()) return;
        const auto at = [this](double part) {
            return microseconds[static_cast<std::size_t>(
                part * static_cast<double>(microseconds.size() - 1))];
        };
        fmt::print(
            "  {:<28} {:>8} done   p50 {:>7.0f}   p99 {:>7.0f}   p99.9 {:>7.0f}   max {:>8.0f} "
            "us\n",
            what, microseconds.size(), at(0.5), at(0.99), at(0.999), microseconds.back());
    }
};

template <class Work>
double time_us(Work work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

class Bench {
public:
    Bench(const std::filesystem::path& folder, std::uint64_t values) : values_(values) {
        sqlite::Options options;
        options.folder = folder;
        database_ = must(sqlite::open(options));
        must(store::migrate(*database_, must(store::schema::sqlite()), now));
        ClientRecord client;
        client.id = app_;
        client.created_at = now;
        auto tx = must(testing::begin_write(*database_));
        must(store::insert_client(*tx, client));
        must(tx->commit());
        doomed_ = define("doomed");
        kept_ = define("kept");
    }

    void fill() {
        fmt::print("{} users with two values each\n", values_);
        const double us = time_us([this] {
            for (std::uint64_t n = 0; n < values_;) {
                auto tx = must(testing::begin_write(*database_));
                for (int i = 0; i < values_per_transaction && n < values_; ++i, ++n) {
                    for (const DefinitionId id : {doomed_, kept_}) {
                        must(store::put_value(*tx, {person(n), id, "42", now, now}));
                    }
                }
                must(tx->commit());
            }
        });
        fmt::print("  filled in {:.1f} s\n", us / 1e6);
    }

    void run() {
        database::WriteLane lane(*database_);
        fmt::print("before, for {} s\n", baseline_seconds);
        load(lane, [](const std::atomic<bool>&) {
            std::this_thread::sleep_for(std::chrono::seconds(baseline_seconds));
        });
        fmt::print("while the definition and its {} values go\n", values_);
        const auto start = Clock::now();
        std::int64_t removed = 0;
        double answer_us = 0;
        Latencies steps;
        load(lane, [&](const std::atomic<bool>&) {
            answer_us =
                time_us([&] { in_lane(lane, [this](auto& group) { erase_definition(group); }); });
            for (std::int64_t step = rows_per_step; step >= rows_per_step; removed += step) {
                steps.microseconds.push_back(time_us(
                    [&] { in_lane(lane, [&](auto& group) { step = remove_some(group); }); }));
            }
        });
        steps.report("steps of the removal");
        fmt::print("  the mutation answered in {:.1f} ms; {} values were gone after {:.1f} s\n",
                   answer_us / 1e3, removed,
                   std::chrono::duration<double>(Clock::now() - start).count());
    }

private:
    DefinitionId define(std::string_view key) {
        const metafields::NewDefinition wanted{.identifier = {key, {}},
                                               .name = "A name",
                                               .description = "",
                                               .type = "number_integer",
                                               .validations = {},
                                               .access = {}};
        auto outcome = must(testing::run_change(*database_, [&](auto& tx) {
            return metafields::define_metafield(tx, random_, {app_, ScopeSet()}, wanted, now);
        }));
        return outcome.definition.value().id;
    }
    void erase_definition(database::WriteGroup& group) {
        must(metafields::change_in(group, [&](auto& tx) {
            return metafields::delete_definition(tx, {app_, ScopeSet()}, {"doomed", {}});
        }));
    }
    static std::int64_t remove_some(database::WriteGroup& group) {
        return must(database::write_in(
            group, [](auto& tx) { return store::sweep_removals(tx, rows_per_step); }));
    }
    template <class Work>
    static void in_lane(database::WriteLane& lane, Work work) {
        std::latch finished(1);
        if (!lane.submit({.run = [&](database::WriteGroup& group) { work(group); },
                          .done = [&](const Result<void>&,
                                      database::AnswerBatch&) { finished.count_down(); }})) {
            std::exit(1);
        }
        finished.wait();
    }

    /// Runs `work` while one thread lists metafields and another sets them.
    template <class Work>
    void load(database::WriteLane& lane, Work work) {
        std::atomic<bool> stop = false;
        Latencies reads;
        Latencies writes;
        std::thread reader([&] {
            for (std::uint64_t n = 0; !stop; n += 7919) {
                reads.microseconds.push_back(time_us([&] { read_one(n % values_); }));
                std::this_thread::sleep_for(std::chrono::microseconds(200));
            }
        });
        std::thread writer([&] {
            for (std::uint64_t n = 0; !stop; n += 104'729) {
                writes.microseconds.push_back(time_us(
                    [&] { in_lane(lane, [&](auto& group) { write_one(group, n % values_); }); }));
            }
        });
        work(stop);
        stop = true;
        reader.join();
        writer.join();
        reads.report("reads (metafields)");
        writes.report("writes (metafieldsSet)");
    }
    void read_one(std::uint64_t n) {
        const auto tx = must(database_->read());
        const store::Page page{
            .after = {}, .before = {}, .direction = store::Direction::forward, .limit = 10};
        const auto slice = must(metafields::list_values(*tx, {person(n), app_}, {}, page));
        if (slice.nodes.empty()) std::exit(1);
    }
    void write_one(database::WriteGroup& group, std::uint64_t n) {
        const std::vector<metafields::NewValue> wanted{{{"kept", {}}, "43", {}}};
        const auto outcome = must(metafields::change_in(group, [&](auto& tx) {
            return metafields::set_metafields(tx, {person(n), app_}, wanted, now);
        }));
        if (!outcome.problems.empty()) std::exit(1);
    }

    std::uint64_t values_;
    std::unique_ptr<database::Database> database_;
    Sequence random_;
    ClientId app_ = nth_id<ClientId>(1'000'000'007);
    DefinitionId doomed_;
    DefinitionId kept_;
};

}  // namespace
}  // namespace latchkey

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const std::filesystem::path folder =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const std::filesystem::path data = folder / "latchkey-metafields-bench";
    std::filesystem::remove_all(data);
    const std::uint64_t values = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    latchkey::Bench bench(data, values);
    bench.fill();
    bench.run();
    std::filesystem::remove_all(data);
    return 0;
}
