#include "endpoints/graphql/apis.hpp"

#include <utility>

#include "api/partners/context.hpp"
#include "api/users/context.hpp"
#include "clients/clients.hpp"
#include "endpoints/graphql/http.hpp"
#include "grants/access.hpp"
#include "http/authorization.hpp"
#include "people/app_reads.hpp"

namespace latchkey::endpoints {
namespace {

/// An app, by HTTP Basic.
class PartnersApi {
public:
    explicit PartnersApi(const PartnersApiOptions& options)
        : realm_(options.realm),
          ports_(options.ports),
          secret_uses_(options.secret_uses),
          services_(options.services) {}

    using Context = api::partners::RequestContext;

    struct Credentials {
        http::BasicCredentials basic;
        audit::Context by;
        std::optional<std::string_view> idempotency_key;
    };

    [[nodiscard]] static Result<Credentials> read_credentials(const http::Request& request) {
        auto basic = http::parse_basic(request);
        if (!basic) {
            return fail(ErrorCode::invalid_client, "Client authentication failed",
                        "no usable Basic credentials: " + basic.error().detail);
        }
        return Credentials{.basic = std::move(*basic),
                           .by = {.actor = "client",
                                  .request_id = request.request_id,
                                  .origin = request.peer_address},
                           .idempotency_key = request.header("Idempotency-Key")};
    }

    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::ReadTransaction& tx) const {
        const Timestamp now = ports_.clock.now();
        auto client =
            TRY(clients::authenticate_client(realm_, tx, named(credentials), secret_uses_, now));
        return make_context(credentials, std::move(client), now, api::Transactions(tx));
    }
    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::WriteGroup& group) const {
        const Timestamp now = ports_.clock.now();
        const auto tx = TRY(group.begin());
        auto client =
            TRY(clients::authenticate_client(realm_, *tx, named(credentials), secret_uses_, now));
        TRY(tx->commit());
        return make_context(credentials, std::move(client), now, api::Transactions(group));
    }

private:
    static clients::ClientCredentials named(const Credentials& credentials) {
        return {credentials.basic.user, credentials.basic.password.reveal()};
    }
    Context make_context(const Credentials& credentials, clients::ClientPtr client, Timestamp now,
                         api::Transactions store) const {
        return {.realm = realm_,
                .random = ports_.random,
                .services = services_,
                .client = std::move(client),
                .now = now,
                .by = credentials.by,
                .idempotency_key = credentials.idempotency_key,
                .store = store};
    }

    const realm::Realm& realm_;
    Ports ports_;
    clients::SecretUses& secret_uses_;
    const realm::Services& services_;
};

/// Whoever holds an access token (RFC 6750 2.1; the form field and the query parameter of 2.2 and
/// 2.3 are not served).
class UsersApi {
public:
    explicit UsersApi(const UsersApiOptions& options)
        : realm_(options.realm), ports_(options.ports), reads_(options.reads) {}

    using Context = api::users::RequestContext;

    struct Credentials {
        tokens::AccessToken token;
        std::string_view text;  // the token as it came
    };

    [[nodiscard]] Result<Credentials> read_credentials(const http::Request& request) const {
        const auto text = http::parse_bearer(request);
        if (!text) {
            return fail(ErrorCode::unauthenticated, "An access token is required",
                        "no usable Bearer token: " + text.error().detail);
        }
        tokens::AccessToken token =
            TRY(tokens::open_access_token(realm_.keys, *text, ports_.clock.now()));
        return Credentials{token, *text};
    }

    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::ReadTransaction& tx) const {
        const Timestamp now = ports_.clock.now();
        auto access = TRY(grants::authorize_token(tx, credentials.token, credentials.text));
        if (const auto read = read_of(access)) reads_.note(read->first, read->second, now);
        return Context{realm_, std::move(access), now, api::Transactions(tx)};
    }
    [[nodiscard]] Result<Context> authenticate(const Credentials& credentials,
                                               database::WriteGroup& group) const {
        const Timestamp now = ports_.clock.now();
        const auto tx = TRY(group.begin());
        auto access = TRY(grants::authorize_token(*tx, credentials.token, credentials.text));
        if (const auto read = read_of(access)) {
            tx->after_commit(
                [&reads = reads_, read = *read, now] { reads.note(read.first, read.second, now); });
        }
        TRY(tx->commit());
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
    return make_graphql_handler(
        {.engines = options.engines,
         .www_authenticate = "Basic realm=\"Partners API\", charset=\"UTF-8\""},
        PartnersApi(options));
}

http::Handler users_graphql(const UsersApiOptions& options) {
    return make_graphql_handler(
        {.engines = options.engines, .www_authenticate = "Bearer realm=\"Users API\""},
        UsersApi(options));
}

}  // namespace latchkey::endpoints
