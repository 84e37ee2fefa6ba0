// Sharing against a model: levels in a map, values in a map, and some hundred random steps.

#include <gmock/gmock.h>

#include <map>
#include <random>

#include "metafields/sharing/sharing_world_test.hpp"

namespace latchkey::metafields {
namespace {

constexpr int steps = 400;
constexpr std::string_view keys[] = {"one", "two", "three"};

/// What the model knows of one definition of app_.
struct Modelled {
    AccessLevel to_app = AccessLevel::none;
    AccessLevel to_everyone = AccessLevel::none;
    std::optional<std::string> value;

    [[nodiscard]] AccessLevel level() const { return std::max(to_app, to_everyone); }
};

class SharingModel : public SharingTest {
protected:
    void SetUp() override {
        SharingTest::SetUp();
        for (const std::string_view key : keys) {
            define_own(key);
            model_[key] = {};
        }
    }

    void step(std::string_view key, int number) {
        Modelled& modelled = model_[key];
        const auto level = static_cast<AccessLevel>(dice_() % 4);
        const bool by_owner = dice_() % 2 == 0;
        const bool may_write = by_owner || modelled.level() >= AccessLevel::write;
        const Identifier identifier{
            key, by_owner ? std::nullopt : std::optional<std::string_view>(owner_namespace_)};
        const ClientId actor = by_owner ? app_ : other_app_;
        switch (dice_() % 5) {
            case 0:
                if (level == AccessLevel::none) break;
                EXPECT_TRUE(grant({key, {}}, app_target(grantee_gid_), level).empty());
                modelled.to_app = level;
                break;
            case 1: {
                const bool done =
                    revoke(owner_caller_, {key, {}}, app_target(grantee_gid_)).empty();
                EXPECT_EQ(done, modelled.to_app != AccessLevel::none);
                modelled.to_app = AccessLevel::none;
                break;
            }
            case 2:
                EXPECT_TRUE(grant_default({key, {}}, level).empty());
                modelled.to_everyone = level;
                break;
            case 3: {
                const std::string value = std::to_string(number);
                EXPECT_EQ(set_as(actor, identifier, value).empty(), may_write);
                if (may_write) modelled.value = value;
                break;
            }
            default: {
                const std::vector<Identifier> named{identifier};
                const auto outcome = must(run([&](auto& tx) {
                    return delete_metafields(tx, {owner_.user_id, actor}, named, now_);
                }));
                EXPECT_EQ(outcome.problems.empty(), may_write);
                if (may_write) modelled.value.reset();
                break;
            }
        }
    }

    void expect_as_modelled() {
        const auto tx = must(database_->read());
        for (const auto& [key, modelled] : model_) {
            const auto own = must(find_value(*tx, owner_, {key, {}}));
            EXPECT_EQ(own ? std::optional(own->value.value) : std::nullopt, modelled.value);
            const auto shared =
                must(find_value(*tx, {owner_.user_id, other_app_}, {key, owner_namespace_}));
            const bool visible = modelled.value && modelled.level() >= AccessLevel::read;
            EXPECT_EQ(shared ? std::optional(shared->value.value) : std::nullopt,
                      visible ? modelled.value : std::nullopt);
        }
    }

    std::map<std::string_view, Modelled> model_;
    std::mt19937 dice_{17};  // the same run every time
};

TEST_F(SharingModel, AgreesAfterEveryStep) {
    for (int number = 0; number < steps; ++number) {
        step(keys[dice_() % std::size(keys)], number);
        expect_as_modelled();
        if (HasFailure()) FAIL() << "at step " << number;
    }
}

}  // namespace
}  // namespace latchkey::metafields
