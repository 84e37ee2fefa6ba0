// Attack class 23: nobody learns who has an account here. The same text, status and time whether or
// not an address is known, a mail to both, and no list of keys.

#include <chrono>
#include <cmath>

#include "endpoints/sign_in/world_test.hpp"
#include "json/value.hpp"
#include "testing/transactions.hpp"

namespace latchkey::endpoints {
namespace {

class SignInEnumeration : public SignInTest {
protected:
    void give_passkey(UserId user) {
        webauthn::SoftAuthenticator device;
        const std::string browser_secret(43, 'A');
        const auto answer =
            device.create(passkeys_.registration_challenge(browser_secret, user, clock_.now()));
        const auto tx = must(testing::begin_write(*store_));
        must(passkeys_.add(
            *tx,
            {user, browser_secret, "Blue key", {answer.client_data, answer.attestation_object}},
            clock_.now()));
        must(tx->commit());
    }
};

TEST_F(SignInEnumeration, Attack23KnownAndUnknownAddressesLookTheSame) {
    give_passkey(create_user("known@example.com"));
    const auto mask = [](Shown seen, const std::string& email) {
        std::string text = std::to_string(seen.status) + seen.body;
        for (std::string secret : {seen.hidden("token"), email, seen.between("nonce=\"", "\"")}) {
            for (std::size_t at = text.find(secret); !secret.empty() && at != std::string::npos;
                 at = text.find(secret)) {
                text.replace(at, secret.size(), "");
            }
        }
        return text;
    };
    Browser first(router_);
    Browser second(router_);
    EXPECT_EQ(mask(ask_for_code(first, "known@example.com", url("email")), "known@example.com"),
              mask(ask_for_code(second, "nobdy@example.com", url("email")), "nobdy@example.com"));
    EXPECT_EQ(mail_.count, 2) << "a mail goes to both";
}

/// WebAuthn 14.6.2: a list of somebody's credentials would tell who has an account.
TEST_F(SignInEnumeration, Attack23ThePasskeyPromptNamesNobodysKeys) {
    const UserId user = create_user("known@example.com");
    give_passkey(user);
    Browser browser(router_);
    const Shown page = browser.get(url("email"));
    const std::string prompt = page.between("id=\"passkey_request\">", "</script>");
    const json::Value request = must(json::parse(prompt));
    std::vector<std::string> names;
    for (const auto& [name, value] : *request.object()) names.push_back(name);
    EXPECT_THAT(names, ::testing::ElementsAre("challenge", "rpId"));
}

/// How long the answer to an address takes, for addresses that somebody has and that nobody has.
class SignInTiming : public SignInTest {
protected:
    static constexpr int rounds = 120;
    static constexpr double n = rounds;
    // Mann-Whitney U over the two samples, as the chance that a known address takes longer: a half
    // if there is no difference, within 3.3 sigma in 999 of 1000 trials.
    static inline const double alarm = 3.3 * std::sqrt((2 * n + 1) / (12 * n * n));

    enum class Leak : std::uint8_t { none, notes_those_it_knows };

    double share_of_slower_known(Leak leak) {
        ++trials_;
        for (int i = 0; i < rounds; ++i) (void)create_user(address(Who::known, i));
        std::vector<double> known, unknown;
        for (int i = 0; i < rounds; ++i) {
            known.push_back(time_of(address(Who::known, i), leak));
            unknown.push_back(time_of(address(Who::unknown, i), leak));
        }
        double wins = 0;
        for (const double a : known) {
            for (const double b : unknown) wins += a > b ? 1.0 : a == b ? 0.5 : 0.0;
        }
        return wins / (n * n);
    }

private:
    enum class Who : std::uint8_t { known, unknown };
    [[nodiscard]] std::string address(Who who, int i) const {
        return (who == Who::known ? "known" : "nobdy") + std::to_string(trials_) + "." +
               std::to_string(i) + "@example.com";
    }
    double time_of(const std::string& email, Leak leak) {
        Browser browser(router_);
        browser.peer = "peer " + email;
        const Shown page = browser.get(url("email"));
        const std::string action = Browser::action_of(page, "/sign-in/email");
        const FormFields fields{{"email", email}, {"token", page.hidden("token")}};
        const auto began = monotonic_now();
        if (leak == Leak::notes_those_it_knows) note(email);
        (void)browser.post_once(action, fields);
        const std::chrono::duration<double, std::micro> took = monotonic_now() - began;
        return took.count();
    }
    void note(const std::string& email) {
        const auto tx = must(testing::begin_write(*store_));
        const auto user = must(people::find_user_by_email(*tx, keys(), email));
        if (!user) return;
        (void)must(
            people::update_user(*tx, keys(), random(), user->id, user->profile, clock_.now()));
        must(tx->commit());
    }

    int trials_ = 0;
};

TEST_F(SignInTiming, Attack23KnownAndUnknownAddressesTakeTheSameTime) {
    // An alarm counts when it rings twice: once in a thousand it rings for nothing.
    const double share = share_of_slower_known(Leak::none);
    if (std::abs(share - 0.5) <= alarm) return;
    EXPECT_NEAR(share_of_slower_known(Leak::none), 0.5, alarm) << "first " << share;
}

// The same statistics over a server that writes one row more for those it knows. Without this, the
// test above might be too coarse to see anything.
TEST_F(SignInTiming, Attack23TheStatisticsSeeOneWriteMore) {
    EXPECT_GT(share_of_slower_known(Leak::notes_those_it_knows), 0.5 + alarm);
}

}  // namespace
}  // namespace latchkey::endpoints
