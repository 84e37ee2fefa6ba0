#include <gmock/gmock.h>

#include "metafields/limits.hpp"
#include "metafields/sharing/sharing_world_test.hpp"
#include "store/clients.hpp"
#include "store/metafield_grants.hpp"
#include "store/metafield_namespaces.hpp"
#include "store/removals.hpp"

namespace latchkey::metafields {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Sharing = SharingTest;

void expect_problem(const Problems& problems, const std::vector<std::string>& field,
                    std::string_view why) {
    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_EQ(problems[0].field, field);
    EXPECT_THAT(problems[0].message, HasSubstr(why));
}

TEST_F(Sharing, LetsTheGrantorNameADefinitionForTheGrantee) {
    define_own("score");
    const AccessChange change{std::nullopt, {{app_target(grantee_gid_), AccessLevel::write}}};
    EXPECT_THAT(must(run([&](auto& tx) {
                    return grant_access(tx, owner_caller_, {"score", {}}, change, "partner-score",
                                        now_);
                })),
                IsEmpty());
    const auto seen = found(other_app_, {"partner-score", {}});
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->key, "partner-score");
    EXPECT_EQ(seen->name_space, reserved_namespace(other_app_));
    EXPECT_THAT(set_as(other_app_, {"partner-score", {}}, "9"), IsEmpty());
    EXPECT_EQ(stored("score"), "9");
    EXPECT_THAT(listed_keys(other_app_), ElementsAre("partner-score"));
    // The owner's own names are as they were.
    EXPECT_THAT(listed_keys(app_), ElementsAre("score"));
    EXPECT_FALSE(found(app_, {"partner-score", {}}));
}

TEST_F(Sharing, LetsTheGranteeChooseANameAndKeepsItsOwnFirst) {
    define_own("score");
    const Identifier shared{"score", owner_namespace_};
    ASSERT_THAT(grant({"score", {}}, app_target(grantee_gid_), AccessLevel::read), IsEmpty());
    DefinitionChange rename = change_of(shared);
    rename.key = "their-score";
    EXPECT_THAT(change(grantee_caller_, rename), IsEmpty());
    ASSERT_TRUE(found(other_app_, {"their-score", {}}));
    // A definition of its own under that key takes the name over.
    ASSERT_TRUE(must(define(grantee_caller_, {.identifier = {"their-score", {}},
                                              .name = "Own",
                                              .description = "",
                                              .type = "boolean",
                                              .validations = {},
                                              .access = {}}))
                    .definition);
    EXPECT_EQ(found(other_app_, {"their-score", {}})->type, "boolean");
    EXPECT_TRUE(found(other_app_, shared));
    expect_problem(change(grantee_caller_, rename), {"key"}, "in use");
}

TEST_F(Sharing, RenamesWithinANamespaceForWhoeverHasAdminOnIt) {
    create_own_namespace("loyalty");
    define_own("score", "loyalty");
    const Identifier member{"score", "loyalty"};
    ASSERT_THAT(grant({"loyalty", {}}, app_target(grantee_gid_), AccessLevel::admin), IsEmpty());
    DefinitionChange rename = change_of(member);
    rename.key = "points";
    EXPECT_THAT(change(grantee_caller_, rename), IsEmpty());
    EXPECT_TRUE(found(app_, {"points", "loyalty"}));
    EXPECT_FALSE(found(app_, member));
    EXPECT_TRUE(found(app_, {"score", {}}));  // the owner's own name stays
}

TEST_F(Sharing, RenamesTheOwnersDefinitionForTheOwner) {
    define_own("score");
    define_own("other");
    DefinitionChange rename = change_of({"score", {}});
    rename.key = "points";
    rename.name = "Points";
    rename.description = "How many";
    rename.validations = std::vector{MetafieldValidation{"max", "10"}};
    EXPECT_THAT(change(owner_caller_, rename), IsEmpty());
    const auto seen = found(app_, {"points", {}});
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->name, "Points");
    EXPECT_EQ(seen->description, "How many");
    EXPECT_FALSE(found(app_, {"score", {}}));
    expect_problem(set_as(app_, {"points", {}}, "11"), {"0", "value"}, "at most 10");
    rename = change_of({"points", {}});
    rename.key = "other";
    expect_problem(change(owner_caller_, rename), {"key"}, "in use");
    rename.key = "x";
    expect_problem(change(owner_caller_, rename), {"key"}, "2 to 64");
    expect_problem(change(owner_caller_, change_of({"none", {}})), {"identifier", "key"}, "no");
}

