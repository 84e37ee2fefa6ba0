#include "realm/realms.hpp"

#include <utility>

namespace latchkey::realm {

const Realm* Realms::find(RealmId id) const noexcept {
    for (const Realm* realm : all()) {
        if (realm->id() == id) return realm;
    }
    return nullptr;
}

void Realms::add(const Realm& realm) {
    std::vector<const Realm*> next = list_.get();
    next.push_back(&realm);
    list_.publish(std::move(next));
}

}  // namespace latchkey::realm
