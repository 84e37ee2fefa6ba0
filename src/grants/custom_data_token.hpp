#pragma once

// fetchCustomDataTokenForUser: tokens for an app's own metafields on a person whose e-mail address
// it knows, after the person's session has ended. The person must be connected to the app.

#include <array>
#include <string_view>

#include "grants/grant.hpp"

namespace latchkey::grants {

enum class CustomDataRefusal : std::uint8_t {
    // Nobody who is connected to this app has the address: one that is not known, one that is not
    // connected, one that has withdrawn and one that is no address are answered alike, after the
    // same reads.
    not_connected,
};

struct CustomDataRequest {
    std::string_view email;
    std::optional<std::string_view> idempotency_key = std::nullopt;  // idempotency.hpp
};

/// grant.hpp. The tokens have no scope: they read no profile.
struct CustomDataGrant {
    using Request = CustomDataRequest;
    using Reason = CustomDataRefusal;
    static constexpr std::string_view operation = "custom data";
    static constexpr Tells tells = Tells::tokens_only;

    static std::array<std::string_view, 1> arguments(const Request& request) {
        return {request.email};
    }
    static std::expected<void, Refused<Reason>> allow(const ClientRecord&) { return {}; }
    static std::expected<Granted, Refused<Reason>> decide(const TokenCall& call,
                                                          const Request& request);
};

/// `client` is authenticated. Errors: malformed or conflict for an idempotency key that is none or
/// came with another request; storage errors.
[[nodiscard]] Answer<CustomDataRefusal> fetch_custom_data_tokens(const realm::Act& act,
                                                                 database::WriteTransaction& tx,
                                                                 const ClientRecord& client,
                                                                 const CustomDataRequest& request);

}  // namespace latchkey::grants
