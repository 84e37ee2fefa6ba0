#include "latchkey/client/client.hpp"

#include <utility>

#include "answers.hpp"
#include "encoding.hpp"
#include "fail.hpp"
#include "requests.hpp"
#include "transport.hpp"

namespace latchkey::client {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view form_type = "application/x-www-form-urlencoded";

// RFC 6749 2.3.1: both parts are form-encoded before they are joined.
Secret basic_authorization(std::string_view client_id, const Secret& client_secret) {
    std::string pair = percent_encode(client_id);
    pair.append(":").append(percent_encode(client_secret.reveal()));
    const Secret joined(std::move(pair));
    return Secret("Basic " + to_base64(as_bytes(joined.reveal())));
}

Secret bearer_authorization(AccessToken token) {
    return Secret(std::string("Bearer ").append(token.text));
}

}  // namespace

/// The three URLs, each with the credentials that belong there.
class Client::Endpoints {
public:
    explicit Endpoints(const ClientOptions& options)
        : transport_({options.ca_file, options.connect_timeout, options.total_timeout,
                      options.max_answer_bytes}),
          basic_(basic_authorization(options.client_id, options.client_secret)),
          partners_url_(options.base_url + "/api/" + options.api_version +
                        "/partners/graphql.json"),
          users_url_(options.base_url + "/api/" + options.api_version + "/users/graphql.json"),
          token_url_(options.base_url + "/oauth/token") {}

    Result<HttpAnswer> post_partners(const Secret& body) {
        return transport_.post({partners_url_, json_type, basic_, body});
    }
    Result<HttpAnswer> post_users(AccessToken token, const Secret& body) {
        const Secret bearer = bearer_authorization(token);
        return transport_.post({users_url_, json_type, bearer, body});
    }
    Result<HttpAnswer> post_token(const Secret& body) {
        return transport_.post({token_url_, form_type, basic_, body});
    }

private:
    Transport transport_;
    Secret basic_;
    std::string partners_url_;
    std::string users_url_;
    std::string token_url_;
};

Result<Client> Client::make(ClientOptions options) {
    while (options.base_url.ends_with('/')) options.base_url.pop_back();
    if (!is_safe_base_url(options.base_url)) {
        return fail(ErrorKind::invalid_argument,
                    options.base_url + ": expected https://HOST, or http://127.0.0.1:PORT");
    }
    if (options.client_id.empty() || options.client_secret.empty()) {
        return fail(ErrorKind::invalid_argument, "the client id or the client secret is empty");
    }
    return Client(std::make_unique<Endpoints>(options));
}

Client::Client(std::unique_ptr<Endpoints> endpoints) : endpoints_(std::move(endpoints)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Tokens> Client::fetch_tokens(ConsentToken consent_token) {
    const HttpAnswer answer = TRY(endpoints_->post_partners(fetch_tokens_body(consent_token)));
    return read_fetched_tokens(answer);
}

Result<Tokens> Client::fetch_tokens(PublicId public_id) {
    const HttpAnswer answer = TRY(endpoints_->post_partners(fetch_tokens_body(public_id)));
    return read_fetched_tokens(answer);
}

Result<Tokens> Client::refresh(RefreshToken refresh_token) {
    const HttpAnswer answer = TRY(endpoints_->post_token(refresh_body(refresh_token)));
    return read_refreshed_tokens(answer);
}

Result<void> Client::create_metafield_definition(const MetafieldDefinition& definition) {
    const HttpAnswer answer = TRY(endpoints_->post_partners(create_definition_body(definition)));
    return read_done(answer, "metafieldDefinitionCreate");
}

Result<std::optional<MetafieldDefinition>> Client::metafield_definition(const MetafieldKey& key) {
    const HttpAnswer answer = TRY(endpoints_->post_partners(definition_body(key)));
    return read_definition(answer);
}

Result<User> Client::user(AccessToken token) {
    const HttpAnswer answer = TRY(endpoints_->post_users(token, user_body()));
    return read_user(answer);
}

Result<MetafieldPage> Client::metafields(AccessToken token, const PageRequest& page) {
    const HttpAnswer answer = TRY(endpoints_->post_users(token, metafields_body(page)));
    return read_metafields(answer);
}

Result<std::optional<std::string>> Client::metafield(AccessToken token, const MetafieldKey& key) {
    const HttpAnswer answer = TRY(endpoints_->post_users(token, metafield_body(key)));
    return read_metafield(answer);
}

Result<void> Client::set_metafields(AccessToken token, std::span<const Metafield> values) {
    const HttpAnswer answer = TRY(endpoints_->post_users(token, set_metafields_body(values)));
    return read_done(answer, "metafieldsSet");
}

Result<void> Client::delete_metafield(AccessToken token, const MetafieldKey& key) {
    const HttpAnswer answer = TRY(endpoints_->post_users(token, delete_metafield_body(key)));
    return read_done(answer, "metafieldDelete");
}

}  // namespace latchkey::client
