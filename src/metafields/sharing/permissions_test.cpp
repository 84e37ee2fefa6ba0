// Who may do what: every operation at every level, however the level was granted.

#include <gmock/gmock.h>

#include <functional>

#include "metafields/limits.hpp"
#include "metafields/sharing/sharing_world_test.hpp"

namespace latchkey::metafields {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

class Permissions : public SharingTest {
protected:
    /// A way to give other_app_ a level on app_'s definition of this key, and how other_app_ names
    /// the definition then.
    struct Way {
        std::string_view name;
        std::function<void(std::string_view key, AccessLevel level)> give;
        std::optional<std::string> name_space;
    };

    /// Something that other_app_ does with the definition; whether it worked.
    struct Operation {
        std::string_view name;
        AccessLevel needs;
        std::function<bool(const Identifier& identifier)> works;
    };

    std::vector<Operation> operations() {
        const Owner reader{owner_.user_id, other_app_};
        const auto find_it = [this, reader](const Identifier& identifier) {
            const auto tx = must(database_->read());
            return must(find_value(*tx, reader, identifier)).has_value();
        };
        const auto list_it = [this, reader](const Identifier& identifier) {
            const auto tx = must(database_->read());
            const store::Page page{
                .after = {}, .before = {}, .direction = store::Direction::backward, .limit = 250};
            const auto slice = must(list_values(*tx, reader, {}, page));
            return std::ranges::any_of(slice.nodes, [&](const auto& node) {
                return node.definition.key == identifier.key;
            });
        };
        const auto see_access = [this](const Identifier& identifier) {
            const auto definition = found(other_app_, identifier);
            if (!definition) return false;
            const auto tx = must(database_->read());
            Viewer viewer(*tx, other_app_);
            return must(list_access(viewer, *definition)).has_value();
        };
        return {
            {"look up the definition", AccessLevel::read,
             [this](const Identifier& i) { return found(other_app_, i).has_value(); }},
            {"list the definition", AccessLevel::read,
             [this](const Identifier& i) {
                 return std::ranges::count(listed_keys(other_app_), i.key) == 1;
             }},
            {"read the value", AccessLevel::read, find_it},
            {"list the value", AccessLevel::read, list_it},
            {"set the value", AccessLevel::write,
             [this](const Identifier& i) { return set_as(other_app_, i, "8").empty(); }},
            {"see who else can", AccessLevel::admin, see_access},
            {"share it further", AccessLevel::admin,
             [this](const Identifier& i) {
                 return grant(grantee_caller_, i, app_target(third_gid_), AccessLevel::read)
                     .empty();
             }},
            {"take it back", AccessLevel::admin,
             [this](const Identifier& i) {
                 return revoke(grantee_caller_, i, app_target(third_gid_)).empty();
             }},
            {"delete the value", AccessLevel::write,
             [this, reader](const Identifier& i) {
                 const std::vector<Identifier> named{i};
                 const auto outcome = must(
                     run([&](auto& tx) { return delete_metafields(tx, reader, named, now_); }));
                 return outcome.problems.empty() && outcome.deleted.at(0).has_value();
             }},
        };
    }

    void expect_the_matrix(const Way& way) {
        for (const AccessLevel level :
             {AccessLevel::none, AccessLevel::read, AccessLevel::write, AccessLevel::admin}) {
            const std::string key = "key-" + std::to_string(static_cast<int>(level));
            define_own(key);
            ASSERT_THAT(set_as(app_, {key, {}}, "7"), IsEmpty());
            if (level != AccessLevel::none) way.give(key, level);
            const Identifier identifier{key, way.name_space};
            for (const Operation& operation : operations()) {
                EXPECT_EQ(operation.works(identifier), level >= operation.needs)
                    << way.name << ", level " << static_cast<int>(level) << ": " << operation.name;
            }
            expect_owner_only(identifier);
        }
    }

