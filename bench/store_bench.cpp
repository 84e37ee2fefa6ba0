// What the store costs, in CPU microseconds of the whole process per use case (other threads'
// work included, as the checkpointer's). Times on the wall say more about the disk.
//
//   store_bench [folder]      the folder must be on the disk that is to be measured

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <semaphore>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "bench/support.hpp"
#include "database/write_lane.hpp"
#include "sqlite/database.hpp"
#include "store/audit.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"
#include "store/consent_ids.hpp"
#include "store/migrations.hpp"
#include "store/refresh_families.hpp"
#include "store/users.hpp"
#include "testing/transactions.hpp"

namespace latchkey {
namespace {

constexpr int users = 20'000;
constexpr int reads = 200'000;
constexpr int writes = 40'000;
constexpr int max_live_families = 20;
constexpr Timestamp now = Timestamp(Seconds(1'800'000'000));

using bench::must;
using bench::nth_id;

double cpu_us() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

struct Measured {
    double cpu_us;
    double wall_us;
    std::vector<double> latencies_us{};  // of each, where there is more than one at a time
};

template <class Work>
Measured measure(int times, Work work) {
    const double cpu = cpu_us();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i) work(i);
    const std::chrono::duration<double, std::micro> wall = std::chrono::steady_clock::now() - start;
    return {(cpu_us() - cpu) / times, wall.count() / times};
}

void report(const std::string& name, const Measured& measured) {
    fmt::print("{:<46} {:8.2f} CPU-us  {:9.2f} us on the wall", name, measured.cpu_us,
               measured.wall_us);
    std::vector<double> sorted = measured.latencies_us;
    if (!sorted.empty()) {
        std::sort(sorted.begin(), sorted.end());
        const auto at = [&sorted](double part) {
            return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
        };
        fmt::print("  p50 {:.0f}  p99 {:.0f}  p99.9 {:.0f}  max {:.0f} us", at(0.5), at(0.99),
                   at(0.999), sorted.back());
    }
    fmt::print("\n");
}

const RealmId the_realm = nth_id<RealmId>(1);
const ClientId the_client = nth_id<ClientId>(1);

UserId user_of(int i) { return nth_id<UserId>(static_cast<std::uint64_t>(i % users) + 10); }

RefreshFamilyRecord family_of(int i, UserId user) {
    return {.user_id = user,
            .client_id = the_client,
            .family_id = nth_id<FamilyId>(static_cast<std::uint64_t>(i) + 1'000'000),
            .generation = 1,
            .connection_revocations = 0,
            .scopes = ScopeNames{"email email:verified openid"},
            .current_hash = Bytes(32, 1),
            .previous_hash = {},
            .sealed_successor = {},
            .rotated_at = now,
            .expires_at = now + Seconds(i)};
}

void fill(database::Database& database) {
    auto tx = must(testing::begin_write(database));
    must(store::insert_client(*tx, {.id = the_client,
                                    .realm_id = the_realm,
                                    .name = "Bench",
                                    .origins = {"https://shop.example"},
                                    .redirect_uris = {"https://shop.example/callback"},
                                    .scopes = ScopeNames{"email email:verified openid"},
                                    .secrets = {{Bytes(32, 7), now, std::nullopt}},
                                    .created_at = now}));
    for (int i = 0; i < users; ++i) {
        const UserId id = user_of(i);
        const Bytes email_hash(id.bytes.begin(), id.bytes.end());
        must(store::insert_user(
            *tx, {id, the_realm, email_hash, Bytes(72, 2), Bytes(260, 3), now, now}));
        (void)must(store::upsert_connection(*tx, id, the_client,
                                            ScopeNames{"email email:verified openid"}, now));
    }
    must(tx->commit());
}

/// fetchTokensForUser(publicId), as the store sees it.
Result<void> issue_again(database::Database& database, int i) {
    auto tx = TRY(testing::begin_write(database));
    const UserId user = user_of(i * 7919);
    TRY(store::find_connected_user(*tx, user, the_client));
    TRY(store::insert_refresh_family(*tx, family_of(i, user), max_live_families));
    TRY(store::append_audit(*tx, {the_realm, now + Seconds(i / 1000), "client", "tokens.issued",
                                  user, the_client, "0123456789abcdef", "127.0.0.1"}));
    return tx->commit();
}

/// The same for one person again and again, who has 20 families already.
Result<void> issue_to_one(database::Database& database, int i) {
    auto tx = TRY(testing::begin_write(database));
    const UserId user = user_of(0);
    TRY(store::insert_refresh_family(*tx, family_of(i + 2 * writes, user), max_live_families));
    return tx->commit();
}

/// fetchTokensForUser(consentToken).
Result<void> exchange(database::Database& database, int i) {
    auto tx = TRY(testing::begin_write(database));
    const UserId user = user_of(i * 7919);
    TRY(store::consume_consent_token(
        *tx, nth_id<ConsentTokenId>(static_cast<std::uint64_t>(i) + 5'000'000),
        now + Seconds(i / 1000)));
    TRY(store::find_user(*tx, the_realm, user));
    TRY(store::upsert_connection(*tx, user, the_client, ScopeNames{"email email:verified openid"},
                                 now));
    TRY(store::insert_refresh_family(*tx, family_of(i + writes, user), max_live_families));
    TRY(store::append_audit(
        *tx, {the_realm, now + Seconds(i / 1000), "client", "connection.established", user,
              the_client, "0123456789abcdef", "127.0.0.1"}));
    return tx->commit();
}

/// The refresh_token grant: families of issue_again, rotated.
Result<void> refresh(database::Database& database, int i) {
    auto tx = TRY(testing::begin_write(database));
    const UserId user = user_of(i * 7919);
    auto family = TRY(store::find_refresh_family(
        *tx, user, the_client, nth_id<FamilyId>(static_cast<std::uint64_t>(i) + 1'000'000)));
    TRY(store::find_connection(*tx, user, the_client));
    if (!family) return fail(ErrorCode::not_found, "No family.");
    family->generation = 2;
    family->previous_hash = family->current_hash;
    family->sealed_successor = Bytes(120, 9);
    TRY(store::rotate_refresh_family(*tx, *family, 1));
    return tx->commit();
}

using UseCase = Result<void> (*)(database::Database&, int);

/// `group` jobs are in the lane at any time.
Measured measure_lane(database::Database& database, UseCase use_case, int first, int times,
                      std::ptrdiff_t group) {
    database::WriteLane lane(database);
    std::counting_semaphore<> room(group);
    std::vector<double> latencies(static_cast<std::size_t>(times));
    Measured result = measure(times, [&](int i) {
        room.acquire();
        const bool accepted =
            lane.submit({[&database, use_case, n = first + i](database::WriteGroup&) {
                             must(use_case(database, n));
                         },
                         [&, i, submitted = std::chrono::steady_clock::now()](
                             Result<void> durable, database::AnswerBatch&) {
                             must(std::move(durable));
                             const std::chrono::duration<double, std::micro> took =
                                 std::chrono::steady_clock::now() - submitted;
                             latencies[static_cast<std::size_t>(i)] = took.count();
                             room.release();
                         }});
        if (!accepted) std::exit(1);
    });
    for (std::ptrdiff_t i = 0; i < group; ++i) room.acquire();
    result.latencies_us = std::move(latencies);
    return result;
}

void run_writes(database::Database& database, const std::string& name, UseCase use_case) {
    constexpr int alone = writes / 20;
    constexpr int small = writes / 4;
    report(name + ", 1 at a time", measure_lane(database, use_case, 0, alone, 1));
    report(name + ", 8", measure_lane(database, use_case, alone, small, 8));
    report(name + ", 64",
           measure_lane(database, use_case, alone + small, writes - alone - small, 64));
}

void run(const std::filesystem::path& folder) {
    auto database = must(sqlite::open({.folder = folder}));
    must(store::migrate(*database, must(store::schema::sqlite()), now));
    report("filling, per user", {measure(1, [&](int) { fill(*database); }).cpu_us / users, 0});

    report("find_connected_user", measure(reads, [&](int i) {
               const auto tx = must(database->read());
               (void)must(store::find_connected_user(*tx, user_of(i * 7919), the_client));
           }));
    report("find_client", measure(reads, [&](int) {
               const auto tx = must(database->read());
               (void)must(store::find_client(*tx, the_realm, the_client));
           }));
    report("an empty read transaction", measure(reads, [&](int) { (void)must(database->read()); }));

    run_writes(*database, "issue again", issue_again);
    run_writes(*database, "refresh", refresh);
    run_writes(*database, "exchange", exchange);
    run_writes(*database, "issue to one person", issue_to_one);
    report("find_connected_user, a commit before each", measure(writes / 20, [&](int i) {
               auto write = must(testing::begin_write(*database));
               (void)must(store::upsert_connection(*write, user_of(i), the_client,
                                                   ScopeNames{"email openid"}, now));
               must(write->commit());
               const auto tx = must(database->read());
               (void)must(store::find_connected_user(*tx, user_of(i * 7919), the_client));
           }));
}

}  // namespace
}  // namespace latchkey

int main(int argc, char** argv) {
    const std::filesystem::path folder =
        argc > 1 ? argv[1] : std::filesystem::temp_directory_path() / "latchkey-store-bench";
    std::filesystem::remove_all(folder);
    latchkey::run(folder);
    std::filesystem::remove_all(folder);
}
