#include "latchkey/client/client.hpp"

#include <utility>

#include "answers.hpp"
#include "base/text.hpp"
#include "requests.hpp"
#include "transport.hpp"
#include "try_call.hpp"

namespace latchkey::client {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view form_type = "application/x-www-form-urlencoded";

// RFC 6749 2.3.1: both parts are form-encoded before they are joined.
Secret basic_authorization(std::string_view client_id, const Secret& client_secret) {
    std::string pair = percent_encode(client_id);
    pair.append(":").append(percent_encode(client_secret.reveal()));
    const Secret joined(std::move(pair));
    return Secret("Basic " + to_base64(joined.reveal_bytes()));
}

Secret bearer_authorization(AccessToken token) {
    return Secret(std::string("Bearer ").append(token.text));
}

}  // namespace

class Client::Connection {
public:
    explicit Connection(const ClientOptions& options)
        : transport_({options.ca_file, options.connect_timeout, options.total_timeout,
                      options.max_answer_bytes}),
          basic_(basic_authorization(options.client_id, options.client_secret)),
          partners_url_(options.base_url + "/api/" + options.api_version +
                        "/partners/graphql.json"),
          users_url_(options.base_url + "/api/" + options.api_version + "/users/graphql.json"),
          token_url_(options.base_url + "/oauth/token"),
          max_answer_bytes_(options.max_answer_bytes) {}

    Outcome<Answer> partners(const Secret& body) {
        const HttpAnswer answer =
            TRY_CALL(transport_.post({partners_url_, json_type, basic_, body}));
        return read_graphql(answer, max_answer_bytes_);
    }
    Outcome<Answer> users(AccessToken token, const Secret& body) {
        const Secret bearer = bearer_authorization(token);
        const HttpAnswer answer = TRY_CALL(transport_.post({users_url_, json_type, bearer, body}));
        return read_graphql(answer, max_answer_bytes_);
    }
    Outcome<Tokens> refresh(const Secret& body) {
        const HttpAnswer answer = TRY_CALL(transport_.post({token_url_, form_type, basic_, body}));
        return read_refreshed_tokens(answer, max_answer_bytes_);
    }

private:
    Transport transport_;
    Secret basic_;
    std::string partners_url_;
    std::string users_url_;
    std::string token_url_;
    std::size_t max_answer_bytes_;
};

Result<Client> Client::make(ClientOptions options) {
    while (options.base_url.ends_with('/')) options.base_url.pop_back();
    if (!is_safe_base_url(options.base_url)) {
        return fail(ErrorCode::invalid_argument,
                    "The base URL is not https, or http on loopback, without a path",
                    options.base_url + ": expected https://HOST, or http://127.0.0.1:PORT");
    }
    if (options.client_id.empty() || options.client_secret.empty()) {
        return fail(ErrorCode::invalid_argument, "The client id or secret is empty",
                    "the client id or the client secret is empty");
    }
    return Client(std::make_unique<Connection>(options));
}

Client::Client(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Outcome<Tokens> Client::fetch_tokens(ConsentToken consent_token) {
    const Answer answer = TRY_CALL(connection_->partners(fetch_tokens_body(consent_token)));
    return read_fetched_tokens(answer);
}

Outcome<Tokens> Client::fetch_tokens(PublicId public_id) {
    const Answer answer = TRY_CALL(connection_->partners(fetch_tokens_body(public_id)));
    return read_fetched_tokens(answer);
}

Outcome<Tokens> Client::refresh(RefreshToken refresh_token) {
    return connection_->refresh(refresh_body(refresh_token));
}

Outcome<void> Client::create_metafield_definition(const MetafieldDefinition& definition) {
    const Answer answer = TRY_CALL(connection_->partners(create_definition_body(definition)));
    TRY_CALL(read_payload(answer, "metafieldDefinitionCreate"));
    return {};
}

Outcome<std::optional<MetafieldDefinition>> Client::metafield_definition(const MetafieldKey& key) {
    const Answer answer = TRY_CALL(connection_->partners(definition_body(key)));
    return read_definition(answer);
}

Outcome<User> Client::user(AccessToken token) {
    const Answer answer = TRY_CALL(connection_->users(token, user_body()));
    return read_user(answer);
}

Outcome<MetafieldPage> Client::metafields(AccessToken token, const PageRequest& page) {
    const Answer answer = TRY_CALL(connection_->users(token, metafields_body(page)));
    return read_metafields(answer);
}

Outcome<std::optional<std::string>> Client::metafield(AccessToken token, const MetafieldKey& key) {
    const Answer answer = TRY_CALL(connection_->users(token, metafield_body(key)));
    return read_metafield(answer);
}

Outcome<void> Client::set_metafields(AccessToken token, std::span<const Metafield> values) {
    const Answer answer = TRY_CALL(connection_->users(token, set_metafields_body(values)));
    TRY_CALL(read_payload(answer, "metafieldsSet"));
    return {};
}

Outcome<void> Client::delete_metafield(AccessToken token, const MetafieldKey& key) {
    const Answer answer = TRY_CALL(connection_->users(token, delete_metafield_body(key)));
    TRY_CALL(read_payload(answer, "metafieldDelete"));
    return {};
}

}  // namespace latchkey::client