TEST_F(Sharing, RefusesBadTargetsWithTheirPaths) {
    define_own("score");
    const std::string own_gid = client_gid(app_);
    const struct {
        Target target;
        std::string_view field;
        std::string_view why;
    } rows[] = {
        {{{}, "gid://shopify/Client/1234", {}}, "granteeId", "global ID"},
        {{{}, own_gid, {}}, "granteeId", "owner"},
        {{{}, "gid://shopify/Client/00000000000000000000000000000001", {}}, "granteeId", "no app"},
        {role_target("nobody"), "role", "no role group"},
        {namespace_target("loyalty"), "grantee", "no namespace"},
    };
    for (const auto& row : rows) {
        expect_problem(grant({"score", {}}, row.target, AccessLevel::read),
                       {"access", "grants", "0", std::string(row.field)}, row.why);
    }
    expect_problem(grant({"score", {}}, {{}, {}, {}}, AccessLevel::read), {"access", "grants", "0"},
                   "exactly one");
    expect_problem(grant({"score", {}}, {"loyalty", grantee_gid_, {}}, AccessLevel::read),
                   {"access", "grants", "0"}, "exactly one");
    expect_problem(grant({"none", {}}, app_target(grantee_gid_), AccessLevel::read),
                   {"identifier", "key"}, "no metafield definition or namespace");
}

TEST_F(Sharing, GrantsAllOrNothing) {
    define_own("score");
    const AccessChange change{AccessLevel::read,
                              {{app_target(grantee_gid_), AccessLevel::admin},
                               {role_target("nobody"), AccessLevel::read}}};
    expect_problem(must(run([&](auto& tx) {
                       return grant_access(tx, owner_caller_, {"score", {}}, change, {}, now_);
                   })),
                   {"access", "grants", "1", "role"}, "no role group");
    EXPECT_FALSE(found(other_app_, {"score", owner_namespace_}));
}

TEST_F(Sharing, LimitsTheGrantsOnOneThing) {
    define_own("score");
    AccessChange change;
    change.grants.assign(max_grants_per_resource + 1,
                         {app_target(grantee_gid_), AccessLevel::read});
    expect_problem(must(run([&](auto& tx) {
                       return grant_access(tx, owner_caller_, {"score", {}}, change, {}, now_);
                   })),
                   {"access", "grants"}, "100");
}

TEST_F(Sharing, KeepsNamespacesApartUnlessTheyAreGranted) {
    create_own_namespace("loyalty");
    const auto create = [&](const Caller& caller, std::string_view key,
                            std::optional<std::string_view> parent) {
        return must(run([&](auto& tx) {
            return create_namespace(
                tx, testing::system_random(), caller,
                {.identifier = {key, parent}, .name = "N", .description = "", .access = {}}, now_);
        }));
    };
    expect_problem(create(grantee_caller_, "loyalty", {}).problems, {"key"}, "in use");
    expect_problem(create(grantee_caller_, "tiers", "loyalty").problems, {"namespace"}, "no name");
    expect_problem(create(owner_caller_, "app--x", {}).problems, {"key"}, "reserved");
    expect_problem(create(owner_caller_, "ab", {}).problems, {"key"}, "3 to 255");
    ASSERT_THAT(grant({"loyalty", {}}, app_target(grantee_gid_), AccessLevel::write), IsEmpty());
    expect_problem(create(grantee_caller_, "tiers", "loyalty").problems, {"namespace"}, "ADMIN");
    // WRITE is enough to share into it.
    const auto shared = must(define(grantee_caller_, {.identifier = {"stars", "loyalty"},
                                                      .name = "Stars",
                                                      .description = "",
                                                      .type = "number_integer",
                                                      .validations = {},
                                                      .access = {}}));
    ASSERT_TRUE(shared.definition);
    EXPECT_EQ(shared.definition->name_space, "loyalty");
    EXPECT_TRUE(found(app_, {"stars", "loyalty"}));
    EXPECT_THAT(listed_keys(app_), ElementsAre("stars"));
    expect_problem(set_as(app_, {"stars", "loyalty"}, "1"), {"0", "identifier", "key"}, "read");
    // The namespace's owner can take out what others shared into it.
    EXPECT_THAT(revoke(owner_caller_, {"stars", "loyalty"}, namespace_target("loyalty")),
                IsEmpty());
    EXPECT_FALSE(found(app_, {"stars", "loyalty"}));
    EXPECT_TRUE(found(other_app_, {"stars", {}}));
}

