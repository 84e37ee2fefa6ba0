#pragma once

// A real store, real keys and a mailbox of one mail, for the tests of this folder.

#include <gtest/gtest.h>

#include "people/email_codes.hpp"
#include "people/sessions.hpp"
#include "people/users.hpp"
#include "testing/world.hpp"

namespace latchkey::people {

using testing::must;

/// Keeps what the last mail said, as the person's own mailbox would: once it is sent.
class LastMail final : public CodeMailer {
public:
    Result<void> enqueue(database::WriteTransaction& tx, const CodeMail& mail,
                         Timestamp /*now*/) override {
        tx.after_commit([this, to = std::string(mail.recipient), digits = std::string(mail.code),
                         language = std::string(mail.locale)] {
            recipient = to;
            code = digits;
            locale = language;
            ++count;
        });
        return {};
    }
    std::string recipient, code, locale;
    int count = 0;
};

class IdentityTest : public ::testing::Test {
protected:
    template <class Work>
    auto write(Work work) {
        return world_.write(std::move(work));
    }
    template <class Work>
    auto read(Work work) {
        return world_.read(std::move(work));
    }
    [[nodiscard]] Timestamp now() const { return world_.now(); }
    [[nodiscard]] static const keys::KeyRing& keys() { return testing::shared_keys(); }
    [[nodiscard]] static Random& random() { return testing::system_random(); }

    User create(std::string email) {
        Profile profile;
        profile.email = std::move(email);
        return write([&](auto& tx) { return create_user(tx, keys(), random(), profile, now()); });
    }

    testing::World world_;
    testing::ManualClock& clock_ = world_.clock;
    std::unique_ptr<database::Database>& database_ = world_.database;
    realm::Realm& realm_ = world_.realm;
};

}  // namespace latchkey::people
