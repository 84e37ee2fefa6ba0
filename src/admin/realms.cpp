#include "admin/realms.hpp"

#include <algorithm>
#include <utility>

#include "base/text/origin.hpp"
#include "keys/ring_store.hpp"

namespace latchkey::admin {
namespace {

Failure no_such_realm() {
    return fail(ErrorCode::not_found, "No such realm.", "no realm has this name");
}

std::string count_of(std::int64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

Failure in_use(const store::Residents& residents) {
    return fail(ErrorCode::conflict, "The realm has people or apps.",
                "a realm can be deleted when it has no people and no apps any more; it has " +
                    count_of(residents.people, "person", "people") + " and " +
                    count_of(residents.apps, "app", "apps"));
}

Failure taken(const std::string& name) {
    const std::string realm = name.empty() ? "the first realm" : "the realm " + name;
    return fail(ErrorCode::conflict, "Another realm is on this host.",
                realm + " is on this host: each needs its own");
}

/// A name is one realm's, and so is a host.
Result<void> check_others(database::ReadTransaction& tx, const NewRealm& wanted) {
    const std::string_view host = host_of(wanted.public_url);
    if (host == host_of(wanted.first_url)) return taken({});
    const auto others = TRY(store::list_realms(tx));
    if (std::ranges::find(others, wanted.name, &RealmRecord::name) != others.end()) {
        return fail(ErrorCode::conflict, "There is a realm of this name.", wanted.name);
    }
    if (host == host_of(others.front().public_url)) return taken({});
    if (const auto* other = find_realm_on_host(others, wanted.public_url)) {
        return taken(other->name);
    }
    return {};
}

std::string in_right_spelling(const NewRealm& wanted) {
    const auto spelt = respell_origin(wanted.public_url);
    return spelt ? ": " + *spelt : "";
}

}  // namespace

const RealmRecord* find_realm_on_host(const std::vector<RealmRecord>& realms,
                                      std::string_view public_url) {
    const auto found = std::ranges::find_if(realms, [&](const RealmRecord& realm) {
        return !realm.name.empty() && host_of(realm.public_url) == host_of(public_url);
    });
    return found == realms.end() ? nullptr : &*found;
}

Result<void> check_new_realm(const NewRealm& wanted) {
    if (!is_realm_name(wanted.name)) {
        return fail(ErrorCode::invalid_argument, "Not a name for a realm.",
                    std::string(realm_name_rule));
    }
    if (const auto fault = find_origin_fault(wanted.public_url)) {
        return fail(ErrorCode::invalid_argument, "Not a public URL.",
                    "the public URL is " + std::string(*fault) + in_right_spelling(wanted));
    }
    return {};
}

Result<RealmKeys> make_realm_keys(const keys::Wrapping& wrapping, Random& random, Timestamp now) {
    const auto realm = make_id<RealmId>(random);
    auto records = TRY(keys::make_missing_keys(wrapping, realm, {}, random, now));
    return RealmKeys{realm, wrapping, std::move(records)};
}

Result<RealmRecord> create_realm(database::WriteTransaction& tx, const NewRealm& wanted,
                                 const RealmKeys& keys, Timestamp now, const audit::Context& by) {
    TRY(check_new_realm(wanted));
    TRY(check_others(tx, wanted));
    RealmRecord realm{
        .id = keys.realm, .name = wanted.name, .public_url = wanted.public_url, .created_at = now};
    TRY(store::insert_realm(tx, realm));
    TRY(keys::insert_keys(keys.wrapping, tx, keys.records));
    // In the first realm's trail, too: its own can be read only as long as it is there.
    const RealmRecord first = TRY(store::get_default_realm(tx));
    for (const RealmId trail : {realm.id, first.id}) {
        TRY(audit::append(tx, trail, audit::Event::realm_created,
                          {std::nullopt, std::nullopt, realm.name}, now, by));
    }
    return realm;
}

Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx) {
    return store::list_realms(tx);
}

Result<RealmDetails> get_realm(database::ReadTransaction& tx, std::string_view name,
                               Timestamp now) {
    auto record = TRY(store::find_realm(tx, name));
    if (!record) return no_such_realm();
    auto keys = TRY(keys::list_key_statuses(tx, record->id, now));
    const auto residents = TRY(store::count_residents(tx, record->id));
    return RealmDetails{std::move(*record), residents, std::move(keys)};
}

Result<void> delete_realm(database::WriteTransaction& tx, std::string_view name, Timestamp now,
                          const audit::Context& by) {
    const auto realm = TRY(store::find_realm(tx, name));
    if (!realm || name.empty()) {
        return no_such_realm();
    }
    const auto residents = TRY(store::count_residents(tx, realm->id));
    if (residents.people != 0 || residents.apps != 0) return in_use(residents);
    TRY(store::delete_realm(tx, realm->id));
    const RealmRecord first = TRY(store::get_default_realm(tx));
    return audit::append(tx, first.id, audit::Event::realm_deleted,
                         {std::nullopt, std::nullopt, realm->name}, now, by);
}

}  // namespace latchkey::admin
