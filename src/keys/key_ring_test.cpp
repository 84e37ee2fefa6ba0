#include "keys/key_ring.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <set>
#include <thread>

#include "crypto/constant_time.hpp"
#include "crypto/system_random.hpp"
#include "jose/jwk.hpp"
#include "jose/jws.hpp"
#include "keys/purposes.hpp"
#include "keys/wrapping.hpp"
#include "sqlite/database.hpp"
#include "store/keys.hpp"
#include "testing/migrated.hpp"
#include "testing/transactions.hpp"

namespace latchkey::keys {
namespace {

const Timestamp now = from_unix(1'700'000'000);

Secret master(char byte = 'm') { return Secret(std::string(KeyRing::key_size, byte)); }

// An empty store, as at the first start.
class FirstStart : public ::testing::Test {
protected:
    FirstStart() : folder_(::testing::TempDir() + "latchkey-keys-" + unique()) {
        open();
        testing::migrate_sqlite(*database, now);
        realm_ = testing::default_realm(*database);
    }
    ~FirstStart() override {
        database.reset();
        std::filesystem::remove_all(folder_);
    }
    void open() { database = sqlite::open({.folder = folder_}).value(); }
    std::unique_ptr<KeyRing> load() {
        auto ring = KeyRing::load(master(), *database, realm_, random, now);
        EXPECT_TRUE(ring) << ring.error().detail;
        return std::move(ring).value();
    }
    std::vector<store::KeyRecord> records() {
        const auto tx = database->read().value();
        return store::list_keys(*tx, realm_).value();
    }
    void insert(const store::KeyRecord& record) {
        const auto tx = testing::begin_write(*database).value();
        ASSERT_TRUE(store::insert_key(*tx, record));
        ASSERT_TRUE(tx->commit());
    }
    static std::string unique() {
        crypto::SystemRandom source;
        std::array<std::uint8_t, 8> bytes{};
        source.fill(bytes);
        return to_hex(bytes);
    }

    RealmId realm_;
    crypto::SystemRandom random;
    std::unique_ptr<database::Database> database;

private:
    std::string folder_;
};

// A store that has its signing key already: one RSA key does for all tests.
class KeyRingTest : public FirstStart {
protected:
    KeyRingTest() {
        static const Secret pkcs8 = crypto::RsaPrivateKey::generate().value().to_pkcs8().value();
        const Wrapping wrapping = Wrapping::under(master()).value();
        insert(wrapping.wrap(pkcs8, {realm_, consent_signing.name, 1}, random, now));
    }
};

std::string seal(const KeyRing& ring, Purpose purpose, std::string_view plain,
                 std::string_view associated) {
    std::string out;
    ring.seal(purpose, as_bytes(plain), as_bytes(associated), out);
    return out;
}

TEST(Purposes, StandInTheOrderOfTheEnumeration) {
    std::set<std::string_view> names = {consent_signing.name};
    for (std::size_t i = 0; i < sealing_purposes.size(); ++i) {
        EXPECT_EQ(find_purpose(sealing_purposes[i].name), &sealing_purposes[i]);
        EXPECT_TRUE(names.insert(sealing_purposes[i].name).second);
    }
    EXPECT_EQ(index_of(Purpose::webhook) + 1, sealing_purposes.size());
}

TEST_F(FirstStart, MakesOneKeyForEachPurposeAtTheFirstStartOnly) {
    load();
    const auto first = records();
    EXPECT_EQ(first.size(), sealing_purposes.size() + 1);
    for (const store::KeyRecord& record : first) EXPECT_EQ(record.version, 1);
    load();
    const auto second = records();
    ASSERT_EQ(second.size(), first.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(second[i].wrapped_key, first[i].wrapped_key);
    }
}

TEST_F(KeyRingTest, OpensAfterARestartWhatItSealed) {
    const auto ring = load();
    const std::string sealed = seal(*ring, Purpose::profile, "text", "user 1");
    EXPECT_EQ(sealed.size(), 4 + KeyRing::sealed_overhead);
    EXPECT_EQ(sealed[0], 1) << "the version";
    open();
    const auto again = load();
    const auto opened = again->open(Purpose::profile, as_bytes(sealed), as_bytes("user 1"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->reveal(), "text");
}

TEST_F(KeyRingTest, RefusesWhatIsNotItsOwn) {
    const auto ring = load();
    const std::string sealed = seal(*ring, Purpose::cookie, "text", "place");
    struct Row {
        const char* what;
        Purpose purpose;
        std::string box;
        std::string_view place;
        ErrorCode code;
    };
    std::string other_version = sealed;
    other_version[0] = 2;
    std::string changed = sealed;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    for (const Row& row : {
             Row{"purpose", Purpose::mail, sealed, "place", ErrorCode::invalid_token},
             Row{"place", Purpose::cookie, sealed, "elsewhere", ErrorCode::invalid_token},
             Row{"tag", Purpose::cookie, changed, "place", ErrorCode::invalid_token},
             Row{"version", Purpose::cookie, other_version, "place", ErrorCode::malformed},
             Row{"empty", Purpose::cookie, "", "place", ErrorCode::malformed},
             Row{"short", Purpose::cookie, sealed.substr(0, 40), "place", ErrorCode::malformed},
         }) {
        const auto opened = ring->open(row.purpose, as_bytes(row.box), as_bytes(row.place));
        ASSERT_FALSE(opened) << row.what;
        EXPECT_EQ(opened.error().code, row.code) << row.what;
    }
}

TEST_F(KeyRingTest, SealsWithTheNewestVersionAndOpensWithAny) {
    std::string old_box;
    {
        const auto ring = load();
        old_box = seal(*ring, Purpose::mail, "old", "");
    }
    const Wrapping wrapping = Wrapping::under(master()).value();
    insert(wrapping.wrap(Secret(std::string(32, 'n')), {realm_, "mail", 2}, random, now));
    const auto ring = load();
    const std::string new_box = seal(*ring, Purpose::mail, "new", "");
    EXPECT_EQ(new_box[0], 2);
    EXPECT_EQ(ring->open(Purpose::mail, as_bytes(new_box), {}).value().reveal(), "new");
    EXPECT_EQ(ring->open(Purpose::mail, as_bytes(old_box), {}).value().reveal(), "old");
}

TEST_F(KeyRingTest, HashesAndDerivesTheSameEachTimeAndDifferentlyPerPurpose) {
    const auto ring = load();
    const Bytes hash = ring->keyed_hash(Purpose::email_lookup, as_bytes("a@example.org"));
    EXPECT_EQ(hash.size(), 32U);
    EXPECT_EQ(load()->keyed_hash(Purpose::email_lookup, as_bytes("a@example.org")), hash);
    EXPECT_NE(ring->keyed_hash(Purpose::email_lookup, as_bytes("b@example.org")), hash);
    EXPECT_NE(ring->keyed_hash(Purpose::sign_in, as_bytes("a@example.org")), hash);

    const Secret derived = ring->derive(Purpose::public_id, "client 1");
    EXPECT_EQ(derived.size(), 32U);
    EXPECT_TRUE(
        crypto::equal_constant_time(load()->derive(Purpose::public_id, "client 1"), derived));
    EXPECT_FALSE(
        crypto::equal_constant_time(ring->derive(Purpose::public_id, "client 2"), derived));
    EXPECT_FALSE(crypto::equal_constant_time(ring->derive(Purpose::cursor, "client 1"), derived));
    EXPECT_NE(Bytes(derived.reveal_bytes().begin(), derived.reveal_bytes().end()),
              ring->keyed_hash(Purpose::public_id, as_bytes("client 1")));
}

TEST_F(KeyRingTest, SignsConsentTokensThatTheJwksVerifies) {
    const auto ring = load();
    const SigningKey& key = ring->consent_signing_key();
    EXPECT_EQ(key.algorithm(), jose::Algorithm::RS256);
    EXPECT_EQ(key.kid().size(), 43U);
    EXPECT_EQ(ring->find_consent_signing_key(key.kid()), &key);
    EXPECT_EQ(ring->find_consent_signing_key("other"), nullptr);

    const auto type = jose::ExpectedType::exactly("consent+jwt");
    const std::string token = jose::sign_compact(key, "consent+jwt", "{}").value();
    EXPECT_TRUE(jose::verify_compact(token, ring->consent_verification_keys(), type));
    const jose::KeySet published = jose::parse_jwks(ring->consent_jwks()).value();
    EXPECT_TRUE(jose::verify_compact(token, published, type));
    EXPECT_EQ(ring->consent_jwks().find("\"d\""), std::string::npos);
    EXPECT_EQ(load()->consent_signing_key().kid(), key.kid());
}

TEST_F(KeyRingTest, VerifiesWithEveryVersionOfTheSigningKey) {
    std::string old_kid;
    {
        const auto ring = load();
        old_kid = ring->consent_signing_key().kid();
    }
    const Wrapping wrapping = Wrapping::under(master()).value();
    const Secret pkcs8 = crypto::RsaPrivateKey::generate().value().to_pkcs8().value();
    insert(wrapping.wrap(pkcs8, {realm_, consent_signing.name, 2}, random, now));
    const auto ring = load();
    EXPECT_NE(ring->consent_signing_key().kid(), old_kid);
    EXPECT_NE(ring->find_consent_signing_key(old_kid), nullptr);
    EXPECT_EQ(ring->consent_verification_keys().keys().size(), 2U);
}

TEST_F(KeyRingTest, RefusesAnotherMasterKeyAndChangesNothing) {
    load();
    const auto before = records();
    const auto refused = KeyRing::load(master('x'), *database, realm_, random, now);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(records().size(), before.size());
    EXPECT_EQ(KeyRing::load(Secret("short"), *database, realm_, random, now).error().code,
              ErrorCode::invalid_argument);
}

TEST_F(KeyRingTest, RefusesARowThatStandsInAnothersPlace) {
    const Wrapping wrapping = Wrapping::under(master()).value();
    store::KeyRecord record =
        wrapping.wrap(Secret(std::string(32, 'k')), {realm_, "mail", 1}, random, now);
    record.purpose = "cookie";
    insert(record);
    EXPECT_EQ(KeyRing::load(master(), *database, realm_, random, now).error().code,
              ErrorCode::invalid_argument);
}

TEST_F(KeyRingTest, IgnoresPurposesOfANewerProgram) {
    const Wrapping wrapping = Wrapping::under(master()).value();
    insert(wrapping.wrap(Secret(std::string(32, 'k')), {realm_, "of-tomorrow", 1}, random, now));
    EXPECT_NE(load(), nullptr);
}

TEST_F(FirstStart, AgreesWithAnotherProcessThatStartsAtTheSameTime) {
    std::array<std::unique_ptr<KeyRing>, 3> rings;
    std::array<std::thread, 3> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i] = std::thread([this, &rings, i] {
            auto ring = KeyRing::load(master(), *database, realm_, random, now);
            if (ring) rings[i] = std::move(*ring);
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(records().size(), sealing_purposes.size() + 1);
    const std::string sealed = seal(*load(), Purpose::profile, "text", "");
    for (const auto& ring : rings) {
        ASSERT_NE(ring, nullptr);
        EXPECT_TRUE(ring->open(Purpose::profile, as_bytes(sealed), {}));
        EXPECT_EQ(ring->consent_signing_key().kid(), rings[0]->consent_signing_key().kid());
    }
}

}  // namespace
}  // namespace latchkey::keys
