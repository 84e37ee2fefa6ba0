#pragma once

// Every way in which the domain writes, each with the state it starts from.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/time/clock.hpp"
#include "clients/clients.hpp"
#include "clients/secret_uses.hpp"
#include "database/run_write.hpp"
#include "keys/key_ring.hpp"
#include "people/app_reads.hpp"
#include "people/email_codes.hpp"
#include "people/users.hpp"
#include "realm/act.hpp"
#include "realm/realm.hpp"
#include "testing/world.hpp"
#include "tests/faults/statements/failing_database.hpp"

namespace latchkey::testing {

/// The same bytes after every reset (SplitMix64), so that an act done again does the very same.
class ResettableRandom final : public Random {
public:
    void reset(std::uint64_t seed) noexcept { state_ = seed; }
    void fill(std::span<std::uint8_t> out) override;

private:
    std::uint64_t state_ = 1;
};

/// Puts the code's mail into the outbox, unsealed: nobody reads it here.
class PlainOutbox final : public people::CodeMailer {
public:
    [[nodiscard]] Result<void> enqueue(database::WriteTransaction& tx, const people::CodeMail& mail,
                                       Timestamp now) override;
    std::string code;
    RealmId realm;
};

class PageScene;

/// The world with an app and a person, and beside its store one that goes through to it and fails
/// when told to.
struct FaultWorld : World {
    FaultWorld();

    [[nodiscard]] std::string consent_token(std::int64_t revocations);
    /// What is drawn from now on is the same after each call with this seed.
    static void reset_random(std::uint64_t seed);

    FailingDatabase failing{*database};
    const keys::KeyRing& keys = realm.keys;
    // Notes forget themselves when their group is durable, so they outlive each act.
    clients::SecretUses secret_uses;
    people::AppReads app_reads;
    ClientRecord app;
    UserId user;
    PlainOutbox outbox;
    people::EmailCodes codes;
    database::WriteGroup* joined = nullptr;  // begun by the test: what writes does so in it
    std::vector<std::string> texts;          // what `prepare` leaves for `act`: tokens, ids
    std::shared_ptr<PageScene> page;         // the same, where it is a form
};

struct WritePath {
    std::string name;
    std::function<void(FaultWorld&)> prepare;
    /// What is tried, failing and in the end whole.
    std::function<Result<void>(FaultWorld&)> act;
};

/// `work` in a transaction on the store that fails, committed. In the group that the test has
/// begun, if there is one.
template <class Work>
auto written(FaultWorld& world, const Work& work)
    -> std::invoke_result_t<const Work&, database::WriteTransaction&> {
    if (world.joined != nullptr) return database::write_in(*world.joined, work);
    return database::run_write(world.failing, work);
}
/// The outcome, whatever it is, when the storage held.
template <class T>
Result<void> done(const Result<T>& result) {
    if (result) return {};
    return Failure(result.error());
}
/// The same: a refusal is as good an end as success, and may be what the path is about.
template <class T, class Reason>
Result<void> done(const std::expected<T, Refused<Reason>>& result) {
    if (result || result.error().refusal() != nullptr) return {};
    return Failure(*result.error().error());
}
/// `written`, of which nobody needs the value.
template <class Work>
Result<void> commit(FaultWorld& world, const Work& work) {
    return done(written(world, work));
}

[[nodiscard]] std::vector<WritePath> delegation_paths();
[[nodiscard]] std::vector<WritePath> metafield_paths();
[[nodiscard]] std::vector<WritePath> identity_paths();
[[nodiscard]] std::vector<WritePath> sharing_paths();
[[nodiscard]] std::vector<WritePath> webhook_paths();
[[nodiscard]] std::vector<WritePath> key_paths();
[[nodiscard]] std::vector<WritePath> upkeep_paths();
[[nodiscard]] std::vector<WritePath> outbox_paths();
[[nodiscard]] std::vector<WritePath> account_paths();
[[nodiscard]] std::vector<WritePath> sign_in_paths();

/// All of them: what is missing here fails the test of the statements.
[[nodiscard]] std::vector<WritePath> all_write_paths();

}  // namespace latchkey::testing
