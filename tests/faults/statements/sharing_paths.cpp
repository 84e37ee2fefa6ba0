// Write paths of definitions, namespaces and what is granted of them.

#include "audit/audit.hpp"
#include "metafields/definitions.hpp"
#include "metafields/namespaces.hpp"
#include "store/client_roles.hpp"
#include "tests/faults/statements/write_paths.hpp"

namespace latchkey::testing {
namespace {

using metafields::AccessChange;
using metafields::Caller;
using metafields::Identifier;
using metafields::Target;
using testing::must;

constexpr audit::Context audit{audit::Actor::known_operator("test"), "world", "cli"};

constexpr ScopeSet sharing_rights{static_cast<std::uint32_t>(Scope::share_metafield) |
                                  static_cast<std::uint32_t>(Scope::metafield_namespace)};
constexpr Identifier score{"score", std::nullopt};
constexpr Identifier loyalty{"loyalty", std::nullopt};

Caller owner(const FaultWorld& world) { return {world.app.id, sharing_rights}; }
Caller grantee(const FaultWorld& world) {
    return {*ClientId::from_text(world.texts.at(0)), sharing_rights};
}

/// Done, and without a problem, which would be a mistake of this file.
template <class Outcome>
Result<void> accepted(const Result<Outcome>& outcome) {
    if (!outcome) return Failure(outcome.error());
    const metafields::Problems& problems = [&]() -> const metafields::Problems& {
        if constexpr (std::is_same_v<Outcome, metafields::Problems>) {
            return *outcome;
        } else {
            return outcome->problems;
        }
    }();
    if (!problems.empty()) throw std::runtime_error("refused: " + problems.front().message);
    return {};
}

Result<void> define(FaultWorld& world, const Identifier& identifier,
                    std::optional<AccessChange> access = {}) {
    return commit(world, [&](auto& tx) {
        return accepted(metafields::define_metafield(tx, world.random, owner(world),
                                                     {.identifier = identifier,
                                                      .name = "A name",
                                                      .description = "",
                                                      .type = "number_integer",
                                                      .validations = {},
                                                      .access = std::move(access)},
                                                     world.now()));
    });
}

Result<void> create_namespace(FaultWorld& world, const Identifier& identifier) {
    return commit(world, [&](auto& tx) {
        return accepted(metafields::create_namespace(
            tx, world.random, owner(world),
            {.identifier = identifier, .name = "N", .description = "", .access = {}}, world.now()));
    });
}

Result<void> grant(FaultWorld& world, const Identifier& identifier, const Target& target,
                   AccessLevel level, std::optional<std::string_view> key = {}) {
    return commit(world, [&](auto& tx) {
        return accepted(metafields::grant_access(
            tx, owner(world), identifier, {std::nullopt, {{target, level}}}, key, world.now()));
    });
}

/// Another app, whose id and global id are left in the texts.
void prepare_grantee(FaultWorld& world) {
    clients::NewClient wanted;
    wanted.name = "Partner";
    const ClientId id = must(written(world, [&](auto& tx) {
                            return clients::create_client(world.act(audit), tx, wanted);
                        })).record.id;
    world.texts = {id.text(), metafields::client_gid(id)};
}
Target grantee_target(const FaultWorld& world) { return {{}, world.texts.at(1), {}}; }

/// The definition, the namespace, and the definition shared with the other app and the namespace.
void prepare_shared(FaultWorld& world) {
    prepare_grantee(world);
    must(define(world, score));
    must(create_namespace(world, loyalty));
    must(grant(world, loyalty, grantee_target(world), AccessLevel::admin));
    must(grant(world, score, {"loyalty", {}, {}}, AccessLevel::write));
    must(grant(world, score, grantee_target(world), AccessLevel::admin, "partner-score"));
}

metafields::DefinitionChange key_change(const Identifier& identifier, std::string_view key) {
    return {.identifier = identifier,
            .key = key,
            .name = {},
            .description = {},
            .validations = {},
            .access = {}};
}

Result<void> change(FaultWorld& world, const Caller& caller,
                    const metafields::DefinitionChange& wanted) {
    return commit(world, [&](auto& tx) {
        return accepted(metafields::change_definition(tx, caller, wanted, world.now()));
    });
}

std::vector<WritePath> definition_paths() {
    return {
        {"DefineMetafieldShared",
         [](FaultWorld& world) {
             prepare_grantee(world);
             must(create_namespace(world, loyalty));
         },
         [](FaultWorld& world) {
             return define(
                 world, {"score", "loyalty"},
                 AccessChange{AccessLevel::read, {{grantee_target(world), AccessLevel::write}}});
         }},
        {"ChangeDefinition", prepare_shared,
         [](FaultWorld& world) {
             auto wanted = key_change(score, "points");
             wanted.name = "Another name";
             wanted.access = AccessChange{AccessLevel::read, {}};
             return change(world, owner(world), wanted);
         }},
        {"ChangeOwnAlias", prepare_shared,
         [](FaultWorld& world) {
             return change(world, grantee(world), key_change({"partner-score", {}}, "theirs"));
         }},
        {"RenameMember", prepare_shared,
         [](FaultWorld& world) {
             return change(world, grantee(world), key_change({"score", "loyalty"}, "points"));
         }},
        {"DeleteDefinition", prepare_shared,
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return accepted(metafields::delete_definition(tx, owner(world), score));
             });
         }},
    };
}

