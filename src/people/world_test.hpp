#pragma once

// A real store, real keys and a mailbox of one mail, for the tests of this folder.

#include <gtest/gtest.h>

#include "people/email_codes.hpp"
#include "people/sessions.hpp"
#include "people/users.hpp"
#include "testing/delegation_world.hpp"
#include "testing/transactions.hpp"

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
        return testing::write_once(*database_, std::move(work));
    }
    template <class Work>
    auto read(Work work) {
        return testing::read_once(*database_, std::move(work));
    }
    [[nodiscard]] Timestamp now() const { return clock_.now(); }
    [[nodiscard]] static const keys::KeyRing& keys() { return testing::shared_keys(); }
    [[nodiscard]] static Random& random() { return testing::system_random(); }

    User create(std::string email) {
        Profile profile;
        profile.email = std::move(email);
        return write([&](auto& tx) { return create_user(tx, keys(), random(), profile, now()); });
    }

    testing::TemporaryFolder folder_;
    testing::ManualClock clock_;
    std::unique_ptr<database::Database> database_ = testing::open_store(folder_);
};

}  // namespace latchkey::people