    /// What no level allows.
    void expect_owner_only(const Identifier& identifier) {
        DefinitionChange texts = change_of(identifier);
        texts.name = "Mine";
        EXPECT_THAT(change(grantee_caller_, texts), Not(IsEmpty()));
        DefinitionChange rules = change_of(identifier);
        rules.validations.emplace();
        EXPECT_THAT(change(grantee_caller_, rules), Not(IsEmpty()));
        const auto outcome =
            must(run([&](auto& tx) { return delete_definition(tx, grantee_caller_, identifier); }));
        EXPECT_FALSE(outcome.definition);
    }
};

TEST_F(Permissions, HoldForAGrantToAnApp) {
    expect_the_matrix({"app",
                       [this](std::string_view key, AccessLevel level) {
                           EXPECT_THAT(grant({key, {}}, app_target(grantee_gid_), level),
                                       IsEmpty());
                       },
                       owner_namespace_});
}

TEST_F(Permissions, HoldForAGrantToEveryone) {
    expect_the_matrix({"everyone",
                       [this](std::string_view key, AccessLevel level) {
                           EXPECT_THAT(grant_default({key, {}}, level), IsEmpty());
                       },
                       owner_namespace_});
}

TEST_F(Permissions, HoldForAGrantToARoleGroup) {
    join_role("partners", other_app_);
    join_role("others", third_app_);
    expect_the_matrix({"role",
                       [this](std::string_view key, AccessLevel level) {
                           EXPECT_THAT(grant({key, {}}, role_target("partners"), level), IsEmpty());
                           EXPECT_THAT(grant({key, {}}, role_target("others"), AccessLevel::admin),
                                       IsEmpty());
                       },
                       owner_namespace_});
}

TEST_F(Permissions, AreTheLowerOfAMembersLevelAndItsNamespaces) {
    create_own_namespace("loyalty");
    ASSERT_THAT(grant({"loyalty", {}}, app_target(grantee_gid_), AccessLevel::admin), IsEmpty());
    expect_the_matrix({"member's level",
                       [this](std::string_view key, AccessLevel level) {
                           EXPECT_THAT(grant({key, {}}, namespace_target("loyalty"), level),
                                       IsEmpty());
                       },
                       "loyalty"});
}

TEST_F(Permissions, AreTheLowerOfANamespacesLevelAndItsMembers) {
    create_own_namespace("loyalty");
    create_own_namespace("tiers", "loyalty");
    expect_the_matrix(
        {"level of the namespace around it",
         [this](std::string_view key, AccessLevel level) {
             EXPECT_THAT(grant({key, {}}, namespace_target("loyalty.tiers"), AccessLevel::admin),
                         IsEmpty());
             EXPECT_THAT(grant({"loyalty", {}}, app_target(grantee_gid_), level), IsEmpty());
         },
         "loyalty.tiers"});
}

TEST_F(Permissions, EndWithTheGrant) {
    define_own("score");
    const Identifier shared{"score", owner_namespace_};
    ASSERT_THAT(grant({"score", {}}, app_target(grantee_gid_), AccessLevel::write), IsEmpty());
    ASSERT_THAT(set_as(other_app_, shared, "3"), IsEmpty());
    ASSERT_THAT(revoke(owner_caller_, {"score", {}}, app_target(grantee_gid_)), IsEmpty());
    EXPECT_FALSE(found(other_app_, shared));
    EXPECT_THAT(set_as(other_app_, shared, "4"), Not(IsEmpty()));
    EXPECT_THAT(listed_keys(other_app_), IsEmpty());
    EXPECT_EQ(stored("score"), "3");
    // Nothing is left to take back.
    EXPECT_THAT(revoke(owner_caller_, {"score", {}}, app_target(grantee_gid_)), Not(IsEmpty()));
}

TEST_F(Permissions, EndWithTheDefinition) {
    define_own("score");
    ASSERT_THAT(grant({"score", {}}, app_target(grantee_gid_), AccessLevel::admin), IsEmpty());
    ASSERT_TRUE(must(run([&](auto& tx) {
                    return delete_definition(tx, owner_caller_, {"score", {}});
                })).definition);
    EXPECT_FALSE(found(other_app_, {"score", owner_namespace_}));
    define_own("score");  // a new one, which is shared with nobody
    EXPECT_FALSE(found(other_app_, {"score", owner_namespace_}));
}

TEST_F(Permissions, NeedTheScopeToShare) {
    define_own("score");
    const Caller plain{app_, ScopeSet()};
    const auto refused = run([&](auto& tx) {
        return grant_access(tx, plain, {"score", {}}, {AccessLevel::read, {}}, std::nullopt, now_);
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
    const auto made = run([&](auto& tx) {
        return create_namespace(
            tx, testing::system_random(), plain,
            {.identifier = {"loyalty", {}}, .name = "N", .description = "", .access = {}}, now_);
    });
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace latchkey::metafields
