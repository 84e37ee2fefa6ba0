#include "latchkey/client/vault.hpp"

#include <array>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "crypto/aead.hpp"
#include "crypto/digest.hpp"
#include "vault_files.hpp"

namespace latchkey::client {
namespace {

// "LKVT", the format's version, three bytes for what a later version may need.
constexpr std::string_view header("LKVT\x01\0\0\0", 8);
constexpr std::size_t version_at = 4;
constexpr std::string_view magic = header.substr(0, version_at);

constexpr std::size_t max_token_bytes = 4096;
constexpr std::size_t max_sealed_bytes =
    header.size() + crypto::Aes256Gcm::overhead + max_token_bytes;
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

std::string associated_data(const VaultOwner& owner) {
    return std::string(header) + owner_bytes(owner);
}

Result<crypto::AeadKey> parse_key(const Secret& text, const std::filesystem::path& path) {
    auto bytes = from_base64url(trim_ascii(text.reveal()));
    if (bytes && bytes->size() == crypto::aead_key_size) {
        const Secret key(std::string(as_text(*bytes)));
        bytes->assign(bytes->size(), 0);
        return crypto::AeadKey::from_bytes(key.reveal_bytes());
    }
    return fail(ErrorCode::malformed, "The vault's key is not well formed",
                path.string() + " does not hold 32 bytes in base64url");
}

Result<void> create_key(const std::filesystem::path& path, Random& random) {
    std::array<std::uint8_t, crypto::aead_key_size> key{};
    random.fill(key);
    std::string text = to_base64url(key);
    text.push_back('\n');
    const Secret line(std::move(text));
    key.fill(0);
    return write_durably(path, line.reveal(), IfThere::keep, random);
}

Result<crypto::AeadKey> load_or_create_key(const std::filesystem::path& path, Random& random) {
    for (int round = 0; round < 2; ++round) {
        const auto found = TRY(read_whole(path, Readers::owner_only, max_key_file_bytes));
        if (found) return parse_key(*found, path);
        TRY(create_key(path, random));
    }
    return fail(ErrorCode::storage_failed, "The vault's key went away", path.string());
}

}  // namespace

struct Vault::State {
    FolderLock lock;
    std::filesystem::path folder;
    crypto::Aes256Gcm cipher;
    Random& random;

    // The name tells nothing about whose it is to somebody who does not know the ids already.
    [[nodiscard]] std::filesystem::path file_of(const VaultOwner& owner) const {
        return folder / (to_hex(crypto::sha256(owner_bytes(owner))) + ".sealed");
    }
};

Result<Vault> Vault::open(const VaultPaths& paths, Random& random) {
    TRY(make_private_folder(paths.folder));
    auto lock = TRY(FolderLock::take(paths.folder));
    remove_leftovers(paths.folder);
    const crypto::AeadKey key = TRY(load_or_create_key(paths.key_file, random));
    return Vault(
        std::make_unique<State>(std::move(lock), paths.folder, crypto::Aes256Gcm(key), random));
}

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

Result<void> Vault::store(const VaultOwner& owner, const Secret& refresh_token) {
    if (refresh_token.size() > max_token_bytes) {
        return fail(ErrorCode::too_large, "The refresh token is too long");
    }
    const std::string associated = associated_data(owner);
    std::string sealed(header);
    TRY(state_->cipher.seal(state_->random, refresh_token.reveal_bytes(), {as_bytes(associated)},
                            sealed));
    return write_durably(state_->file_of(owner), sealed, IfThere::replace, state_->random);
}

Result<std::optional<Secret>> Vault::find(const VaultOwner& owner) const {
    const std::filesystem::path path = state_->file_of(owner);
    const auto sealed = TRY(read_whole(path, Readers::anyone, max_sealed_bytes));
    if (!sealed) return std::nullopt;
    const std::string_view contents = sealed->reveal();
    if (!contents.starts_with(magic) || contents.size() < header.size()) {
        return fail(ErrorCode::invalid_token, "A file of the vault is damaged", path.string());
    }
    if (contents[version_at] != header[version_at]) {
        return fail(ErrorCode::unsupported, "A newer version wrote this file", path.string());
    }
    const std::string associated =
        std::string(contents.substr(0, header.size())) + owner_bytes(owner);
    auto opened =
        state_->cipher.open(as_bytes(contents.substr(header.size())), {as_bytes(associated)});
    if (!opened) {
        return fail(ErrorCode::invalid_token, "A file of the vault is damaged", path.string());
    }
    return std::move(*opened);
}

Result<void> Vault::erase(const VaultOwner& owner) {
    return remove_durably(state_->file_of(owner));
}

}  // namespace latchkey::client
