#include "tests/faults/statements/write_paths.hpp"

#include "audit/audit.hpp"
#include "store/migrations.hpp"
#include "store/outbox.hpp"
#include "testing/migrated.hpp"
#include "testing/transactions.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::testing {

using testing::must;

void ResettableRandom::fill(std::span<std::uint8_t> out) {
    for (std::uint8_t& byte : out) {
        std::uint64_t word = state_ += 0x9E3779B97F4A7C15ULL;
        word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        word = (word ^ (word >> 27U)) * 0x94D049BB133111EBULL;
        byte = static_cast<std::uint8_t>(word >> 56U);
    }
}

Result<void> PlainOutbox::enqueue(database::WriteTransaction& tx, const people::CodeMail& mail,
                                  Timestamp now) {
    code = mail.code;
    OutgoingMailRecord record;
    record.realm_id = realm;
    record.sealed_message = {1, 2, 3};
    record.created_at = record.next_attempt_at = now;
    TRY(store::enqueue_mail(tx, record));
    return {};
}

namespace {

constexpr audit::Context audit{audit::Actor::known_operator("test"), "world", "cli"};

/// One for all worlds, as the ring is that draws from it.
ResettableRandom& resettable_random() {
    static ResettableRandom random;
    return random;
}

const keys::KeyRing& keys_of_faults() {
    static const std::unique_ptr<keys::KeyRing> ring = make_keys(resettable_random());
    return *ring;
}

}  // namespace

FaultWorld::FaultWorld()
    : World(resettable_random(), keys_of_faults()), codes({keys, random, outbox}) {
    reset_random(1);
    outbox.realm = keys.realm();
    clients::NewClient wanted;
    wanted.name = "Shop";
    wanted.origins = {"https://shop.example"};
    wanted.scopes = must(contract_scopes().parse("email profile"));
    app = write([&](auto& tx) { return clients::create_client(act(audit), tx, wanted); }).record;
    Profile profile;
    profile.email = "jo@example.com";
    user = create_user(profile);
}

void FaultWorld::reset_random(std::uint64_t seed) { resettable_random().reset(seed); }

std::string FaultWorld::consent_token(std::int64_t revocations) {
    tokens::ConsentToken token;
    token.jti = make_id<ConsentTokenId>(random);
    token.client_id = app.id;
    token.user_id = user;
    token.scopes = contract_scopes().known(app.scopes);
    token.origin = "https://shop.example";
    token.connection_revocations = revocations;
    token.issued_at = now();
    token.expires_at = now() + Seconds(300);
    return std::string(must(tokens::mint_consent_token(realm, token)).reveal());
}

std::vector<WritePath> all_write_paths() {
    std::vector<WritePath> all;
    for (const auto& paths :
         {delegation_paths(), metafield_paths(), identity_paths(), sharing_paths(), webhook_paths(),
          key_paths(), upkeep_paths(), outbox_paths(), account_paths(), sign_in_paths()}) {
        all.insert(all.end(), paths.begin(), paths.end());
    }
    return all;
}

}  // namespace latchkey::testing
