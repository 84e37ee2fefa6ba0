#include "apps/latchkey/world.hpp"

#include "sqlite/database.hpp"
#include "store/migrations.hpp"

namespace latchkey::app {

Result<std::unique_ptr<World>> World::open(const config::ServerConfig& config) {
    std::unique_ptr<World> world(new World());
    world->database_ = TRY(sqlite::open({.folder = config.data_dir}));
    const Timestamp now = world->clock_.now();
    TRY(store::migrate(*world->database_, now));
    const Secret master_key =
        TRY(keys::load_or_create_master_key(config.master_key_file, world->random_));
    world->keys_ = TRY(keys::KeyRing::load(master_key, *world->database_, world->random_, now));
    world->public_ids_ = std::make_unique<delegation::PublicIds>(*world->keys_);

    const delegation::Lifetimes lifetimes{.consent_token = config.lifetimes.consent_token,
                                          .access_token = config.lifetimes.access_token,
                                          .refresh_absolute = config.lifetimes.refresh_token,
                                          .refresh_idle = config.lifetimes.refresh_idle,
                                          .refresh_grace = config.lifetimes.refresh_grace};
    world->services_.reset(new delegation::Services{
        .database = *world->database_,
        .keys = *world->keys_,
        .public_ids = *world->public_ids_,
        .random = world->random_,
        .clock = world->clock_,
        .issuer = config.public_url,
        .partners_audience = config.public_url + "/api/partners/graphql.json",
        .lifetimes = lifetimes});
    return world;
}

}  // namespace latchkey::app