std::vector<WritePath> namespace_paths() {
    return {
        {"CreateNamespace", prepare_grantee,
         [](FaultWorld& world) { return create_namespace(world, loyalty); }},
        {"UpdateNamespace", prepare_shared,
         [](FaultWorld& world) {
             const metafields::NamespaceChange wanted{
                 .identifier = loyalty,
                 .key = "points",
                 .name = "Points",
                 .description = {},
                 .access = AccessChange{AccessLevel::read, {}}};
             return commit(world, [&](auto& tx) {
                 return accepted(
                     metafields::update_namespace(tx, owner(world), wanted, world.now()));
             });
         }},
        {"DeleteNamespace", prepare_shared,
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return accepted(metafields::delete_namespace(tx, owner(world), loyalty));
             });
         }},
    };
}

std::vector<WritePath> access_paths() {
    return {
        {"GrantAccess",
         [](FaultWorld& world) {
             prepare_grantee(world);
             must(define(world, score));
         },
         [](FaultWorld& world) {
             return grant(world, score, grantee_target(world), AccessLevel::write, "partner-score");
         }},
        {"RevokeAccess", prepare_shared,
         [](FaultWorld& world) {
             const std::vector<Target> targets{grantee_target(world)};
             return commit(world, [&](auto& tx) {
                 return accepted(metafields::revoke_access(tx, owner(world), score, targets));
             });
         }},
        {"DeleteClientThatShares", prepare_shared,
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return clients::delete_client(world.act(audit), tx, world.app.id);
             });
         }},
        {"RoleAdd", [](FaultWorld&) {},
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return store::add_role_member(
                     tx, {world.keys.realm(), "shops", world.app.id, world.now()});
             });
         }},
        {"RoleRemove",
         [](FaultWorld& world) {
             must(commit(world, [&](auto& tx) {
                 return store::add_role_member(
                     tx, {world.keys.realm(), "shops", world.app.id, world.now()});
             }));
         },
         [](FaultWorld& world) {
             return commit(world, [&](auto& tx) {
                 return store::remove_role_member(tx, world.keys.realm(), "shops", world.app.id);
             });
         }},
    };
}

}  // namespace

std::vector<WritePath> sharing_paths() {
    std::vector<WritePath> all = definition_paths();
    for (const auto& paths : {namespace_paths(), access_paths()}) {
        all.insert(all.end(), paths.begin(), paths.end());
    }
    return all;
}

}  // namespace latchkey::testing
