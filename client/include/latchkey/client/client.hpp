#pragma once

// Latchkey's APIs for a partner's trusted server: tokens for people who agreed, and their data.
//
//     auto client = Client::make({.base_url = "https://id.example.com", .client_id = …,
//                                 .client_secret = …});
//     auto tokens = client->fetch_tokens(ConsentToken{consent_token});
//     auto user = client->user(AccessToken{tokens->access_token.reveal()});

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "latchkey/client/error.hpp"
#include "latchkey/client/secret.hpp"
#include "latchkey/client/types.hpp"

namespace latchkey::client {

struct ClientOptions {
    std::string base_url;                // "https://id.example.com", no path; http only on loopback
    std::string client_id;               // 32 hex digits, as `latchkey app create` printed it
    Secret client_secret;                // "lk_cs_…", printed beside it
    std::string api_version = "latest";  // or "unstable"
    std::string ca_file = {};            // PEM; empty: the system's certificates
    std::chrono::milliseconds connect_timeout{5'000};   // TCP and TLS
    std::chrono::milliseconds total_timeout{15'000};    // the whole call
    std::size_t max_answer_bytes = 4U * 1024U * 1024U;  // more is malformed_answer
};

/// Thread-safe: calls block, any number at a time; connections are kept and used again.
///
/// Every call may fail with transport, http, malformed_answer, graphql or unauthorized
/// (error.hpp says what each means); what a call may fail with besides stands with it.
class Client {
public:
    /// Makes no request. Errors: invalid_argument (a URL that is not https, or http elsewhere than
    /// on loopback; an empty client id or secret).
    [[nodiscard]] static Result<Client> make(ClientOptions options);
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    // Partners API, as the app itself (HTTP Basic, RFC 6749 2.3.1). ----------------------------

    /// fetchTokensForUser, the first exchange: uses the consent token up and makes the connection.
    /// Errors: invalid_token (wrong, expired, replayed, or another app's).
    [[nodiscard]] Result<Tokens> fetch_tokens(ConsentToken consent_token);
    /// Every later one. Errors: access_withdrawn (the person, or the operator, ended the
    /// connection, or there is no such person).
    [[nodiscard]] Result<Tokens> fetch_tokens(PublicId public_id);

    /// POST /oauth/token (RFC 6749 6). Store the new refresh token before using the access token:
    /// the old one is good for seconds only, in case the answer was lost.
    /// Errors: invalid_token (expired or withdrawn; fetch_tokens(PublicId) tells which).
    [[nodiscard]] Result<Tokens> refresh(RefreshToken refresh_token);

    /// metafieldDefinitionCreate. Errors: user_error (taken, or not allowed: `field` says what).
    [[nodiscard]] Result<void> create_metafield_definition(const MetafieldDefinition& definition);
    /// Absent if the app has no such definition.
    [[nodiscard]] Result<std::optional<MetafieldDefinition>> metafield_definition(
        const MetafieldKey& key);

    // Users API, as the person. unauthorized: the access token expired or was withdrawn. -------

    [[nodiscard]] Result<User> user(AccessToken token);
    /// The metafields of the person that the app may read, `page.first` at a time.
    [[nodiscard]] Result<MetafieldPage> metafields(AccessToken token, const PageRequest& page);
    /// The value; absent if it is not set.
    [[nodiscard]] Result<std::optional<std::string>> metafield(AccessToken token,
                                                               const MetafieldKey& key);
    /// metafieldsSet: sets all or none, at most 25. Errors: user_error (`field` names the first
    /// that is wrong: {"metafields", "0", …}).
    [[nodiscard]] Result<void> set_metafields(AccessToken token, std::span<const Metafield> values);
    /// metafieldDelete. It is no error if it was not set. Errors: user_error.
    [[nodiscard]] Result<void> delete_metafield(AccessToken token, const MetafieldKey& key);

private:
    class Endpoints;
    explicit Client(std::unique_ptr<Endpoints> endpoints);
    std::unique_ptr<Endpoints> endpoints_;
};

}  // namespace latchkey::client
