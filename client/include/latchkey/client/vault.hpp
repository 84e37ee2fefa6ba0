#pragma once

// Refresh tokens at rest: one sealed file per app and person in a folder of its own.
//
// A file is 8 bytes of header ("LKVT", the version 1, three zeros), then nonce (12), ciphertext
// and tag (16) of AES-256-GCM (NIST SP 800-38D) under a random nonce: good for 2^32 stores under
// one key, which at a store a second is 136 years. Header, client id and user id are
// authenticated, so that no file opens in another's place.

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "latchkey/client/error.hpp"
#include "latchkey/client/secret.hpp"

namespace latchkey::client {

/// Whose token it is. Views, kept by the caller for the length of a call.
struct VaultOwner {
    std::string_view client_id;
    std::string_view user_id;  // the public id
};

struct VaultPaths {
    std::filesystem::path folder;    // made (0700) when it is missing
    std::filesystem::path key_file;  // made (0600) when it is missing. Back it up elsewhere
};

/// Thread-safe. One at a time has a folder open.
class Vault {
public:
    /// Removes what an interrupted store left behind. Errors: no_permission (the key file can be
    /// read by others, or nobody may write here), malformed (it is not a key: 32 bytes in
    /// base64url), in_use, storage_full, storage_failed.
    [[nodiscard]] static Result<Vault> open(const VaultPaths& paths);
    Vault(Vault&&) noexcept;
    Vault& operator=(Vault&&) noexcept;
    ~Vault();

    /// Seals and keeps `refresh_token`, in place of the one before. When it returns it is durable;
    /// when it fails, or the machine does, the one before is still there.
    /// Errors: storage_full, storage_failed, no_permission, too_large (more than 4096 bytes).
    [[nodiscard]] Result<void> store(const VaultOwner& owner, const Secret& refresh_token);

    /// Absent if none is kept. Errors: damaged, unsupported, too_large, storage_failed.
    [[nodiscard]] Result<std::optional<Secret>> find(const VaultOwner& owner) const;

    /// It is no error if none is kept. Errors: storage_failed, no_permission.
    [[nodiscard]] Result<void> erase(const VaultOwner& owner);

private:
    struct State;
    explicit Vault(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace latchkey::client
