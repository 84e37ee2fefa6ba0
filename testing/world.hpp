#pragma once

// The small world that tests of the domain stand in: a real SQLite store in a folder of its own,
// one realm with real keys, and a clock that stands still until it is told otherwise.

#include <memory>
#include <string>
#include <utility>

#include "audit/audit.hpp"
#include "base/ports.hpp"
#include "crypto/system_random.hpp"
#include "keys/key_ring.hpp"
#include "people/users.hpp"
#include "realm/act.hpp"
#include "realm/realm.hpp"
#include "sqlite/database.hpp"
#include "testing/manual_clock.hpp"
#include "testing/migrated.hpp"
#include "testing/must.hpp"
#include "testing/temporary_folder.hpp"
#include "testing/transactions.hpp"

namespace latchkey::testing {

inline crypto::SystemRandom& system_random() {
    static crypto::SystemRandom random;
    return random;
}

inline std::unique_ptr<database::Database> open_store(const TemporaryFolder& folder) {
    sqlite::Options options;
    options.folder = folder.path();
    auto opened = must(sqlite::open(options));
    testing::migrate_sqlite(*opened, from_unix(1'800'000'000));
    return opened;
}

/// A ring of the first realm, which draws from `random`.
inline std::unique_ptr<keys::KeyRing> make_keys(Random& random) {
    const TemporaryFolder folder;
    const auto store = open_store(folder);
    const Secret master(std::string(keys::KeyRing::key_size, '\x5a'));
    return must(keys::KeyRing::load(master, *store, testing::default_realm(*store), random,
                                    from_unix(1'800'000'000)));
}

/// One ring for all tests of a binary: making an RSA key takes a while.
inline const keys::KeyRing& shared_keys() {
    static const std::unique_ptr<keys::KeyRing> ring = make_keys(system_random());
    return *ring;
}

inline constexpr audit::Context test_audit{audit::Actor::client(), "req-1", "192.0.2.7"};

struct World {
    explicit World(Random& its_random = system_random(), const keys::KeyRing& keys = shared_keys())
        : random(its_random),
          realm{.keys = keys,
                .issuer = "https://id.example.com",
                .partners_audience = "https://id.example.com/api/partners",
                .public_origin = "https://id.example.com",
                .brand = {.name = "Acme ID"},
                .passkey_domain = "id.example.com",
                .mail_from = "signin@example.com"} {}

    Random& random;
    TemporaryFolder folder;
    ManualClock clock;
    std::unique_ptr<database::Database> database = open_store(folder);
    realm::Realm realm;

    [[nodiscard]] Timestamp now() const { return clock.now(); }
    [[nodiscard]] Ports ports() const { return {clock, random}; }
    [[nodiscard]] realm::Act act(const audit::Context& by = test_audit) const {
        return {realm, random, now(), by};
    }

    template <class Work>
    auto write(Work work) {
        return write_once(*database, std::move(work));
    }
    template <class Work>
    auto read(Work work) const {
        return read_once(*database, std::move(work));
    }

    UserId create_user(Profile profile) {
        return write([&](auto& tx) {
                   return people::create_user(tx, realm.keys, random, std::move(profile), now());
               })
            .id;
    }
    /// Somebody whose address is known to be theirs.
    UserId create_user(std::string email) {
        Profile profile;
        profile.email = std::move(email);
        profile.email_verified = true;
        return create_user(std::move(profile));
    }
};

}  // namespace latchkey::testing