TEST_F(Sharing, RenamesAndDeletesNamespacesWithoutTheirMembers) {
    create_own_namespace("loyalty");
    create_own_namespace("tiers", "loyalty");
    define_own("score", "loyalty.tiers");
    const auto refused =
        must(run([&](auto& tx) { return delete_namespace(tx, owner_caller_, {"loyalty", {}}); }));
    expect_problem(refused.problems, {"key"}, "in it first");

    NamespaceChange rename{.identifier = {"loyalty", {}},
                           .key = "rewards",
                           .name = "Rewards",
                           .description = {},
                           .access = {}};
    const auto renamed =
        must(run([&](auto& tx) { return update_namespace(tx, owner_caller_, rename, now_); }));
    ASSERT_TRUE(renamed.name_space);
    EXPECT_EQ(renamed.name_space->record.name, "Rewards");
    EXPECT_TRUE(found(app_, {"score", "rewards.tiers"}));
    EXPECT_FALSE(found(app_, {"score", "loyalty.tiers"}));

    const auto deleted = must(
        run([&](auto& tx) { return delete_namespace(tx, owner_caller_, {"tiers", "rewards"}); }));
    ASSERT_TRUE(deleted.name_space);
    EXPECT_EQ(deleted.name_space->parent_path, "rewards");
    EXPECT_FALSE(found(app_, {"score", "rewards.tiers"}));
    EXPECT_TRUE(found(app_, {"score", {}}));
}

TEST_F(Sharing, LimitsNamespacesInNumberAndDepth) {
    std::optional<std::string> path;
    for (std::size_t depth = 0; depth < max_namespace_depth; ++depth) {
        const std::string key = "level-" + std::to_string(depth);
        create_own_namespace(key, path);
        path = path ? *path + "." + key : key;
    }
    const auto deep = must(run([&](auto& tx) {
        return create_namespace(
            tx, testing::system_random(), owner_caller_,
            {.identifier = {"level-8", path}, .name = "N", .description = "", .access = {}}, now_);
    }));
    ASSERT_FALSE(deep.name_space);
    for (std::size_t i = max_namespace_depth; i < max_namespaces_per_client; ++i) {
        create_own_namespace("space-" + std::to_string(i));
    }
    const auto many = must(run([&](auto& tx) {
        return create_namespace(
            tx, testing::system_random(), owner_caller_,
            {.identifier = {"one-more", {}}, .name = "N", .description = "", .access = {}}, now_);
    }));
    expect_problem(many.problems, {"key"}, "64");
}

TEST_F(Sharing, LeavesNothingWhenAnAppIsDeleted) {
    create_own_namespace("loyalty");
    define_own("score", "loyalty");
    join_role("partners", other_app_);
    ASSERT_THAT(grant({"score", {}}, app_target(grantee_gid_), AccessLevel::admin), IsEmpty());
    write([&](auto& tx) -> Result<void> {
        TRY(store::delete_client(tx, app_));
        return {};
    });
    EXPECT_THAT(listed_keys(other_app_), IsEmpty());
    write([](auto& tx) -> Result<void> {
        TRY(store::sweep_removals(tx, 100));
        return {};
    });
    const auto tx = must(database_->read());
    EXPECT_FALSE(must(store::has_grants(*tx)));
    EXPECT_FALSE(must(store::find_namespace(*tx, RealmId{}, NamespaceId{}, "loyalty")));
}

}  // namespace
}  // namespace latchkey::metafields
