#pragma once

// The conformance suite's ground: a migrated, empty data set of one engine, with the records that
// most tests need. A new driver joins by adding itself to `engines()`.

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "database/database.hpp"
#include "database/run_write.hpp"
#include "model/records.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"
#include "store/migrations.hpp"
#include "store/users.hpp"
#include "testing/databases.hpp"
#include "testing/transactions.hpp"

namespace latchkey::testing {

[[nodiscard]] inline std::vector<Engine> engines() {
    return {{"sqlite", make_sqlite_data_set, store::schema::sqlite}};
}

[[nodiscard]] inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
    return info.param.name;
}

/// The n-th id of its kind, in the order of n.
template <class IdType>
[[nodiscard]] IdType id_of(std::uint32_t n) {
    IdType id;
    id.bytes.fill(0x40);
    for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(n >> (24 - 8 * i));
    return id;
}

/// The realm that records are of.
inline const RealmId test_realm = id_of<RealmId>(7);
inline const RealmId other_realm = id_of<RealmId>(8);

[[nodiscard]] inline Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

[[nodiscard]] inline UserRecord user_record(std::uint32_t n) {
    return {.id = id_of<UserId>(n),
            .realm_id = test_realm,
            .email_hash = bytes_of("email hash " + std::to_string(n)),
            .wrapped_key = bytes_of("wrapped"),
            .sealed_profile = bytes_of("sealed"),
            .created_at = test_now,
            .updated_at = test_now};
}

[[nodiscard]] inline ClientRecord client_record(std::uint32_t n) {
    return {.id = id_of<ClientId>(n),
            .realm_id = test_realm,
            .name = "Shop " + std::to_string(n),
            .origins = {"https://shop.example", "http://localhost:3000"},
            .redirect_uris = {"https://shop.example/callback?a=1,2:3"},
            .scopes =
                ScopeNames{"avatar email email:verified name openid phone profile share_metafield"},
            .secrets = {{bytes_of("hash one"), test_now, test_now + Seconds(60)},
                        {bytes_of("hash two"), test_now, std::nullopt}},
            .created_at = test_now};
}

[[nodiscard]] inline RefreshFamilyRecord family_record(std::uint32_t n) {
    return {.user_id = id_of<UserId>(1),
            .client_id = id_of<ClientId>(1),
            .family_id = id_of<FamilyId>(n),
            .generation = 1,
            .connection_revocations = 0,
            .scopes = ScopeNames{"email email:verified"},
            .current_hash = bytes_of("current"),
            .previous_hash = {},
            .sealed_successor = {},
            .rotated_at = test_now,
            .expires_at = test_now + Seconds(1000)};
}

[[nodiscard]] inline MetafieldDefinitionRecord definition_record(std::uint32_t n) {
    return {.id = id_of<DefinitionId>(n),
            .client_id = id_of<ClientId>(1),
            .name_space = "",
            .key = "key-" + std::to_string(n),
            .name = "Name",
            .description = "What it is",
            .type = "single_line_text_field",
            .validations = {{"min", "1"}, {"regex", R"(^[a,b]{2}:\d$)"}},
            .created_at = test_now,
            .updated_at = test_now};
}

[[nodiscard]] inline MetafieldValueRecord value_record(std::uint32_t definition) {
    return {.user_id = id_of<UserId>(1),
            .definition_id = id_of<DefinitionId>(definition),
            .value = "value",
            .created_at = test_now,
            .updated_at = test_now};
}

class StoreSuite : public ::testing::TestWithParam<Engine> {
protected:
    StoreSuite() : data_set_(GetParam().make()), database_(must(data_set_->open())) {
        must(store::migrate(*database_, must(GetParam().schema()), test_now));
    }

    template <class Work>
    auto write(Work work) {
        return testing::write_once(*database_, std::move(work));
    }
    template <class Work>
    auto read(Work work) {
        return testing::read_once(*database_, std::move(work));
    }
    /// The code with which `work` fails in a write transaction.
    template <class Work>
    ErrorCode write_error(Work work) {
        const auto tx = must(testing::begin_write(*database_));
        const auto result = work(*tx);
        if (result) throw std::runtime_error("it should have failed");
        return result.error().code;
    }

    /// Several writers at once, each with a Database of its own as processes have: how many of them
    /// `work(tx, number)` told true. One whose transaction loses to another's begins again
    /// (database/run_write.hpp).
    template <class Work>
    int race(Work work) {
        constexpr int racers = 4;
        std::atomic<int> winners = 0;
        std::barrier start(racers);
        {
            std::vector<std::jthread> threads;
            for (int racer = 0; racer < racers; ++racer) {
                threads.emplace_back([&, racer] {
                    const auto database = must(data_set_->open());
                    start.arrive_and_wait();
                    const auto won = database::run_write(
                        *database, [&](database::WriteTransaction& tx) { return work(tx, racer); });
                    const bool is_late = !won && won.error().code == ErrorCode::conflict;
                    winners += !is_late && must(won) ? 1 : 0;
                });
            }
        }
        return winners;
    }

    /// One user and one app, connected.
    void connect() {
        write([](auto& tx) { return store::insert_user(tx, user_record(1)); });
        write([](auto& tx) { return store::insert_client(tx, client_record(1)); });
        write([](auto& tx) {
            return store::upsert_connection(tx, id_of<UserId>(1), id_of<ClientId>(1),
                                            ScopeNames{"email email:verified"}, test_now);
        });
    }

    std::unique_ptr<DataSet> data_set_;
    std::unique_ptr<database::Database> database_;
};

}  // namespace latchkey::testing
