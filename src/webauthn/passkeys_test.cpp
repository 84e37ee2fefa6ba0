#include "webauthn/passkeys.hpp"

#include "people/world_test.hpp"
#include "store/passkeys.hpp"
#include "testing/transactions.hpp"
#include "webauthn/authenticator_data.hpp"
#include "webauthn/authenticator_test.hpp"
#include "webauthn/passkey_challenge.hpp"

namespace latchkey::webauthn {
namespace {

using testing::must;

class PasskeysTest : public people::IdentityTest {
protected:
    [[nodiscard]] std::string registration_challenge() const {
        return passkeys_.registration_challenge(browser_, user_, now());
    }
    [[nodiscard]] std::string sign_in_challenge() const {
        return passkeys_.sign_in_challenge(browser_, now());
    }
    /// Commits whatever comes, as the endpoints do.
    Result<void> add(const SoftAuthenticator& device, std::string_view challenge) {
        const auto answer = device.create(challenge);
        const auto tx = must(testing::begin_write(*database_));
        auto added = passkeys_.add(
            *tx, {user_, browser_, "My key", {answer.client_data, answer.attestation_object}},
            now());
        must(tx->commit());
        return added;
    }
    Result<UserId> check(const SoftAuthenticator& device, const SoftAuthenticator::Answer& answer) {
        const auto tx = must(testing::begin_write(*database_));
        auto checked = passkeys_.check(*tx, browser_,
                                       {device.credential_id, answer.client_data,
                                        answer.authenticator_data, answer.signature, user_.span()},
                                       now());
        must(tx->commit());
        return checked;
    }
    Result<UserId> sign_in(SoftAuthenticator& device) {
        ++device.count;
        return check(device, device.get(sign_in_challenge()));
    }
    SoftAuthenticator added(KeyKind kind = KeyKind::es256) {
        SoftAuthenticator device(kind);
        must(add(device, registration_challenge()));
        return device;
    }
    static void expect_refused(const Result<UserId>& checked, const char* why) {
        ASSERT_FALSE(checked) << why;
        EXPECT_EQ(checked.error().code, ErrorCode::invalid_token) << why;
    }

    RelyingParty party_{"id.example.com", "https://id.example.com", "Latchkey"};
    Passkeys passkeys_{{keys(), random(), party_}};
    UserId user_ = create("ada@example.com").id;
    std::string browser_ = "this browser";
};

TEST_F(PasskeysTest, SignsInWithEveryAlgorithmWeAskFor) {
    std::uint8_t next_id = 1;
    for (const KeyKind kind : {KeyKind::es256, KeyKind::eddsa, KeyKind::rs256}) {
        SoftAuthenticator device(kind);
        device.credential_id = Bytes(48, next_id++);
        must(add(device, registration_challenge()));
        for (int i = 0; i < 5; ++i) EXPECT_EQ(must(sign_in(device)), user_);
    }
    EXPECT_EQ(read([&](auto& tx) { return passkeys_.list(tx, user_); }).size(), 3U);
}

TEST_F(PasskeysTest, AreListedRenamedAndRemoved) {
    const SoftAuthenticator device = added();
    write(
        [&](auto& tx) { return passkeys_.rename(tx, user_, device.credential_id, "Blue key 🔑"); });
    const auto listed = read([&](auto& tx) { return passkeys_.list(tx, user_); });
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].name, "Blue key 🔑");
    EXPECT_FALSE(listed[0].last_used_at);
    EXPECT_TRUE(
        write([&](auto& tx) { return store::delete_passkey(tx, user_, device.credential_id); }));
    SoftAuthenticator removed = device;
    expect_refused(sign_in(removed), "it was removed");
}

TEST_F(PasskeysTest, AnAnswerIsTakenOnce) {
    SoftAuthenticator device = added();
    device.count = 0;
    const auto answer = device.get(sign_in_challenge());
    expect_refused(check(device, answer), "the counter went back to zero");
    device.count = 9;
    const auto second = device.get(sign_in_challenge());
    EXPECT_TRUE(check(device, second));
    expect_refused(check(device, second), "replayed");
}

TEST_F(PasskeysTest, ACounterMustGrowAndNoCounterIsFine) {
    SoftAuthenticator device = added();
    device.count = 7;
    EXPECT_TRUE(check(device, device.get(sign_in_challenge())));
    expect_refused(check(device, device.get(sign_in_challenge())), "a clone: the same count");
    device.count = 3;
    expect_refused(check(device, device.get(sign_in_challenge())), "a clone: a lower count");

    SoftAuthenticator uncounted;
    uncounted.credential_id = Bytes(16, 0x77);
    uncounted.count = 0;
    must(add(uncounted, registration_challenge()));
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(check(uncounted, uncounted.get(sign_in_challenge())));
    }
}

TEST_F(PasskeysTest, AChallengeIsOfOneBrowserCeremonyAndTenMinutes) {
    SoftAuthenticator device = added();
    ++device.count;
    expect_refused(check(device, device.get(passkeys_.sign_in_challenge("another", now()))),
                   "another browser's");
    expect_refused(check(device, device.get(registration_challenge())), "another ceremony's");
    expect_refused(check(device, device.get(to_base64url(Bytes(56, 1)))), "made up");
    expect_refused(check(device, device.get("")), "empty");
    const auto answer = device.get(sign_in_challenge());
    clock_.advance(passkey_challenge_lifetime);
    const auto late = check(device, answer);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::expired);

    const UserId other = create("eve@example.com").id;
    SoftAuthenticator second;
    second.credential_id = Bytes(16, 0x55);
    EXPECT_FALSE(add(second, passkeys_.registration_challenge(browser_, other, now())))
        << "made for another person";
}

