#include "grants/idempotency.hpp"

#include <algorithm>
#include <array>

#include "crypto/constant_time.hpp"
#include "crypto/digest.hpp"
#include "store/answers.hpp"
#include "tokens/fields.hpp"

namespace latchkey::grants {
namespace {

using tokens::Field;
using tokens::Taken;

// What a tag means never changes: answers that were kept before would be misread.
enum class AnswerTag : std::uint8_t {
    user = 1,
    expires_in = 2,
    scopes = 3,
    public_id = 4,
    access_token = 5,
    refresh_token = 6,
};
constexpr std::uint32_t all_fields = 0b111'1110;  // of every answer, a bit for each tag

constexpr std::uint8_t tag_of(AnswerTag tag) { return static_cast<std::uint8_t>(tag); }

Bytes to_bytes(const crypto::Sha256& hash) { return {hash.begin(), hash.end()}; }

Secret write_answer(const ScopeRegistry& scopes, const Tokens& answer) {
    constexpr std::size_t heads_and_numbers = 64;
    const ScopeNames names = scopes.names(answer.scopes);
    tokens::FieldWriter fields(tokens::SealedKind::kept_answer,
                               heads_and_numbers + names.text.size() + answer.public_id.size() +
                                   answer.access_token.size() + answer.refresh_token.size());
    fields.bytes(tag_of(AnswerTag::user), answer.user_id.span())
        .number(tag_of(AnswerTag::expires_in),
                static_cast<std::uint64_t>(answer.expires_in.count()))
        .text(tag_of(AnswerTag::scopes), names.text)
        .text(tag_of(AnswerTag::public_id), answer.public_id)
        .text(tag_of(AnswerTag::access_token), answer.access_token.reveal())
        .text(tag_of(AnswerTag::refresh_token), answer.refresh_token.reveal());
    return std::move(fields).take_content();
}

Taken take_answer_field(const ScopeRegistry& scopes, Tokens& answer, const Field& field) {
    switch (static_cast<AnswerTag>(field.tag)) {
        case AnswerTag::user: return tokens::take(answer.user_id.bytes, field);
        case AnswerTag::expires_in: return tokens::take(answer.expires_in, field.number());
        case AnswerTag::scopes:
            answer.scopes = scopes.known({std::string(as_text(field.value))});
            return Taken::yes;
        case AnswerTag::public_id: answer.public_id = as_text(field.value); return Taken::yes;
        case AnswerTag::access_token:
            answer.access_token = Secret(std::string(as_text(field.value)));
            return Taken::yes;
        case AnswerTag::refresh_token:
            answer.refresh_token = Secret(std::string(as_text(field.value)));
            return Taken::yes;
    }
    return Taken::unknown;
}

Result<Tokens> read_answer(const ScopeRegistry& scopes, ByteView content) {
    tokens::FieldReader reader(content);
    if (reader.kind() == tokens::SealedKind::none) {
        return fail(ErrorCode::storage_version, "Something went wrong",
                    "a kept answer is written in another version");
    }
    Tokens answer;
    std::uint32_t seen = 0;
    const bool is_whole = read_fields(reader, [&](const Field& field) {
        if (field.tag < 32) seen |= 1U << field.tag;
        return take_answer_field(scopes, answer, field);
    });
    if (reader.kind() != tokens::SealedKind::kept_answer || !is_whole ||
        (seen & all_fields) != all_fields) {
        return fail(ErrorCode::internal, "Something went wrong", "a kept answer is damaged");
    }
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
    const auto content = TRY(act.realm.keys.open(keys::Purpose::answer, kept->sealed_answer,
                                                 as_bytes(place_of(request))));
    auto answer = TRY(read_answer(act.realm.scopes, content.reveal_bytes()));
    return std::optional<Tokens>(std::move(answer));
}

Result<void> keep_answer(const realm::Act& act, database::WriteTransaction& tx,
                         const IdempotentRequest& request, const Tokens& answer) {
    const Secret content = write_answer(act.realm.scopes, answer);
    std::string sealed;
    act.realm.keys.seal(keys::Purpose::answer, content.reveal_bytes(), as_bytes(place_of(request)),
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
