#pragma once

// What can be set for each realm: the top of the file is the first realm's, and a section
// [realm.NAME] that of another. What such a section does not name has its default, not the first
// realm's value; the brand's name is by default the realm's.

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "branding/palette.hpp"

namespace latchkey::config {

/// The most that the SDK's button shows.
inline constexpr std::size_t max_brand_name_characters = 60;

/// What people see of the operator.
struct Brand {
    std::string name = "Latchkey";
    branding::PaletteSettings colors;
    std::string logo;       // image files; empty: the key that is built in
    std::string dark_logo;  // on dark pages; empty: the same
};

struct Lifetimes {
    Seconds access_token{3600};
    Seconds consent_token{300};
    Seconds refresh_token{90 * 24 * 3600};
    Seconds refresh_idle{30 * 24 * 3600};  // of a family that nobody uses
    Seconds refresh_grace{30};  // the parent of a token presented again within it gets the same
    Seconds session{30 * 24 * 3600};
};

/// Who may become a person: whoever proves an address, or only whom the operator has created.
enum class SignUp : std::uint8_t { open, closed };

struct RealmSettings {
    Brand brand;
    /// The domain that passkeys are for: the public URL's host, which is the default, or a parent
    /// of it. Empty when complete and the host is an IP address: browsers have no passkeys there.
    std::string passkey_rp_id;
    std::string mail_from;  // the sender's address; empty: that of [smtp]
    Lifetimes lifetimes;
    SignUp sign_up = SignUp::open;
};

/// Checks all that can be known without the realm's public URL and without looking at files.
/// `prefix` is of its keys: "" or "realm.NAME.". Errors: invalid_argument (with the key).
[[nodiscard]] Result<void> check_settings(const RealmSettings& settings, const std::string& prefix);

/// Fills in the defaults that follow from the realm's public URL, and checks the whole. Errors: as
/// check_settings'.
[[nodiscard]] Result<RealmSettings> complete_settings(RealmSettings settings,
                                                      const std::string& public_url,
                                                      const std::string& prefix);

}  // namespace latchkey::config
