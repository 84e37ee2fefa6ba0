#include "tests/faults/scene.hpp"

#include "apps/latchkey/installation.hpp"
#include "audit/audit.hpp"
#include "clients/clients.hpp"
#include "config/server_config.hpp"
#include "crypto/system_random.hpp"
#include "database/run_write.hpp"
#include "people/users.hpp"
#include "realm/public_ids.hpp"
#include "testing/databases.hpp"
#include "testing/transactions.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::testing {
namespace {

using testing::must;

constexpr audit::Context audit{audit::Actor::known_operator("test"), "scene", "cli"};
constexpr Seconds consent_lifetime{3600};
constexpr std::string_view origin = "https://shop.example";

ScopeSet all_scopes() { return must(contract_scopes().parse("email profile")); }

ConsentTicket issue_consent(app::Installation& world, ClientId client_id, UserId user_id,
                            std::int64_t revocations) {
    tokens::ConsentToken token;
    token.jti = make_id<ConsentTokenId>(world.random());
    token.client_id = client_id;
    token.user_id = user_id;
    token.scopes = all_scopes();
    token.origin = origin;
    token.connection_revocations = revocations;
    token.issued_at = world.clock().now();
    token.expires_at = token.issued_at + consent_lifetime;
    const Secret text = must(tokens::mint_consent_token(world.realm(), token));
    return {std::string(text.reveal()), revocations};
}

Person make_person(app::Installation& world, ClientId client_id, std::size_t number,
                   const std::vector<int>& consents) {
    auto tx = must(testing::begin_write(world.database()));
    Profile profile;
    profile.email = "person" + std::to_string(number) + "@example.com";
    const auto user =
        must(people::create_user(*tx, world.keys(), world.random(), profile, world.clock().now()));
    must(tx->commit());
    Person person{user.id.text(), world.realm().public_ids.public_id(client_id, user.id), {}};
    for (std::size_t revocations = 0; revocations < consents.size(); ++revocations) {
        for (int i = 0; i < consents[revocations]; ++i) {
            person.consents.push_back(
                issue_consent(world, client_id, user.id, static_cast<std::int64_t>(revocations)));
        }
    }
    return person;
}

}  // namespace

Scene make_scene(const std::filesystem::path& data, const SceneOptions& options) {
    const SystemClock clock;
    crypto::SystemRandom random;
    config::ServerConfig config;
    config.data_dir = data.string();
    const auto world = must(
        app::Installation::open(must(config::complete_config(std::move(config))), {clock, random}));
    clients::NewClient app;
    app.name = "Shop";
    app.origins = {std::string(origin)};
    app.scopes = all_scopes();
    const auto created = must(database::run_write(world->database(), [&](auto& tx) {
        return clients::create_client(world->act(audit), tx, app);
    }));
    Scene scene{{created.record.id.text(), std::string(created.secret.reveal())}, {}};
    for (std::size_t i = 0; i < options.people; ++i) {
        scene.people.push_back(make_person(*world, created.record.id, i, options.consents));
    }
    return scene;
}

}  // namespace latchkey::testing
