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

#include "base/result.hpp"
#include "base/secret.hpp"
#include "latchkey/client/outcome.hpp"
#include "latchkey/client/types.hpp"

namespace latchkey::client {

struct ClientOptions {
    std::string base_url;   // "https://id.example.com"; http only on loopback
    std::string client_id;  // 32 hex digits, as `latchkey app create` printed it
    Secret client_secret;
    std::string api_version = "latest";
    std::string ca_file = {};  // PEM; empty: the system's certificates
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds total_timeout{15'000};
    std::size_t max_answer_bytes = 4U * 1024U * 1024U;
};

/// Thread-safe: calls block, any number at a time; connections are kept and used again.
class Client {
public:
    /// Makes no request. Errors: invalid_argument (a URL that is not https, or http elsewhere than
    /// on loopback; an empty client id or secret).
    [[nodiscard]] static Result<Client> make(ClientOptions options);
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    // Partners API, as the app itself. --------------------------------------------------------

    /// The first exchange: uses the consent token up and establishes the connection.
    /// invalid_token: wrong, expired, replayed, or another app's.
    [[nodiscard]] Outcome<Tokens> fetch_tokens(ConsentToken consent_token);
    /// Every later one. access_withdrawn: the person, or the operator, ended the connection.
    [[nodiscard]] Outcome<Tokens> fetch_tokens(PublicId public_id);

    /// POST /oauth/token (RFC 6749 6). Store the new refresh token before using the access token:
    /// the old one is good for seconds only, in case the answer was lost. `user` is absent.
    /// invalid_token: expired or withdrawn; fetch_tokens(PublicId) tells which.
    [[nodiscard]] Outcome<Tokens> refresh(RefreshToken refresh_token);

    [[nodiscard]] Outcome<void> create_metafield_definition(const MetafieldDefinition& definition);
    /// Absent if the app has no such definition.
    [[nodiscard]] Outcome<std::optional<MetafieldDefinition>> metafield_definition(
        const MetafieldKey& key);

    // Users API, as the person. unauthorized: the access token expired or was withdrawn. -------

    [[nodiscard]] Outcome<User> user(AccessToken token);
    [[nodiscard]] Outcome<MetafieldPage> metafields(AccessToken token, const PageRequest& page);
    /// The value; absent if it is not set.
    [[nodiscard]] Outcome<std::optional<std::string>> metafield(AccessToken token,
                                                                const MetafieldKey& key);
    /// Sets all or none, at most 25.
    [[nodiscard]] Outcome<void> set_metafields(AccessToken token,
                                               std::span<const Metafield> values);
    /// It is no error if it was not set.
    [[nodiscard]] Outcome<void> delete_metafield(AccessToken token, const MetafieldKey& key);

private:
    class Connection;
    explicit Client(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

}  // namespace latchkey::client
