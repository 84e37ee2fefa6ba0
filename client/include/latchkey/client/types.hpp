#pragma once

// What goes to Latchkey and what comes back, as values. All text is UTF-8.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "latchkey/client/secret.hpp"

namespace latchkey::client {

// Each argument has a type of its own, so that no token is sent where another belongs. They are
// views: the caller keeps what they look at for the length of the call.

/// `shopConsentToken` of the SDK's `onComplete`, a JWT (RFC 7519): good once, for minutes.
struct ConsentToken {
    std::string_view text;
};
/// Names the person to your app, and to no other, from the first exchange on: opaque, it stays.
struct PublicId {
    std::string_view text;
};
/// "lk_at_…", a Bearer token (RFC 6750): for `Tokens::expires_in` from its issue.
struct AccessToken {
    std::string_view text;
};
/// "lk_rt_…" (RFC 6749 1.5): each use replaces it by a new one.
struct RefreshToken {
    std::string_view text;
};

/// The claims that the token's scope covers; the others are absent. Names and meanings are those
/// of OpenID Connect Core 1.0, 5.1.
struct User {
    std::optional<std::string> sub;      // the public id
    std::optional<std::string> email;    // scope "email"
    std::optional<bool> email_verified;  // scope "email"
    std::optional<std::string> given_name;
    std::optional<std::string> family_name;
    std::optional<std::string> name;
    std::optional<std::string> avatar;  // https URL of an image
};

/// Keep them on the server. The refresh token belongs into a Vault.
struct Tokens {
    std::string public_id;  // empty from a refresh, where it is known already
    Secret access_token;
    Secret refresh_token;
    std::chrono::seconds expires_in{0};  // of the access token, from its issue (RFC 6749 5.1)
    std::string scope;                   // as issued: words with a space between (RFC 6749 3.3)
    std::optional<User> user;            // absent from a refresh
};

struct MetafieldKey {
    std::string key;                                       // "my-membership"
    std::optional<std::string> name_space = std::nullopt;  // absent: your app's reserved one
};

/// `value` is text whatever the definition's type: "42", "2026-11-21", "{\"a\":1}".
struct Metafield {
    MetafieldKey identifier;
    std::string value;
};

struct MetafieldDefinition {
    MetafieldKey identifier;
    std::string name;
    std::string description;
    std::string type;  // "single_line_text_field", "date", …: docs/metafields.md lists them
};

struct PageRequest {
    int first = 50;                                   // 1 to 250
    std::optional<std::string> after = std::nullopt;  // `end_cursor` of the page before
};
struct MetafieldPage {
    std::vector<Metafield> metafields;
    std::optional<std::string> end_cursor;  // present when there is a next page
};

}  // namespace latchkey::client
