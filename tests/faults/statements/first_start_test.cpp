// The first start under a storage that fails: what it makes is made step by step, and the next
// start goes on from there.

#include <gtest/gtest.h>

#include "crypto/system_random.hpp"
#include "keys/key_ring.hpp"
#include "keys/purposes.hpp"
#include "store/keys.hpp"
#include "store/migrations.hpp"
#include "testing/databases.hpp"
#include "testing/migrated.hpp"
#include "testing/store_dump.hpp"
#include "tests/faults/statements/failing_database.hpp"

namespace latchkey::testing {
namespace {

using testing::must;
using testing::test_now;

TEST(FirstStart, MigratesToTheSameSchemaWhereverItWasInterrupted) {
    testing::SqliteDataSet whole;
    const auto reference = must(whole.open());
    migrate_sqlite(*reference, test_now);
    const std::string expected = dump_store(*reference);

    const auto schema = must(store::schema::sqlite());
    int failures = 0;
    for (int n = 1;; ++n) {
        testing::SqliteDataSet data_set;
        const auto real = must(data_set.open());
        FailingDatabase database(*real);
        database.plan().fail_at(n, Failing::once);
        const auto migrated = store::migrate(database, schema, test_now);
        if (database.plan().calls() < n) break;
        failures += migrated ? 0 : 1;
        migrate_sqlite(*real, test_now);
        ASSERT_EQ(dump_store(*real), expected) << "call " << n;
    }
    EXPECT_GT(failures, 30);
}

TEST(FirstStart, MakesAllOfItsKeysOrNone) {
    crypto::SystemRandom random;
    const Secret master(std::string(keys::KeyRing::key_size, '\x5a'));
    constexpr std::size_t all = keys::sealing_purposes.size() + 1;
    testing::SqliteDataSet data_set;
    const auto real = must(data_set.open());
    migrate_sqlite(*real, test_now);
    const RealmId realm = default_realm(*real);
    FailingDatabase database(*real);
    int failures = 0;
    for (int n = 1;; ++n) {
        database.plan().fail_at(n, Failing::once);
        const bool loaded =
            keys::KeyRing::load(master, database, realm, random, test_now).has_value();
        const auto tx = must(real->read());
        const std::size_t made = must(store::list_keys(*tx, realm)).size();
        ASSERT_TRUE(made == all || (made == 0 && !loaded)) << made << " after call " << n;
        if (loaded) break;
        ++failures;
    }
    // Each row, the commit, and what is read before and after.
    EXPECT_GT(failures, static_cast<int>(all));
}

}  // namespace
}  // namespace latchkey::testing
