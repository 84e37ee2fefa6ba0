#pragma once

// The bodies that go to Latchkey. The queries are those of the guide to the Shop platform's
// "Get user information", with `code` selected besides, which tells refusals apart.

#include <span>
#include <string_view>

#include "latchkey/client/secret.hpp"
#include "latchkey/client/types.hpp"

namespace latchkey::client {

[[nodiscard]] Secret fetch_tokens_body(ConsentToken consent_token);
[[nodiscard]] Secret fetch_tokens_body(PublicId public_id);
[[nodiscard]] Secret refresh_body(RefreshToken refresh_token);  // a form (RFC 6749 6)
[[nodiscard]] Secret create_definition_body(const MetafieldDefinition& definition);
[[nodiscard]] Secret definition_body(const MetafieldKey& key);

[[nodiscard]] Secret user_body();
[[nodiscard]] Secret metafields_body(const PageRequest& page);
[[nodiscard]] Secret metafield_body(const MetafieldKey& key);
[[nodiscard]] Secret set_metafields_body(std::span<const Metafield> values);
[[nodiscard]] Secret delete_metafield_body(const MetafieldKey& key);

}  // namespace latchkey::client