TEST_F(PasskeysTest, RefusesWhatLevelTwoHasItRefuseAtSignIn) {
    const SoftAuthenticator good = added();
    const std::pair<const char*, void (*)(SoftAuthenticator&)> rows[] = {
        {"another type", [](auto& d) { d.type = "webauthn.create"; }},
        {"another origin", [](auto& d) { d.origin = "https://id.example.com.evil.test"; }},
        {"another port", [](auto& d) { d.origin = "https://id.example.com:8443"; }},
        {"plain http", [](auto& d) { d.origin = "http://id.example.com"; }},
        {"in a frame", [](auto& d) { d.more_client_data = R"(,"crossOrigin":true)"; }},
        {"another party", [](auto& d) { d.rp_id = "example.com"; }},
        {"nobody there", [](auto& d) { d.flags = 0x04; }},
        {"user not verified", [](auto& d) { d.flags = 0x01; }},
        {"another credential", [](auto& d) { d.credential_id[0] ^= 1; }},
    };
    for (const auto& [why, spoil] : rows) {
        SoftAuthenticator device = good;
        spoil(device);
        expect_refused(sign_in(device), why);
    }
    SoftAuthenticator other_key;
    expect_refused(sign_in(other_key), "another key");
}

TEST_F(PasskeysTest, RefusesATamperedAnswer) {
    const SoftAuthenticator device = added();
    const auto spoil = [&](auto change) {
        SoftAuthenticator counted = device;
        ++counted.count;
        auto answer = counted.get(sign_in_challenge());
        change(answer);
        return check(counted, answer);
    };
    EXPECT_FALSE(spoil([](auto& a) { a.signature.back() ^= 1; }));
    EXPECT_FALSE(spoil([](auto& a) { a.signature.clear(); }));
    EXPECT_FALSE(spoil([](auto& a) { a.signature.push_back(0); }));
    EXPECT_FALSE(spoil([](auto& a) { a.authenticator_data.back() ^= 2; }));
    EXPECT_FALSE(spoil([](auto& a) { a.authenticator_data.push_back(0); }));
    EXPECT_FALSE(spoil([](auto& a) { a.authenticator_data.resize(36); }));
    EXPECT_FALSE(spoil([](auto& a) { a.client_data.push_back(' '); })) << "signed byte for byte";
    EXPECT_TRUE(spoil([](auto&) {}));
}

TEST_F(PasskeysTest, SomebodyElsesHandleOpensNothing) {
    SoftAuthenticator device = added();
    ++device.count;
    const auto answer = device.get(sign_in_challenge());
    const UserId other = create("eve@example.com").id;
    const auto tx = must(testing::begin_write(*database_));
    const auto checked =
        passkeys_.check(*tx, browser_,
                        {device.credential_id, answer.client_data, answer.authenticator_data,
                         answer.signature, other.span()},
                        now());
    expect_refused(checked, "the credential is not theirs");
}

TEST_F(PasskeysTest, RefusesWhatLevelTwoHasItRefuseAtRegistration) {
    const std::pair<const char*, void (*)(SoftAuthenticator&)> rows[] = {
        {"another type", [](auto& d) { d.type = "webauthn.get"; }},
        {"another origin", [](auto& d) { d.origin = "https://evil.test"; }},
        {"another party", [](auto& d) { d.rp_id = "evil.test"; }},
        {"user not verified", [](auto& d) { d.flags = 0x01; }},
        {"backed up but not eligible", [](auto& d) { d.flags = 0x15; }},
        {"extensions announced", [](auto& d) { d.flags = 0x85; }},
        {"an empty credential id", [](auto& d) { d.credential_id.clear(); }},
        {"a credential id of 1024 bytes", [](auto& d) { d.credential_id.resize(1024); }},
    };
    for (const auto& [why, spoil] : rows) {
        SoftAuthenticator device;
        spoil(device);
        EXPECT_FALSE(add(device, registration_challenge())) << why;
    }
    SoftAuthenticator device;
    device.format = "packed";
    EXPECT_TRUE(add(device, registration_challenge())) << "an attestation is read over";
    const auto again = add(device, registration_challenge());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST_F(PasskeysTest, APersonHasAtMostTwenty) {
    for (int i = 0; i < max_passkeys; ++i) {
        SoftAuthenticator device;
        device.credential_id = Bytes(16, static_cast<std::uint8_t>(i));
        must(add(device, registration_challenge()));
    }
    SoftAuthenticator one_more;
    const auto refused = add(one_more, registration_challenge());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::too_large);
}

TEST_F(PasskeysTest, EveryPrefixOfAnAttestationObjectIsRefused) {
    const auto answer = SoftAuthenticator().create(registration_challenge());
    const ByteView whole = answer.attestation_object;
    EXPECT_TRUE(parse_attestation_object(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(parse_attestation_object(whole.first(size))) << size;
    }
    const ByteView data = answer.authenticator_data;
    EXPECT_TRUE(parse_authenticator_data(data));
    for (std::size_t size = 0; size < data.size(); ++size) {
        EXPECT_FALSE(parse_authenticator_data(data.first(size))) << size;
    }
}

}  // namespace
}  // namespace latchkey::webauthn
