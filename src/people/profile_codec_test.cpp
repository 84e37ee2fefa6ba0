#include "people/profile_codec.hpp"

#include <gtest/gtest.h>

namespace latchkey::people {
namespace {

std::string encoded(const Profile& profile) {
    std::string bytes;
    append_profile(bytes, profile);
    return bytes;
}

Profile full() {
    return {.email = "ada@example.com",
            .email_verified = true,
            .phone = "+33123456789",
            .phone_verified = false,
            .given_name = "Ada",
            .family_name = "Lovelace",
            .avatar = "https://img.example.com/a.png"};
}

TEST(ProfileCodec, GivesBackWhatItTook) {
    Profile only_email;
    only_email.email = "x@example.com";
    for (const Profile& profile : {full(), only_email}) {
        const auto read = parse_profile(as_bytes(encoded(profile)));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->email, profile.email);
        EXPECT_EQ(read->email_verified, profile.email_verified);
        EXPECT_EQ(read->phone, profile.phone);
        EXPECT_EQ(read->phone_verified, profile.phone_verified);
        EXPECT_EQ(read->given_name, profile.given_name);
        EXPECT_EQ(read->family_name, profile.family_name);
        EXPECT_EQ(read->avatar, profile.avatar);
    }
}

TEST(ProfileCodec, RefusesEveryPrefixAndEveryExtension) {
    const std::string whole = encoded(full());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto read = parse_profile(as_bytes(whole.substr(0, size)));
        ASSERT_FALSE(read) << size;
        EXPECT_EQ(read.error().code, ErrorCode::malformed);
    }
    EXPECT_FALSE(parse_profile(as_bytes(whole + "x")));
}

TEST(ProfileCodec, RefusesAnotherVersionAndUnknownFlags) {
    std::string whole = encoded(full());
    whole[0] = 2;
    EXPECT_FALSE(parse_profile(as_bytes(whole)));
    whole[0] = 1;
    whole[1] = static_cast<char>(0x80);
    EXPECT_FALSE(parse_profile(as_bytes(whole)));
}

}  // namespace
}  // namespace latchkey::people
