#include "admin/realms.hpp"

#include <algorithm>
#include <utility>

#include "base/text/origin.hpp"

namespace latchkey::admin {
namespace {

bool is_name(std::string_view text) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto may_follow = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
    };
    return !text.empty() && text.size() <= max_realm_name_size && is_letter(text.front()) &&
           std::ranges::all_of(text, may_follow);
}

Result<void> check(const NewRealm& wanted) {
    if (!is_name(wanted.name)) {
        return fail(ErrorCode::invalid_argument, "Not a name for a realm.",
                    "a realm's name is a small letter, then small letters, digits and hyphens, 32 "
                    "at most");
    }
    if (const auto fault = find_origin_fault(wanted.public_url)) {
        return fail(ErrorCode::invalid_argument, "Not a public URL.",
                    "the public URL is " + std::string(*fault));
    }
    return {};
}

/// A name is one realm's, and so is a host: browsers keep cookies and passkeys by host, whatever
/// the port.
Result<void> check_others(database::ReadTransaction& tx, const NewRealm& wanted) {
    const auto others = TRY(store::list_realms(tx));
    for (const RealmRecord& other : others) {
        if (other.name == wanted.name) {
            return fail(ErrorCode::conflict, "There is a realm of this name.", other.name);
        }
        if (host_of(other.public_url) == host_of(wanted.public_url)) {
            return fail(ErrorCode::conflict, "Another realm is on this host.",
                        "the realm " + other.name + " is on this host: each needs its own");
        }
    }
    return {};
}

}  // namespace

Result<RealmRecord> create_realm(database::WriteTransaction& tx, const NewRealm& wanted,
                                 Random& random, Timestamp now, const audit::Context& by) {
    TRY(check(wanted));
    TRY(check_others(tx, wanted));
    RealmRecord realm{.id = make_id<RealmId>(random),
                      .name = wanted.name,
                      .public_url = wanted.public_url,
                      .created_at = now};
    TRY(store::insert_realm(tx, realm));
    TRY(audit::append(tx, realm.id, audit::Event::realm_created,
                      {std::nullopt, std::nullopt, realm.name}, now, by));
    return realm;
}

Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx) {
    return store::list_realms(tx);
}

Result<RealmDetails> get_realm(const realm::Realm& realm, database::ReadTransaction& tx,
                               Timestamp now) {
    auto record = TRY(store::find_realm(tx, realm.id()));
    if (!record) return fail(ErrorCode::not_found, "No such realm.");
    auto keys = TRY(keys::list_key_statuses(tx, realm.id(), now));
    return RealmDetails{std::move(*record), std::move(keys)};
}

}  // namespace latchkey::admin
