#pragma once

// What goes to Latchkey and what comes back, as values.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"

namespace latchkey::client {

// Each argument has a type of its own, so that no token is sent where another belongs. They are
// views: the caller keeps what they look at for the length of the call.

/// `shopConsentToken` of the SDK's `onComplete`: good once, for minutes.
struct ConsentToken {
    std::string_view text;
};
/// Names the user to your app from the first exchange on.
struct PublicId {
    std::string_view text;
};
struct AccessToken {
    std::string_view text;
};
struct RefreshToken {
    std::string_view text;
};

/// The claims that the token's scope covers; the others are absent.
struct User {
    std::optional<std::string> sub;
    std::optional<std::string> email;
    std::optional<bool> email_verified;
    std::optional<std::string> given_name;
    std::optional<std::string> family_name;
    std::optional<std::string> name;
    std::optional<std::string> avatar;  // URL of an image
};

/// Keep them on the server. The refresh token belongs into a Vault.
struct Tokens {
    std::string public_id;  // empty from a refresh, where it is known already
    Secret access_token;
    Secret refresh_token;
    Seconds expires_in{0};  // of the access token
    std::string scope;      // as issued (RFC 6749 5.1)
    std::optional<User> user;
};

struct MetafieldKey {
    std::string key;
    std::optional<std::string> name_space = std::nullopt;  // absent: your app's reserved one
};

/// `value` is text whatever the type.
struct Metafield {
    MetafieldKey identifier;
    std::string value;
};

struct MetafieldDefinition {
    MetafieldKey identifier;
    std::string name;
    std::string description;
    std::string type;  // "single_line_text_field", "date", …
};

struct PageRequest {
    int first = 50;                                   // 1 to 250
    std::optional<std::string> after = std::nullopt;  // end_cursor of the page before
};
struct MetafieldPage {
    std::vector<Metafield> metafields;
    std::optional<std::string> end_cursor;  // present when there is a next page
};

}  // namespace latchkey::client
