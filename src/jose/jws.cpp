#include "jose/jws.hpp"

#include <optional>

#include "base/text/text.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace latchkey::jose {
namespace {

constexpr int max_header_depth = 4;
constexpr std::string_view media_type_prefix = "application/";

Failure refused(const char* step) {
    return fail(ErrorCode::invalid_token, "The token is not valid.", step);
}

struct CompactParts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signed_text;  // header and payload with the dot between
};

std::optional<CompactParts> split(std::string_view compact) {
    const std::size_t first = compact.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = compact.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const CompactParts parts{.header = compact.substr(0, first),
                             .payload = compact.substr(first + 1, second - first - 1),
                             .signature = compact.substr(second + 1),
                             .signed_text = compact.substr(0, second)};
    // A third dot would be the five parts of an encrypted token (RFC 7516 3.1).
    if (parts.signature.find('.') != std::string_view::npos) return std::nullopt;
    return parts;
}

struct Header {
    std::string algorithm;
    std::string kid;   // empty = absent
    std::string type;  // empty = absent
};

// Absent when the member is there and is no text.
std::optional<std::string> header_text(const json::Value& object, std::string_view name) {
    const json::Value* member = object.find(name);
    if (member == nullptr) return std::string();
    const std::string* text = member->string();
    if (text == nullptr || text->empty()) return std::nullopt;
    return *text;
}

Result<Header> parse_header(std::string_view encoded) {
    if (encoded.size() > (max_header_bytes * 4 + 2) / 3) return refused("header: too long");
    const auto bytes = from_base64url(encoded);
    if (!bytes) return refused("header: not base64url");
    // RFC 7515 4: the names within the header MUST be unique; json::parse refuses duplicates.
    const auto parsed = json::parse(as_text(*bytes), {max_header_bytes, max_header_depth});
    if (!parsed || parsed->object() == nullptr) return refused("header: not a JSON object");
    // RFC 7515 4.1.11: an extension that is not understood refuses the token. None is.
    if (parsed->find("crit") != nullptr) return refused("header: crit");
    auto algorithm = header_text(*parsed, "alg");
    auto kid = header_text(*parsed, "kid");
    auto type = header_text(*parsed, "typ");
    if (!algorithm || !kid || !type) return refused("header: alg, kid or typ is no text");
    if (kid->size() > max_kid_bytes) return refused("header: kid too long");
    // jwk, jku, x5u and x5c are not read: a token never brings the key that verifies it.
    return Header{std::move(*algorithm), std::move(*kid), std::move(*type)};
}

Result<CompactParts> split_checked(std::string_view compact) {
    if (compact.size() > max_compact_bytes) return refused("too long");
    const auto parts = split(compact);
    if (!parts) return refused("not three parts");
    return *parts;
}

Result<std::string> verify_parts(const CompactParts& parts, const Header& header,
                                 const VerificationKey& key, ExpectedType type) {
    // RFC 8725 3.1: the key says which algorithm; the header may only agree, to the letter.
    if (header.algorithm != to_string(key.algorithm())) return refused("header: alg");
    if (!header.kid.empty() && header.kid != key.kid()) return refused("header: kid");
    if (!type.accepts(header.type)) return refused("header: typ");
    const auto signature = from_base64url(parts.signature);
    if (!signature || signature->empty()) return refused("signature: not base64url");
    if (!key.verify(as_bytes(parts.signed_text), *signature)) return refused("signature");
    const auto payload = from_base64url(parts.payload);
    if (!payload) return refused("payload: not base64url");
    return std::string(as_text(*payload));
}

}  // namespace

bool ExpectedType::accepts(std::string_view typ) const noexcept {
    if (type_.empty()) return true;
    // RFC 7515 4.1.9: "application/" is left out where no other slash appears.
    if (typ.size() > media_type_prefix.size() &&
        equal_ascii_case(typ.substr(0, media_type_prefix.size()), media_type_prefix)) {
        typ.remove_prefix(media_type_prefix.size());
    }
    return equal_ascii_case(typ, type_);
}

Result<std::string> sign_compact(const SigningKey& key, std::string_view type,
                                 std::string_view payload) {
    std::string header;
    json::Writer writer(header);
    writer.begin_object().field("alg", to_string(key.algorithm()));
    if (!key.kid().empty()) writer.field("kid", key.kid());
    writer.field("typ", type).end_object();

    std::string compact;
    append_base64url(compact, as_bytes(header));
    compact.push_back('.');
    append_base64url(compact, as_bytes(payload));
    const Bytes signature = TRY(key.sign(as_bytes(compact)));
    compact.push_back('.');
    append_base64url(compact, signature);
    return compact;
}

Result<std::string> verify_compact(std::string_view compact, const VerificationKey& key,
                                   ExpectedType type) {
    const CompactParts parts = TRY(split_checked(compact));
    const Header header = TRY(parse_header(parts.header));
    return verify_parts(parts, header, key, type);
}

Result<std::string> verify_compact(std::string_view compact, const KeySet& keys,
                                   ExpectedType type) {
    const CompactParts parts = TRY(split_checked(compact));
    const Header header = TRY(parse_header(parts.header));
    const VerificationKey* key = keys.find(header.kid);
    if (key == nullptr) return refused("header: no such key");
    return verify_parts(parts, header, *key, type);
}

}  // namespace latchkey::jose
