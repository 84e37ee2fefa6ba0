#include "latchkey/client/vault.hpp"

#include <openssl/crypto.h>

#include <string>
#include <utility>

#include "encoding.hpp"
#include "fail.hpp"
#include "sealing.hpp"
#include "vault_files.hpp"

namespace latchkey::client {
namespace {

// "LKVT", the format's version, three bytes for what a later version may need.
constexpr std::string_view header("LKVT\x01\0\0\0", 8);
constexpr std::size_t version_at = 4;
constexpr std::string_view magic = header.substr(0, version_at);

constexpr std::size_t max_token_bytes = 4096;
constexpr std::size_t max_sealed_bytes = header.size() + seal_overhead + max_token_bytes;
constexpr std::size_t max_key_file_bytes = 128;

// Each part behind its length, so that ("ab", "c") and ("a", "bc") are two owners.
void append_part(std::string& out, std::string_view part) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>((part.size() >> static_cast<unsigned>(shift)) & 0xFFU));
    }
    out.append(part);
}

std::string owner_bytes(const VaultOwner& owner) {
    std::string bytes;
    append_part(bytes, owner.client_id);
    append_part(bytes, owner.user_id);
    return bytes;
}

Result<SealingKey> parse_key(const Secret& text, const std::filesystem::path& path) {
    auto bytes = from_base64url(trim_ascii(text.reveal()));
    if (!bytes) {
        return fail(ErrorKind::malformed, path.string() + " does not hold 32 bytes in base64url");
    }
    const SealingKey key(*bytes);
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return key;
}

Result<void> create_key(const std::filesystem::path& path) {
    Bytes32 bytes{};
    fill_random(bytes);
    std::string text = to_base64url(bytes);
    text.push_back('\n');
    const Secret line(std::move(text));
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return write_durably(path, line.reveal(), IfThere::keep);
}

Result<SealingKey> load_or_create_key(const std::filesystem::path& path) {
    for (int round = 0; round < 2; ++round) {
        const auto found = TRY(read_whole(path, Readers::owner_only, max_key_file_bytes));
        if (found) return parse_key(*found, path);
        TRY(create_key(path));
    }
    return fail(ErrorKind::storage_failed, "the vault's key went away: " + path.string());
}

std::unexpected<Error> damaged(const std::filesystem::path& path) {
    return fail(ErrorKind::damaged, "a file of the vault is damaged: " + path.string());
}

}  // namespace

struct Vault::State {
    FolderLock lock;
    std::filesystem::path folder;
    SealingKey key;

    // The name tells nothing about whose it is to somebody who does not know the ids already.
    [[nodiscard]] std::filesystem::path file_of(const VaultOwner& owner) const {
        return folder / (sha256_hex(owner_bytes(owner)) + ".sealed");
    }
};

Result<Vault> Vault::open(const VaultPaths& paths) {
    TRY(make_private_folder(paths.folder));
    auto lock = TRY(FolderLock::take(paths.folder));
    remove_leftovers(paths.folder);
    const SealingKey key = TRY(load_or_create_key(paths.key_file));
    return Vault(std::unique_ptr<State>(new State{std::move(lock), paths.folder, key}));
}

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

Result<void> Vault::store(const VaultOwner& owner, const Secret& refresh_token) {
    if (refresh_token.size() > max_token_bytes) {
        return fail(ErrorKind::too_large, "the refresh token is longer than 4096 bytes");
    }
    std::string contents(header);
    const std::string bound_to = std::string(header) + owner_bytes(owner);
    if (!append_sealed(contents, state_->key, refresh_token, {bound_to})) {
        return fail(ErrorKind::storage_failed, "AES-256-GCM is not to be had from OpenSSL");
    }
    return write_durably(state_->file_of(owner), contents, IfThere::replace);
}

Result<std::optional<Secret>> Vault::find(const VaultOwner& owner) const {
    const std::filesystem::path path = state_->file_of(owner);
    const auto kept = TRY(read_whole(path, Readers::anyone, max_sealed_bytes));
    if (!kept) return std::nullopt;
    const std::string_view contents = kept->reveal();
    if (!contents.starts_with(magic) || contents.size() < header.size()) return damaged(path);
    if (contents[version_at] != header[version_at]) {
        return fail(ErrorKind::unsupported, "a newer version wrote " + path.string());
    }
    const std::string bound_to =
        std::string(contents.substr(0, header.size())) + owner_bytes(owner);
    auto opened = open_sealed(state_->key, contents.substr(header.size()), {bound_to});
    if (!opened) return damaged(path);
    return opened;
}

Result<void> Vault::erase(const VaultOwner& owner) {
    return remove_durably(state_->file_of(owner));
}

}  // namespace latchkey::client
