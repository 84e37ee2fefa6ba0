#pragma once

// What an authenticator signs, and what a browser says about it (WebAuthn Level 2, 6.1 and 5.8.1).

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/text/text.hpp"

namespace latchkey::webauthn {

inline constexpr std::size_t max_credential_id_bytes = 1023;  // 7.1 step 19 of Level 3

/// 6.1: authenticator data. Views into what was parsed.
struct AuthenticatorData {
    ByteView rp_id_hash;  // 32 bytes
    bool user_present = false;
    bool user_verified = false;
    std::uint32_t sign_count = 0;
    /// 6.5.1, only in a registration.
    struct Credential {
        ByteView id;
        ByteView public_key;  // the COSE_Key's own bytes
    };
    std::optional<Credential> credential;
};

/// Errors: malformed (cut short, bytes left over, backed up without being eligible, an id that is
/// empty or too long), CoseKey's.
[[nodiscard]] Result<AuthenticatorData> parse_authenticator_data(ByteView bytes);

/// 6.5.4: the authenticator data of an attestation object, a view into it. We ask for no
/// attestation and trust none, so a statement of any format is read over, and "none" must be
/// empty. Errors: malformed.
[[nodiscard]] Result<ByteView> parse_attestation_object(ByteView bytes);

/// 5.8.1: the client data that the browser collected.
struct ClientData {
    std::string type;
    Bytes challenge;
    std::string origin;
    enum class Frame : std::uint8_t { same_origin, cross_origin };
    Frame frame = Frame::same_origin;
};

/// Errors: malformed.
[[nodiscard]] Result<ClientData> parse_client_data(ByteView json);

}  // namespace latchkey::webauthn
