// Write paths of metafields and identity.

#include "metafields/definitions.hpp"
#include "metafields/values.hpp"
#include "people/sessions.hpp"
#include "tests/faults/statements/write_paths.hpp"

namespace latchkey::testing {
namespace {

using testing::must;

constexpr std::string_view browser = "browser secret";
constexpr std::string_view peer = "192.0.2.1";

Result<void> define(FaultWorld& world, std::string_view key) {
    return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        const auto outcome = TRY(metafields::define_metafield(
            tx, world.random, {world.app.id, contract_scopes().known(world.app.scopes)},
            {.identifier = {.key = key, .name_space = {}},
             .name = "A name",
             .description = "",
             .type = "single_line_text_field",
             .validations = {},
             .access = std::nullopt},
            world.now()));
        if (!outcome.problems.empty()) throw std::runtime_error("a definition with problems");
        return {};
    });
}

Result<void> set_two(FaultWorld& world, std::string_view value) {
    const std::vector<metafields::NewValue> wanted = {
        {.identifier = {.key = "first", .name_space = {}}, .value = value},
        {.identifier = {.key = "second", .name_space = {}}, .value = value}};
    return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        const auto outcome =
            TRY(metafields::set_metafields(tx, {world.user, world.app.id}, wanted, world.now()));
        if (!outcome.problems.empty()) throw std::runtime_error("values with problems");
        return {};
    });
}

void define_two(FaultWorld& world) {
    must(define(world, "first"));
    must(define(world, "second"));
}

Profile profile_of(std::string email) {
    Profile profile;
    profile.email = std::move(email);
    profile.given_name = "Jo";
    return profile;
}

Result<void> start_code(FaultWorld& world) {
    return commit(world, [&world](database::WriteTransaction& tx) -> Result<void> {
        const auto id = TRY(
            world.codes.start(tx, {"jo@example.com", browser, peer, "Shop", "en"}, world.now()));
        world.texts = {id.text()};
        return {};
    });
}

Result<void> check_code(FaultWorld& world, std::string_view code) {
    return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        const auto id = ChallengeId::from_text(world.texts.at(0)).value();
        TRY(world.codes.check(tx, {id, code, browser, peer}, world.now()));
        return {};
    });
}

Result<void> start_session(FaultWorld& world, std::optional<std::string_view> previous) {
    return commit(world, [&](database::WriteTransaction& tx) -> Result<void> {
        const Secret cookie = TRY(people::start_session(
            tx, world.random,
            {.realm = world.realm.id(), .user_id = world.user, .previous_secret = previous},
            world.now()));
        if (world.texts.empty()) world.texts = {std::string(cookie.reveal())};
        return {};
    });
}

void prepare_session(FaultWorld& world) { must(start_session(world, std::nullopt)); }

}  // namespace

std::vector<WritePath> metafield_paths() {
    return {
        {"DefineMetafield", [](FaultWorld&) {},
         [](FaultWorld& world) { return define(world, "first"); }},
        {"SetMetafields", define_two, [](FaultWorld& world) { return set_two(world, "new"); }},
        {"ReplaceMetafields",
         [](FaultWorld& world) {
             define_two(world);
             must(set_two(world, "old"));
         },
         [](FaultWorld& world) { return set_two(world, "new"); }},
        {"DeleteMetafield",
         [](FaultWorld& world) {
             define_two(world);
             must(set_two(world, "old"));
         },
         [](FaultWorld& world) -> Result<void> {
             const std::vector<metafields::Identifier> identifiers = {
                 {.key = "first", .name_space = {}}};
             return commit(world, [&](auto& tx) {
                 return done(metafields::delete_metafields(tx, {world.user, world.app.id},
                                                           identifiers, world.now()));
             });
         }},
    };
}

std::vector<WritePath> identity_paths() {
    return {
        {"CreateUser", [](FaultWorld&) {},
         [](FaultWorld& world) {
             return commit(world, [&world](database::WriteTransaction& tx) -> Result<void> {
                 TRY(people::create_user(tx, world.keys, world.random,
                                         profile_of("kim@example.com"), world.now()));
                 return {};
             });
         }},
        {"UpdateUser", [](FaultWorld&) {},
         [](FaultWorld& world) {
             return commit(world, [&world](database::WriteTransaction& tx) -> Result<void> {
                 TRY(people::update_user(tx, world.keys, world.random, world.user,
                                         profile_of("new@example.com"), world.now()));
                 return {};
             });
         }},
        {"CheckRightCode", [](FaultWorld& world) { must(start_code(world)); },
         [](FaultWorld& world) { return check_code(world, world.outbox.code); }},
        {"CheckWrongCode", [](FaultWorld& world) { must(start_code(world)); },
         [](FaultWorld& world) { return check_code(world, "000000"); }},
        {"StartSession", [](FaultWorld&) {},
         [](FaultWorld& world) { return start_session(world, std::nullopt); }},
        {"StartSessionInPlaceOfAnother", prepare_session,
         [](FaultWorld& world) { return start_session(world, world.texts.at(0)); }},
        {"EndSession", prepare_session,
         [](FaultWorld& world) {
             return commit(world, [&world](database::WriteTransaction& tx) -> Result<void> {
                 TRY(people::end_session(tx, world.realm.id(), world.texts.at(0)));
                 return {};
             });
         }},
    };
}

}  // namespace latchkey::testing
