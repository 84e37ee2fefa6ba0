// Write paths of what a server does by itself: clean-up, mail, and what was noted in memory.

#include "admin/realms.hpp"
#include "audit/audit.hpp"
#include "clients/secret_uses.hpp"
#include "grants/exchange.hpp"
#include "metafields/definitions.hpp"
#include "metafields/values.hpp"
#include "people/app_reads.hpp"
#include "store/email_challenges.hpp"
#include "store/outbox.hpp"
#include "store/passkeys.hpp"
#include "store/realms.hpp"
#include "store/refresh_families.hpp"
#include "store/removals.hpp"
#include "store/sweeps.hpp"
#include "tests/faults/statements/write_paths.hpp"

namespace latchkey::testing {
namespace {

using testing::must;

constexpr audit::Context audit{audit::Actor::known_operator("test"), "world", "cli"};
constexpr Seconds far_later{500L * 24 * 3600};

void connect(FaultWorld& world) {
    const std::string token = world.consent_token(0);
    must(commit(world, [&](auto& tx) {
        return grants::fetch_tokens_for_user(world.act(audit), tx, world.app,
                                             {token, std::nullopt});
    }));
}

/// One value of a definition that is deleted.
void leave_orphan(FaultWorld& world) {
    const metafields::Caller caller{world.app.id, contract_scopes().known(world.app.scopes)};
    const metafields::Identifier identifier{"score", std::nullopt};
    const std::vector<metafields::NewValue> values{{identifier, "true", {}}};
    must(commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        TRY(metafields::define_metafield(tx, world.random, caller,
                                         {.identifier = identifier,
                                          .name = "A name",
                                          .description = "",
                                          .type = "boolean",
                                          .validations = {},
                                          .access = {}},
                                         world.now()));
        TRY(metafields::set_metafields(tx, {world.user, world.app.id}, values, world.now()));
        TRY(metafields::delete_definition(tx, caller, identifier));
        return {};
    }));
}

/// Something that has an end in every table that is swept.
void prepare_ends(FaultWorld& world) {
    connect(world);
    leave_orphan(world);
    must(commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        TRY(store::consume_passkey_challenge(tx, Bytes{1}, world.now()));
        TRY(store::insert_challenge(tx, {.id = make_id<ChallengeId>(world.random),
                                         .realm_id = world.keys.realm(),
                                         .browser_hash = {1},
                                         .sealed_email = {2},
                                         .code_hash = {3},
                                         .created_at = world.now(),
                                         .expires_at = world.now()}));
        TRY(store::note_removal(tx, store::Removed::client, world.app.id));
        TRY(store::note_removal(tx, store::Removed::user, world.user));
        TRY(store::note_removal(tx, store::Removed::name_space, world.user));
        TRY(store::note_removal(tx, store::Removed::webhook, world.user));
        return {};
    }));
}

/// Two mails wait.
void prepare_mail(FaultWorld& world) {
    for (int i = 0; i < 2; ++i) {
        must(commit(world, [&](auto& tx) {
            people::CodeMail mail;
            mail.recipient = "a@b.example";
            mail.code = "1";
            return world.outbox.enqueue(tx, mail, world.now());
        }));
    }
}

Result<RealmRecord> create_second_realm(FaultWorld& world, database::WriteTransaction& tx) {
    const keys::Wrapping& wrapping = world.keys.wrapping();
    const auto realm = make_id<RealmId>(world.random);
    const store::KeyRecord key =
        wrapping.wrap(Secret("a key"), {realm, "mail", 1}, world.random, world.now());
    return admin::create_realm(tx, {"second", "https://second.example"}, {realm, wrapping, {key}},
                               world.now(), audit);
}

}  // namespace

std::vector<WritePath> upkeep_paths() {
    return {
        {"RemoveExpired", prepare_ends,
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) -> Result<void> {
                 for (const store::Sweep& sweep : store::sweeps()) {
                     TRY(sweep.step(tx, {.audit = Seconds(1)}, world.now() + far_later));
                 }
                 return {};
             });
         }},
        {"CreateRealm", [](FaultWorld&) {},
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) { return done(create_second_realm(world, tx)); });
         }},
        {"NoteTheFirstRealmsUrl", [](FaultWorld&) {},
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return store::set_default_realm_url(tx, "https://id.example.com");
             });
         }},
        {"DeleteRealm",
         [](FaultWorld& world) {
             must(database::run_write(*world.database,
                                      [&](auto& tx) { return create_second_realm(world, tx); }));
         },
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return admin::delete_realm(tx, "second", world.now(), audit);
             });
         }},
        {"RemoveExpiredFamilies", connect,
         [](FaultWorld& world) {
             const Timestamp later = world.now() + far_later;
             const auto found = [&]() -> Result<store::FamilyScan> {
                 const auto tx = TRY(world.failing.read());
                 return store::find_expired_families(*tx, {}, later, store::sweep_rows);
             }();
             if (!found) return Result<void>(Failure(found.error()));
             return commit(world, [&](auto& tx) {
                 return done(store::delete_expired_families(tx, *found, later));
             });
         }},
        {"NoteSecretUses", [](FaultWorld&) {},
         [](FaultWorld& world) {
             world.secret_uses.note(world.app.id, world.app.secrets.front(), world.now());
             return commit(world, [&](auto& tx) { return done(world.secret_uses.write(tx)); });
         }},
        {"NoteAppReads", connect,
         [](FaultWorld& world) {
             world.app_reads.note(world.user, world.app.id, world.now());
             return commit(world, [&](auto& tx) { return done(world.app_reads.write(tx)); });
         }},
    };
}

std::vector<WritePath> outbox_paths() {
    return {
        {"ClaimMail", prepare_mail,
         [](FaultWorld& world) {
             return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
                 const auto due = TRY(store::list_due_mail(tx, world.now(), 1));
                 TRY(store::claim_mail(tx, due.at(0), world.now() + Seconds(5)));
                 return {};
             });
         }},
        {"PostponeMail", prepare_mail,
         [](FaultWorld& world) {
             return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
                 const auto due = TRY(store::list_due_mail(tx, world.now(), 1));
                 return store::postpone_mail(tx, due.at(0));
             });
         }},
        {"DeleteMail", prepare_mail,
         [](FaultWorld& world) {
             return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
                 const auto due = TRY(store::list_due_mail(tx, world.now(), 1));
                 return store::delete_mail(tx, due.at(0).id);
             });
         }},
    };
}

}  // namespace latchkey::testing
