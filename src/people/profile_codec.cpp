#include "people/profile_codec.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace latchkey::people {
namespace {

constexpr std::uint8_t format_version = 1;

enum Flag : std::uint8_t {
    email_verified = 1U << 0U,
    phone_verified = 1U << 1U,
    has_phone = 1U << 2U,
    has_given_name = 1U << 3U,
    has_family_name = 1U << 4U,
    has_avatar = 1U << 5U,
};
constexpr std::uint8_t known_flags = 0x3F;

void append_text(std::string& out, std::string_view text) {
    text = text.substr(0, std::min<std::size_t>(text.size(), UINT16_MAX));
    out.push_back(static_cast<char>(text.size() >> 8U));
    out.push_back(static_cast<char>(text.size() & 0xFFU));
    out += text;
}

std::uint8_t flags_of(const Profile& profile) {
    std::uint8_t flags = 0;
    const auto set = [&flags](bool holds, Flag flag) {
        if (holds) flags = static_cast<std::uint8_t>(flags | flag);
    };
    set(profile.email_verified, email_verified);
    set(profile.phone_verified, phone_verified);
    set(profile.phone.has_value(), has_phone);
    set(profile.given_name.has_value(), has_given_name);
    set(profile.family_name.has_value(), has_family_name);
    set(profile.avatar.has_value(), has_avatar);
    return flags;
}

class Reader {
public:
    explicit Reader(std::string_view rest) : rest_(rest) {}

    std::string text() {
        if (rest_.size() < 2) return broken();
        const std::size_t size = (static_cast<std::size_t>(byte(0)) << 8U) | byte(1);
        rest_.remove_prefix(2);
        if (rest_.size() < size) return broken();
        std::string value(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return value;
    }
    std::optional<std::string> text_if(std::uint8_t flags, Flag flag) {
        if ((flags & flag) == 0) return std::nullopt;
        return text();
    }
    [[nodiscard]] bool read_it_all() const { return !broken_ && rest_.empty(); }

private:
    [[nodiscard]] std::uint8_t byte(std::size_t at) const {
        return static_cast<std::uint8_t>(rest_[at]);
    }
    std::string broken() {
        broken_ = true;
        rest_ = {};
        return {};
    }
    std::string_view rest_;
    bool broken_ = false;
};

Failure damaged() { return fail(ErrorCode::malformed, "A stored profile is damaged."); }

}  // namespace

void append_profile(std::string& out, const Profile& profile) {
    out.push_back(static_cast<char>(format_version));
    out.push_back(static_cast<char>(flags_of(profile)));
    append_text(out, profile.email);
    for (const auto* text :
         {&profile.phone, &profile.given_name, &profile.family_name, &profile.avatar}) {
        if (text->has_value()) append_text(out, **text);
    }
}

Result<Profile> parse_profile(ByteView bytes) {
    if (bytes.size() < 2 || bytes[0] != format_version || (bytes[1] & ~known_flags) != 0) {
        return damaged();
    }
    const std::uint8_t flags = bytes[1];
    Reader reader(as_text(bytes.subspan(2)));
    Profile profile;
    profile.email_verified = (flags & email_verified) != 0;
    profile.phone_verified = (flags & phone_verified) != 0;
    profile.email = reader.text();
    profile.phone = reader.text_if(flags, has_phone);
    profile.given_name = reader.text_if(flags, has_given_name);
    profile.family_name = reader.text_if(flags, has_family_name);
    profile.avatar = reader.text_if(flags, has_avatar);
    if (!reader.read_it_all()) return damaged();
    return profile;
}

}  // namespace latchkey::people
