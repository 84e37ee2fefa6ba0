// Write paths of keys, webhooks, and answers that are kept to be given again.

#include "admin/key_operations.hpp"
#include "audit/audit.hpp"
#include "clients/clients.hpp"
#include "grants/custom_data_token.hpp"
#include "grants/exchange.hpp"
#include "store/passkeys.hpp"
#include "store/users.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "tests/faults/statements/write_paths.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::testing {
namespace {

using testing::must;

constexpr audit::Context audit{audit::Actor::known_operator("test"), "world", "cli"};
const Bytes credential = {1, 2, 3};

Result<void> rotate(FaultWorld& world) {
    const auto act = world.act(audit);
    const auto made = [&]() -> Result<store::KeyRecord> {
        auto tx = TRY(world.failing.read());
        return admin::make_next_key(act, *tx, {"cookie", Seconds(0)});
    };
    const auto key = TRY(made());
    return commit(world, [&](auto& tx) { return admin::announce_key(act, tx, key); });
}

Result<webhooks::CreatedWebhook> create_webhook(FaultWorld& world) {
    const webhooks::NewWebhook wanted{world.app.id, "https://hooks.example/",
                                      must(webhooks::parse_topics("connections"))};
    return written(world, [&](database::WriteTransaction& tx) {
        return webhooks::create_webhook(world.act(audit), tx, wanted);
    });
}

/// A webhook, whose id is left, with two deliveries.
void prepare_deliveries(FaultWorld& world) {
    world.texts = {must(create_webhook(world)).record.id.text()};
    for (const ChangeTopic topic :
         {ChangeTopic::connection_established, ChangeTopic::connection_revoked}) {
        must(commit(world, [&](auto& tx) {
            return store::record_change(
                tx, {.client_id = world.app.id, .user_id = world.user, .topic = topic, .keys = {}},
                world.now());
        }));
    }
}

WebhookId webhook_of(const FaultWorld& world) { return *WebhookId::from_text(world.texts.at(0)); }

/// What a sender writes down before and after an attempt: all of a batch.
Result<void> note_attempts(FaultWorld& world) {
    return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        for (auto& delivery :
             TRY(store::list_due_deliveries(tx, webhook_of(world), world.now(), 100))) {
            TRY(store::claim_delivery(tx, delivery, world.now() + Seconds(5)));
            ++delivery.attempts;
            delivery.state = DeliveryState::delivered;
            TRY(store::settle_delivery(tx, delivery));
        }
        return {};
    });
}

Result<void> exchange(FaultWorld& world, const grants::ExchangeRequest& wanted) {
    return commit(world, [&](auto& tx) {
        return grants::fetch_tokens_for_user(world.act(audit), tx, world.app, wanted);
    });
}

Result<void> give_answer(FaultWorld& world, std::string_view consent_token) {
    const grants::ExchangeRequest wanted{consent_token, std::nullopt, "key-1"};
    return exchange(world, wanted);
}

/// The columns that are sealed again, by their compare-and-set.
Result<void> reseal_columns(FaultWorld& world) {
    const Bytes next = {9};
    return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        for (const auto& row :
             TRY(store::list_wrapped_user_keys(tx, world.keys.realm(), std::nullopt, 10))) {
            TRY(store::replace_wrapped_user_key(tx, row, next));
        }
        for (const auto& row :
             TRY(store::list_sealed_passkey_names(tx, world.keys.realm(), {UserId{}, {}, 10}))) {
            TRY(store::replace_sealed_passkey_name(tx, row, next));
        }
        for (const auto& row :
             TRY(store::list_sealed_webhook_secrets(tx, world.keys.realm(), std::nullopt, 10))) {
            TRY(store::replace_sealed_webhook_secret(tx, row, next));
        }
        return {};
    });
}

}  // namespace

std::vector<WritePath> key_paths() {
    return {
        {"RotateKey", [](FaultWorld& world) { must(rotate(world)); }, rotate},
        {"RetireKey",
         [](FaultWorld& world) {
             must(rotate(world));
             must(rotate(world));
         },
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return admin::retire_key(world.act(audit), tx, {"cookie", 1},
                                          keys::Retirement::at_once);
             });
         }},
        {"RewrapKeys",
         [](FaultWorld& world) {
             for (int i = 0; i < 3; ++i) must(rotate(world));
         },
         [](FaultWorld& world) {
             const Secret next(std::string(keys::KeyRing::key_size, '\x11'));
             return commit(
                 world, [&](auto& tx) { return admin::rewrap_keys(world.act(audit), tx, next); });
         }},
        {"Reseal",
         [](FaultWorld& world) {
             must(create_webhook(world));
             must(commit(world, [&](auto& tx) {
                 PasskeyRecord passkey;
                 passkey.user_id = world.user;
                 passkey.credential_id = credential;
                 passkey.public_key = {1};
                 passkey.sealed_name = {2};
                 return store::insert_passkey(tx, passkey);
             }));
         },
         reseal_columns},
        {"ExchangeWithIdempotencyKey",
         [](FaultWorld& world) { world.texts = {world.consent_token(0)}; },
         [](FaultWorld& world) { return give_answer(world, world.texts.at(0)); }},
        {"ExchangeAskedAgain",
         [](FaultWorld& world) {
             world.texts = {world.consent_token(0)};
             must(give_answer(world, world.texts.at(0)));
         },
         [](FaultWorld& world) { return give_answer(world, world.texts.at(0)); }},
        {"FetchCustomDataTokens",
         [](FaultWorld& world) { must(give_answer(world, world.consent_token(0))); },
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return grants::fetch_custom_data_tokens(world.act(audit), tx, world.app,
                                                         {"jo@example.com"});
             });
         }},
    };
}

std::vector<WritePath> webhook_paths() {
    return {
        {"CreateWebhook", [](FaultWorld&) {},
         [](FaultWorld& world) { return done(create_webhook(world)); }},
        {"DeleteWebhook", prepare_deliveries,
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return store::delete_webhook(tx, world.realm.id(), webhook_of(world));
             });
         }},
        {"DeleteClientOfAWebhook", prepare_deliveries,
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return clients::delete_client(world.act(audit), tx, world.app.id);
             });
         }},
        {"ExchangeThatIsToldOf",
         [](FaultWorld& world) {
             must(create_webhook(world));
             world.texts = {world.consent_token(0)};
         },
         [](FaultWorld& world) { return exchange(world, {world.texts.at(0), std::nullopt}); }},
        {"NoteDeliveryAttempts", prepare_deliveries, note_attempts},
    };
}

}  // namespace latchkey::testing
