#include "clients/clients.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/text.hpp"
#include "clients/client_logos.hpp"
#include "clients/group_clients.hpp"
#include "clients/secret_uses.hpp"
#include "crypto/constant_time.hpp"
#include "crypto/digest.hpp"
#include "crypto/minted_secret.hpp"
#include "store/client_logos.hpp"
#include "store/clients.hpp"

namespace latchkey::clients {
namespace {

constexpr auto secret_kind = crypto::SecretKind::client_secret;

Bytes hash_secret(std::string_view secret) {
    const auto hash = crypto::sha256(secret);
    return {hash.begin(), hash.end()};
}

Result<void> check_name(std::string_view name) {
    if (name.size() > max_client_name_size) {
        return fail(ErrorCode::too_large, "The app's name is longer than 100 bytes");
    }
    if (name.empty() || name != trim_ascii(name) || !display_length(name)) {
        return fail(ErrorCode::invalid_argument,
                    "The app's name is visible text without space around it");
    }
    return {};
}

bool has_duplicates(std::vector<std::string> list) {
    std::ranges::sort(list);
    return std::ranges::adjacent_find(list) != list.end();
}

/// What holds of every app, new or changed.
Result<void> check_registration(const NewClient& client) {
    TRY(check_name(client.name));
    if (client.origins.size() > max_origins || client.redirect_uris.size() > max_redirect_uris) {
        return fail(ErrorCode::too_large, "An app has at most 32 origins and 32 redirect URIs");
    }
    for (const auto& origin : client.origins) TRY(check_origin(origin));
    for (const auto& uri : client.redirect_uris) TRY(check_redirect_uri(uri));
    if (has_duplicates(client.origins) || has_duplicates(client.redirect_uris)) {
        return fail(ErrorCode::invalid_argument, "An origin or redirect URI is listed twice");
    }
    return {};
}

/// The app, which is about to change. Errors: not_found; storage errors.
Result<ClientRecord> begin_change(const realm::Act& act, database::WriteTransaction& tx,
                                  ClientId id) {
    forget_clients(tx);
    auto client = TRY(store::find_client(tx, act.realm.id(), id));
    if (!client) return store::no_such_app();
    return std::move(*client);
}

Result<void> record_client(const realm::Act& act, database::WriteTransaction& tx,
                           audit::Event event, ClientId client_id) {
    return realm::record(tx, act, event, {std::nullopt, client_id});
}

bool is_live(const ClientSecretRecord& secret, Timestamp now) {
    return !secret.expires_at || now < *secret.expires_at;
}

/// The live secret of this hash; null when there is none. Compares with every slot, filled or not,
/// so that the time tells neither.
const ClientSecretRecord* find_live_secret(const ClientRecord& client, ByteView hash,
                                           Timestamp now) {
    static constexpr std::array<std::uint8_t, 32> no_hash{};
    const ClientSecretRecord* found = nullptr;
    for (std::size_t slot = 0; slot < max_live_secrets; ++slot) {
        const bool is_filled = slot < client.secrets.size() && is_live(client.secrets[slot], now);
        const ByteView stored = is_filled ? ByteView(client.secrets[slot].hash) : ByteView(no_hash);
        const bool is_equal = crypto::equal_constant_time(stored, hash);
        if (is_filled && is_equal) found = &client.secrets[slot];
    }
    return found;
}

/// What stays when a secret is added at `now`: the newest live one, until the overlap ends.
std::vector<ClientSecretRecord> outgoing_secrets(std::vector<ClientSecretRecord> secrets,
                                                 Seconds overlap, Timestamp now) {
    std::erase_if(secrets, [&](const auto& secret) { return !is_live(secret, now); });
    if (secrets.empty() || overlap == Seconds(0)) return {};
    // The last of equally old ones: secrets are kept in the order of their making.
    auto newest = secrets.back();
    for (const auto& secret : secrets) {
        if (secret.created_at > newest.created_at) newest = secret;
    }
    const Timestamp end = now + overlap;
    newest.expires_at = newest.expires_at ? std::min(*newest.expires_at, end) : end;
    return {newest};
}

/// What was changed of an app, for the trail: the names of its fields, never their values.
class ChangedFields {
public:
    template <class T>
    void set(std::string_view name, T& field, std::optional<T>& wanted) {
        if (!wanted || *wanted == field) return;
        field = std::move(*wanted);
        add(name);
    }
    void add(std::string_view name) {
        if (!names_.empty()) names_ += ", ";
        names_ += name;
    }
    [[nodiscard]] const std::string& names() const noexcept { return names_; }

private:
    std::string names_;
};

Result<void> change_logo(database::WriteTransaction& tx, ClientId id, const ClientChange& change,
                         ChangedFields& changed) {
    if (const auto* logo = std::get_if<branding::Logo>(&change.logo)) {
        TRY(put_client_logo(tx, id, *logo));
        changed.add("logo");
    } else if (std::holds_alternative<ClientChange::NoLogo>(change.logo)) {
        const bool was_there = TRY(store::delete_client_logo(tx, id));
        if (was_there) changed.add("logo");
    }
    return {};
}

/// An app that is who it says it is, and the secret that shows it, which the app holds.
struct Authentic {
    ClientPtr client;
    const ClientSecretRecord* secret;
};

Result<Authentic> authenticate(const realm::Realm& realm, database::ReadTransaction& tx,
                               const ClientCredentials& credentials, Timestamp now) {
    constexpr Literal refusal = "Client authentication failed";
    // A mistyped secret is refused before any look-up: that tells nothing of any client.
    if (!crypto::check(secret_kind, credentials.secret)) {
        return fail(ErrorCode::unauthenticated, refusal, "the secret is mistyped");
    }
    const auto hash = crypto::sha256(credentials.secret);
    // An unknown id reads the app that comes next after it, so that it costs what a known one does;
    // one that is not of the form is looked up as an id that nobody has.
    const auto id = ClientId::from_text(credentials.client_id);
    static const auto nobody = std::make_shared<const ClientRecord>();
    auto client = TRY(find_client_from(tx, id.value_or(ClientId{})));
    if (!client) client = nobody;
    const ClientSecretRecord* secret = find_live_secret(*client, hash, now);
    if (secret == nullptr || !id || client->id != *id || client->realm_id != realm.id()) {
        return fail(ErrorCode::unauthenticated, refusal, "unknown client or wrong secret");
    }
    return Authentic{std::move(client), secret};
}

}  // namespace

Result<CreatedClient> create_client(const realm::Act& act, database::WriteTransaction& tx,
                                    const NewClient& wanted) {
    TRY(check_registration(wanted));
    CreatedClient created;
    created.secret = crypto::mint(secret_kind, act.random);
    ClientRecord& record = created.record;
    record.id = make_id<ClientId>(act.random);
    record.realm_id = act.realm.id();
    record.name = wanted.name;
    record.origins = wanted.origins;
    record.redirect_uris = wanted.redirect_uris;
    record.scopes = act.realm.scopes.names(wanted.scopes);
    record.secrets.push_back({hash_secret(created.secret.reveal()), act.now, std::nullopt});
    record.created_at = act.now;

    forget_clients(tx);
    TRY(store::insert_client(tx, record));
    if (wanted.logo) TRY(put_client_logo(tx, record.id, *wanted.logo));
    TRY(record_client(act, tx, audit::Event::client_created, record.id));
    return created;
}

Result<void> update_client(const realm::Act& act, database::WriteTransaction& tx,
                           ClientId client_id, ClientChange change) {
    auto client = TRY(begin_change(act, tx, client_id));
    ChangedFields changed;
    changed.set("name", client.name, change.name);
    changed.set("origins", client.origins, change.origins);
    changed.set("redirect URIs", client.redirect_uris, change.redirect_uris);
    TRY(check_registration({client.name, client.origins, client.redirect_uris, {}}));
    TRY(store::update_client(tx, client));
    TRY(change_logo(tx, client_id, change, changed));
    if (changed.names().empty()) {
        return fail(ErrorCode::invalid_argument, "There is nothing to change.");
    }
    return realm::record(tx, act, audit::Event::client_updated,
                         {std::nullopt, client_id, changed.names()});
}

Result<Secret> rotate_client_secret(const realm::Act& act, database::WriteTransaction& tx,
                                    ClientId client_id, Seconds overlap) {
    if (overlap < Seconds(0) || overlap > max_secret_overlap) {
        return fail(ErrorCode::invalid_argument, "The overlap is from 0 seconds to 30 days");
    }
    auto client = TRY(begin_change(act, tx, client_id));
    Secret secret = crypto::mint(secret_kind, act.random);
    client.secrets = outgoing_secrets(std::move(client.secrets), overlap, act.now);
    client.secrets.push_back({hash_secret(secret.reveal()), act.now, std::nullopt});
    TRY(store::update_client(tx, client));
    TRY(record_client(act, tx, audit::Event::client_secret_rotated, client_id));
    return secret;
}

Result<void> delete_client(const realm::Act& act, database::WriteTransaction& tx,
                           ClientId client_id) {
    (void)TRY(begin_change(act, tx, client_id));
    const bool was_there = TRY(store::delete_client(tx, act.realm.id(), client_id));
    if (!was_there) return store::no_such_app();
    return record_client(act, tx, audit::Event::client_deleted, client_id);
}

Result<ClientPtr> authenticate_client(const realm::Realm& realm, database::ReadTransaction& tx,
                                      const ClientCredentials& credentials, Timestamp now,
                                      SecretUses& uses) {
    auto authentic = TRY(authenticate(realm, tx, credentials, now));
    if (is_worth_noting(*authentic.secret, now)) {
        uses.note(authentic.client->id, *authentic.secret, now);
    }
    return std::move(authentic.client);
}

Result<ClientPtr> authenticate_client(const realm::Realm& realm, database::WriteTransaction& tx,
                                      const ClientCredentials& credentials, Timestamp now,
                                      SecretUses& uses) {
    auto authentic = TRY(authenticate(realm, tx, credentials, now));
    if (is_worth_noting(*authentic.secret, now)) {
        tx.after_commit(
            [authentic, now, &uses] { uses.note(authentic.client->id, *authentic.secret, now); });
        // Nothing is written yet: this keeps the note, whatever the request comes to.
        TRY(tx.commit());
    }
    return std::move(authentic.client);
}

}  // namespace latchkey::clients
