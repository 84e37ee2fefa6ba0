#include "apps/latchkey/realm_site.hpp"

namespace latchkey::app {

RealmSite::RealmSite(const OpenRealm& realm, const SharedParts& shared)
    : realm_(realm),
      code_mailer_(*realm.keys, realm.realm.brand.name, shared.on_waiting_mail),
      codes_({*realm.keys, shared.ports.random, code_mailer_}),
      relying_party_{realm.realm.passkey_domain, realm.realm.public_origin, realm.realm.brand.name},
      passkeys_({*realm.keys, shared.ports.random, relying_party_}) {
    mount_routes(router_, {.pages = {realm.realm, shared.ports, codes_, passkeys_},
                           .secret_uses = shared.secret_uses,
                           .app_reads = shared.app_reads,
                           .engines = shared.engines,
                           .mode = shared.mode,
                           .graphiql = shared.graphiql});
}

}  // namespace latchkey::app
