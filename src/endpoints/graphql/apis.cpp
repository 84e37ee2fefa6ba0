#include "endpoints/graphql/apis.hpp"

#include <utility>

#include "api/partners/context.hpp"
#include "api/users/context.hpp"
#include "endpoints/graphql/http.hpp"
#include "endpoints/idempotency_key.hpp"
#include "endpoints/oauth/bearer_authentication.hpp"
#include "endpoints/oauth/client_authentication.hpp"
#include "grants/access.hpp"
#include "people/app_reads.hpp"

namespace latchkey::endpoints {
namespace {

/// An app, by HTTP Basic.
class PartnersApi {
public:
    explicit PartnersApi(const PartnersApiOptions& options)
        : realm_(options.realm), ports_(options.ports), secret_uses_(options.secret_uses) {}

    using Context = api::partners::RequestContext;

    struct Credentials {
        PresentedClient app;
        audit::Context by;
        std::optional<std::string_view> idempotency_key;
    };

    [[nodiscard]] static Result<Credentials> read_credentials(const http::Request& request) {
        auto app = TRY(read_basic(request));
        return Credentials{.app = std::move(app),
                           .by = {.actor = audit::Actor::client(),
                                  .request_id = request.request_id,
                                  .origin = request.peer_address},
                           .idempotency_key = read_idempotency_key(request)};
    }

    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::ReadTransaction& tx) const {
        const Timestamp now = ports_.clock.now();
        auto client = TRY(clients::authenticate_client(realm_, tx, credentials.app.credentials(),
                                                       now, secret_uses_));
        return make_context(credentials, std::move(client), now, api::Transactions(tx));
    }
    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::WriteGroup& group) const {
        const Timestamp now = ports_.clock.now();
        const auto tx = TRY(group.begin());
        auto client = TRY(clients::authenticate_client(realm_, *tx, credentials.app.credentials(),
                                                       now, secret_uses_));
        TRY(tx->commit());
        return make_context(credentials, std::move(client), now, api::Transactions(group));
    }

private:
    Context make_context(const Credentials& credentials, clients::ClientPtr client, Timestamp now,
                         api::Transactions store) const {
        return {.realm = realm_,
                .random = ports_.random,
                .client = std::move(client),
                .now = now,
                .by = credentials.by,
                .idempotency_key = credentials.idempotency_key,
                .store = store};
    }

    const realm::Realm& realm_;
    Ports ports_;
    clients::SecretUses& secret_uses_;
};

/// Whoever holds an access token.
class UsersApi {
public:
    explicit UsersApi(const UsersApiOptions& options)
        : realm_(options.realm), ports_(options.ports), reads_(options.reads) {}

    using Context = api::users::RequestContext;

    using Credentials = PresentedBearer;

    [[nodiscard]] Result<Credentials> read_credentials(const http::Request& request) const {
        return read_bearer(realm_, request, ports_.clock.now());
    }

    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::ReadTransaction& tx) const {
        const Timestamp now = ports_.clock.now();
        auto access = TRY(grants::authorize_token(realm_, tx, credentials.token, credentials.text));
        if (const auto read = read_of(access)) reads_.note(read->first, read->second, now);
        return Context{realm_, std::move(access), now, api::Transactions(tx)};
    }
    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::WriteGroup& group) const {
        const Timestamp now = ports_.clock.now();
        const auto tx = TRY(group.begin());
        auto access =
            TRY(grants::authorize_token(realm_, *tx, credentials.token, credentials.text));
        if (const auto read = read_of(access)) {
            tx->after_commit(
                [&reads = reads_, read = *read, now] { reads.note(read.first, read.second, now); });
            TRY(tx->commit());
        }
        return Context{realm_, std::move(access), now, api::Transactions(group)};
    }

private:
    /// Whose data the token's app has read.
    static std::optional<std::pair<UserId, ClientId>> read_of(const grants::Access& access) {
        if (!access.connected) return std::nullopt;
        const ConnectionRecord& connection = access.connected->connection;
        return std::pair(connection.user_id, connection.client_id);
    }

    const realm::Realm& realm_;
    Ports ports_;
    people::AppReads& reads_;
};

}  // namespace

http::Handler partners_graphql(const PartnersApiOptions& options) {
    constexpr const char* basic = R"(Basic realm="Partners API", charset="UTF-8")";
    return make_graphql_handler({.engines = options.engines, .challenges = {basic, basic}},
                                PartnersApi(options));
}

http::Handler users_graphql(const UsersApiOptions& options) {
    return make_graphql_handler(
        {.engines = options.engines,
         .challenges = {.plain = R"(Bearer realm="Users API")",
                        .invalid_token = R"(Bearer realm="Users API", error="invalid_token")"}},
        UsersApi(options));
}

}  // namespace latchkey::endpoints
