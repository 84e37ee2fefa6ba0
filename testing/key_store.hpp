#pragma once

// A store with a ring's signing key in it already, for tests that make and lose keys: one RSA key
// does for all of them.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "crypto/rsa.hpp"
#include "keys/key_ring.hpp"
#include "keys/purposes.hpp"
#include "keys/wrapping.hpp"
#include "store/keys.hpp"
#include "store/users.hpp"
#include "testing/transactions.hpp"
#include "testing/world.hpp"

namespace latchkey::testing {

class KeyStore : public ::testing::Test {
protected:
    std::unique_ptr<keys::KeyRing> load(Timestamp now) {
        insert_signing_key(now);
        return keys::KeyRing::load(master(), *database, testing::default_realm(*database), random,
                                   now)
            .value();
    }
    static Secret master() { return Secret(std::string(keys::KeyRing::key_size, 'm')); }

    /// What insert_user wraps for this person.
    static std::string user_key(UserId id) { return "key of " + id.text(); }
    UserRecord insert_user(const keys::KeyRing& ring, Timestamp now) {
        UserRecord user;
        user.id = make_id<UserId>(random);
        user.realm_id = ring.realm();
        user.email_hash.assign(user.id.bytes.begin(), user.id.bytes.end());
        std::string wrapped;
        ring.seal(keys::Purpose::profile, as_bytes(user_key(user.id)), user.id.span(), wrapped);
        user.wrapped_key.assign(wrapped.begin(), wrapped.end());
        user.sealed_profile = {1};
        user.created_at = user.updated_at = now;
        const auto tx = testing::begin_write(*database).value();
        EXPECT_TRUE(store::insert_user(*tx, user));
        EXPECT_TRUE(tx->commit());
        return user;
    }

private:
    TemporaryFolder folder_;

protected:
    Random& random = system_random();
    std::unique_ptr<database::Database> database = open_store(folder_);

private:
    void insert_signing_key(Timestamp now) {
        static const Secret pkcs8 = crypto::RsaPrivateKey::generate().value().to_pkcs8().value();
        const auto wrapping = keys::Wrapping::under(master()).value();
        const keys::Wrapping::Place place{testing::default_realm(*database),
                                          keys::consent_signing.name, 1};
        const auto tx = testing::begin_write(*database).value();
        // The second process finds it there.
        if (!store::insert_key(*tx, wrapping.wrap(pkcs8, place, random, now))) return;
        EXPECT_TRUE(tx->commit());
    }
};

}  // namespace latchkey::testing
