#pragma once

// An authenticator in software, for tests: it does what it is told, the wrong thing included.

#include <algorithm>
#include <memory>
#include <string>
#include <variant>

#include "base/text/text.hpp"
#include "crypto/digest.hpp"
#include "crypto/ec_p256.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/rsa.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::webauthn {

inline void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

/// One CBOR head: major type and argument, in the shortest form.
inline void append_head(Bytes& out, unsigned major, std::uint64_t argument) {
    const auto top = static_cast<std::uint8_t>(major << 5U);
    if (argument < 24) {
        out.push_back(static_cast<std::uint8_t>(top | argument));
    } else if (argument < 256) {
        append(out,
               Bytes{static_cast<std::uint8_t>(top | 24U), static_cast<std::uint8_t>(argument)});
    } else {
        append(out, Bytes{static_cast<std::uint8_t>(top | 25U),
                          static_cast<std::uint8_t>(argument >> 8U),
                          static_cast<std::uint8_t>(argument & 0xFFU)});
    }
}
inline void append_integer(Bytes& out, std::int64_t value) {
    if (value >= 0) {
        append_head(out, 0, static_cast<std::uint64_t>(value));
    } else {
        append_head(out, 1, static_cast<std::uint64_t>(-1 - value));
    }
}
inline void append_bytes(Bytes& out, ByteView value) {
    append_head(out, 2, value.size());
    append(out, value);
}
inline void append_text(Bytes& out, std::string_view value) {
    append_head(out, 3, value.size());
    append(out, as_bytes(value));
}

/// SEC 1 C.5.
inline Bytes to_der(ByteView raw) {
    Bytes body;
    for (const ByteView half : {raw.first(32), raw.last(32)}) {
        ByteView value = half;
        while (value.size() > 1 && value[0] == 0) value = value.subspan(1);
        Bytes number;
        if ((value[0] & 0x80U) != 0) number.push_back(0);
        append(number, value);
        body.push_back(0x02);
        body.push_back(static_cast<std::uint8_t>(number.size()));
        append(body, number);
    }
    Bytes der{0x30, static_cast<std::uint8_t>(body.size())};
    append(der, body);
    return der;
}

enum class KeyKind : std::uint8_t { es256, eddsa, rs256 };

class SoftAuthenticator {
public:
    explicit SoftAuthenticator(KeyKind kind = KeyKind::es256)
        : key_(std::make_shared<const Key>(make_key(kind))) {}

    std::string rp_id = "id.example.com";
    std::string origin = "https://id.example.com";
    std::string type;  // empty: what the ceremony wants
    std::string more_client_data;
    std::string format = "none";
    std::uint8_t flags = 0x05;  // user present and verified
    std::uint32_t count = 1;
    Bytes credential_id = Bytes(32, 0x42);

    struct Answer {
        Bytes client_data, attestation_object, authenticator_data, signature;
    };

    [[nodiscard]] Answer create(std::string_view challenge) const {
        Answer answer;
        answer.client_data = client_data("webauthn.create", challenge);
        answer.authenticator_data = authenticator_data(true);
        append_head(answer.attestation_object, 5, 3);
        append_text(answer.attestation_object, "fmt");
        append_text(answer.attestation_object, format);
        append_text(answer.attestation_object, "attStmt");
        append_head(answer.attestation_object, 5, 0);
        append_text(answer.attestation_object, "authData");
        append_bytes(answer.attestation_object, answer.authenticator_data);
        return answer;
    }

    [[nodiscard]] Answer get(std::string_view challenge) const {
        Answer answer;
        answer.client_data = client_data("webauthn.get", challenge);
        answer.authenticator_data = authenticator_data(false);
        Bytes message = answer.authenticator_data;
        append(message, crypto::sha256(ByteView(answer.client_data)));
        answer.signature = sign(message);
        return answer;
    }

    [[nodiscard]] Bytes cose_key() const {
        Bytes key;
        if (const auto* p256 = std::get_if<crypto::EcP256PrivateKey>(key_.get())) {
            const auto& point = p256->public_key().point();
            append_head(key, 5, 5);
            for (const auto& [label, value] : {std::pair{1, 2}, {3, -7}, {-1, 1}}) {
                append_integer(key, label);
                append_integer(key, value);
            }
            append_integer(key, -2);
            append_bytes(key, point.x);
            append_integer(key, -3);
            append_bytes(key, point.y);
        } else if (const auto* ed25519 = std::get_if<crypto::Ed25519PrivateKey>(key_.get())) {
            append_head(key, 5, 4);
            for (const auto& [label, value] : {std::pair{1, 1}, {3, -8}, {-1, 6}}) {
                append_integer(key, label);
                append_integer(key, value);
            }
            append_integer(key, -2);
            append_bytes(key, ed25519->public_key().bytes());
        } else {
            const auto public_half = std::get<crypto::RsaPrivateKey>(*key_).public_key();
            append_head(key, 5, 4);
            for (const auto& [label, value] : {std::pair{1, 3}, {3, -257}}) {
                append_integer(key, label);
                append_integer(key, value);
            }
            append_integer(key, -1);
            append_bytes(key, public_half.modulus());
            append_integer(key, -2);
            append_bytes(key, public_half.exponent());
        }
        return key;
    }

private:
    using Key =
        std::variant<crypto::EcP256PrivateKey, crypto::Ed25519PrivateKey, crypto::RsaPrivateKey>;

    static Key make_key(KeyKind kind) {
        using testing::must;
        switch (kind) {
            case KeyKind::es256: return must(crypto::EcP256PrivateKey::generate());
            case KeyKind::eddsa:
                return crypto::Ed25519PrivateKey::generate(testing::system_random());
            case KeyKind::rs256: break;
        }
        return must(crypto::RsaPrivateKey::generate());
    }

    [[nodiscard]] Bytes sign(ByteView message) const {
        using testing::must;
        if (const auto* p256 = std::get_if<crypto::EcP256PrivateKey>(key_.get())) {
            return to_der(must(p256->sign(message)));
        }
        if (const auto* ed25519 = std::get_if<crypto::Ed25519PrivateKey>(key_.get())) {
            return ed25519->sign(message);
        }
        return must(std::get<crypto::RsaPrivateKey>(*key_).sign(message));
    }

    [[nodiscard]] Bytes client_data(std::string_view wanted_type,
                                    std::string_view challenge) const {
        const std::string used = type.empty() ? std::string(wanted_type) : type;
        const std::string json = R"({"type":")" + used + R"(","challenge":")" +
                                 std::string(challenge) + R"(","origin":")" + origin + "\"" +
                                 more_client_data + "}";
        const ByteView view = as_bytes(json);
        return {view.begin(), view.end()};
    }

    [[nodiscard]] Bytes authenticator_data(bool with_credential) const {
        Bytes data;
        append(data, crypto::sha256(rp_id));
        data.push_back(static_cast<std::uint8_t>(with_credential ? flags | 0x40U : flags));
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            data.push_back(static_cast<std::uint8_t>((count >> shift) & 0xFFU));
        }
        if (!with_credential) return data;
        append(data, Bytes(16, 0));
        data.push_back(static_cast<std::uint8_t>(credential_id.size() >> 8U));
        data.push_back(static_cast<std::uint8_t>(credential_id.size() & 0xFFU));
        append(data, credential_id);
        append(data, cose_key());
        return data;
    }

    std::shared_ptr<const Key> key_;  // shared by the copies that a test spoils
};

}  // namespace latchkey::webauthn
