#include "grants/idempotency.hpp"

#include <algorithm>
#include <array>

#include "crypto/constant_time.hpp"
#include "crypto/digest.hpp"
#include "store/answers.hpp"
#include "tokens/packed.hpp"

namespace latchkey::grants {
namespace {

/// User, seconds of life; then four texts, each with its length in two bytes.
constexpr std::size_t fixed_size = 16 + 8;
constexpr std::size_t length_size = 2;

Bytes to_bytes(const crypto::Sha256& hash) { return {hash.begin(), hash.end()}; }

void append_number(std::string& out, std::uint64_t value) {
    tokens::Packer<length_size> packed;
    out += as_text(packed.number(value, length_size).bytes());
}

void append_text(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out += text;
}

Secret pack(const ScopeRegistry& scopes, const Tokens& answer) {
    tokens::Packer<fixed_size> head;
    head.id(answer.user_id).number(static_cast<std::uint64_t>(answer.expires_in.count()), 8);
    const ScopeNames names = scopes.names(answer.scopes);
    std::string out(as_text(head.bytes()));
    // Secrets grow in place: nothing but `out` ever holds them.
    out.reserve(out.size() + 4 * length_size + names.text.size() + answer.public_id.size() +
                answer.access_token.size() + answer.refresh_token.size());
    append_text(out, names.text);
    append_text(out, answer.public_id);
    append_text(out, answer.access_token.reveal());
    append_text(out, answer.refresh_token.reveal());
    return Secret(std::move(out));
}

/// Absent when the text does not end where it should.
class Texts {
public:
    explicit Texts(ByteView bytes) : bytes_(bytes) {}
    std::optional<std::string> next() {
        if (bytes_.size() < length_size) return std::nullopt;
        const std::size_t size = tokens::Unpacker(bytes_).number(length_size);
        if (bytes_.size() - length_size < size) return std::nullopt;
        std::string text(as_text(bytes_.subspan(length_size, size)));
        bytes_ = bytes_.subspan(length_size + size);
        return text;
    }

private:
    ByteView bytes_;
};

Result<Tokens> unpack(const ScopeRegistry& scopes, const Secret& packed) {
    const auto damaged = [] {
        return fail(ErrorCode::internal, "Something went wrong", "a kept answer is damaged");
    };
    const ByteView bytes = packed.reveal_bytes();
    if (bytes.size() < fixed_size) return damaged();
    tokens::Unpacker head(bytes);
    Tokens answer;
    answer.user_id = head.id<UserId>();
    answer.expires_in = Seconds(static_cast<std::int64_t>(head.number(8)));
    Texts texts(bytes.subspan(fixed_size));
    auto names = texts.next();
    auto public_id = texts.next();
    auto access_token = texts.next();
    auto refresh_token = texts.next();
    if (!names || !public_id || !access_token || !refresh_token) return damaged();
    answer.scopes = scopes.known({std::move(*names)});
    answer.public_id = std::move(*public_id);
    answer.access_token = Secret(std::move(*access_token));
    answer.refresh_token = Secret(std::move(*refresh_token));
    return answer;
}

void append_part(std::string& out, std::string_view part) {
    out += std::to_string(part.size());
    out.push_back(':');
    out += part;
}

std::string place_of(const IdempotentRequest& request) {
    std::string place(as_text(request.client_id.span()));
    return place += as_text(request.key_hash);
}

}  // namespace

Result<IdempotentRequest> make_idempotent_request(ClientId client_id, std::string_view key,
                                                  const AskedFor& asked) {
    if (key.size() >= 2 && key.front() == '"' && key.back() == '"') {
        key = key.substr(1, key.size() - 2);
    }
    const auto is_printable = [](char c) { return c >= ' ' && c <= '~'; };
    if (key.empty() || key.size() > max_idempotency_key_size ||
        !std::ranges::all_of(key, is_printable)) {
        return fail(ErrorCode::malformed,
                    "Idempotency-Key is sent once, and is 1 to 255 printable ASCII characters");
    }
    // Each part with its length: no two requests run together to the same bytes.
    std::string parts;
    append_part(parts, asked.operation);
    for (const std::string_view argument : asked.arguments) append_part(parts, argument);
    const Secret held(std::move(parts));
    return IdempotentRequest{client_id, to_bytes(crypto::sha256(key)),
                             to_bytes(crypto::sha256(held.reveal()))};
}

Result<std::optional<Tokens>> find_answer(const realm::Act& act, database::ReadTransaction& tx,
                                          const IdempotentRequest& request) {
    const auto kept = TRY(store::find_answer(tx, request.client_id, request.key_hash, act.now));
    if (!kept) return std::nullopt;
    if (!crypto::equal_constant_time(kept->fingerprint, request.fingerprint)) {
        return fail(ErrorCode::conflict, "This Idempotency-Key was used for another request");
    }
    const auto packed = TRY(act.realm.keys.open(keys::Purpose::answer, kept->sealed_answer,
                                                as_bytes(place_of(request))));
    auto answer = TRY(unpack(act.realm.scopes, packed));
    return std::optional<Tokens>(std::move(answer));
}

Result<void> keep_answer(const realm::Act& act, database::WriteTransaction& tx,
                         const IdempotentRequest& request, const Tokens& answer) {
    const Secret packed = pack(act.realm.scopes, answer);
    std::string sealed;
    act.realm.keys.seal(keys::Purpose::answer, packed.reveal_bytes(), as_bytes(place_of(request)),
                        sealed);
    const ByteView bytes = as_bytes(sealed);
    const store::AnswerRecord record{.client_id = request.client_id,
                                     .key_hash = request.key_hash,
                                     .fingerprint = request.fingerprint,
                                     .sealed_answer = Bytes(bytes.begin(), bytes.end()),
                                     .expires_at = act.now + answer_lifetime};
    return store::insert_answer(tx, record, act.now);
}

}  // namespace latchkey::grants
