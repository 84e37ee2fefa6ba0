#pragma once

// A profile as bytes, before it is sealed: a version, a byte of flags, then each text with its
// length in two bytes. Opened on every read of a user, so it is simpler and faster than JSON.

#include <string>

#include "base/result.hpp"
#include "base/text/text.hpp"
#include "model/records.hpp"

namespace latchkey::people {

/// Texts longer than 65,535 bytes are cut; check_profile allows none.
void append_profile(std::string& out, const Profile& profile);

/// Errors: malformed.
[[nodiscard]] Result<Profile> parse_profile(ByteView bytes);

}  // namespace latchkey::people
