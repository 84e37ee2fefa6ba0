#pragma once

// The four documents of the published guide that Latchkey answers, as they stand there.

#include <string_view>

namespace latchkey::testing::seed_queries {

inline constexpr std::string_view fetch_tokens_for_user =
    R"(mutation FetchTokensForUser($consentToken: String, $publicId: String) {
fetchTokensForUser(consentToken: $consentToken, publicId: $publicId) {
publicId
accessToken
refreshToken
expiresIn
tokenType
scope
user {
sub
email
emailVerified
givenName
familyName
name
avatar
}
userErrors {
field
message
}
}
})";

inline constexpr std::string_view current_user = R"(query CurrentUser {
user {
sub
email
emailVerified
givenName
familyName
name
avatar
}
})";

inline constexpr std::string_view user_metafields = R"(query UserMetafields {
metafields(first: 10) {
nodes {
definition {
namespace
key
}
value
}
}
})";

inline constexpr std::string_view user_membership = R"(query UserMembership {
metafield(identifier: {key: "my-membership"}) {
value
}
})";

}  // namespace latchkey::testing::seed_queries
