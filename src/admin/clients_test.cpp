#include "admin/clients.hpp"

#include <algorithm>

#include "admin/world_test.hpp"

namespace latchkey::admin {
namespace {

using testing::must;

class ClientsForTheOperator : public OperatorTest {
protected:
    Result<ClientDetails> get(ClientId id) {
        return read([&](auto& realm, auto& tx) { return get_client(realm, tx, id); });
    }
    Result<Page<ClientRecord, ClientId>> list(const PageRequest<ClientId>& request) {
        return read([&](auto& realm, auto& tx) { return list_clients(realm, tx, request); });
    }
    Result<ClientDetails> update(ClientId id, const clients::ClientChange& wanted) {
        return change(
            [&](auto& act, auto& tx) { return admin::update_client(act, tx, id, wanted); });
    }
    const ClientId app = world.app.record.id;
};

TEST_F(ClientsForTheOperator, ChangeAndShowWhatTheyAreThen) {
    const auto logo = must(branding::make_logo("<svg viewBox='0 0 20 10'/>"));
    const auto changed = must(update(app, {.name = "Store", .logo = logo}));
    EXPECT_EQ(changed.record.name, "Store");
    EXPECT_EQ(changed.record.origins, world.app.record.origins) << "what is not named stays";
    ASSERT_TRUE(changed.logo);
    const AuditRecord record = expect_recorded("client.updated");
    EXPECT_EQ(record.client_id, app);
    EXPECT_EQ(record.detail, "name, logo");
    const auto shown = must(get(app));
    EXPECT_EQ(shown.record.name, "Store");
    EXPECT_EQ(shown.logo->width, changed.logo->width);
}

TEST_F(ClientsForTheOperator, HaveNoLineInTheTrailOfAChangeThatIsNone) {
    const ClientRecord& is = world.app.record;
    const std::size_t before = trail_size();
    for (const clients::ClientChange& change :
         {clients::ClientChange{}, clients::ClientChange{.name = is.name},
          clients::ClientChange{.origins = is.origins, .redirect_uris = is.redirect_uris},
          clients::ClientChange{.logo = clients::ClientChange::NoLogo{}}}) {
        const auto refused = update(app, change);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
        EXPECT_EQ(refused.error().public_text.view(), "There is nothing to change.");
    }
    EXPECT_EQ(trail_size(), before);
    (void)must(update(app, {.name = is.name, .origins = std::vector<std::string>{}}));
    EXPECT_EQ(expect_recorded("client.updated").detail, "origins") << "the name is as it was";
}

TEST_F(ClientsForTheOperator, AreTheRealmsOwn) {
    const ClientId foreign = make_foreign_app();
    const std::size_t before = trail_size();
    EXPECT_EQ(get(foreign).error().code, ErrorCode::not_found);
    EXPECT_EQ(update(foreign, {.name = "Mine"}).error().code, ErrorCode::not_found);
    EXPECT_EQ(update(app, {.name = ""}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(trail_size(), before) << "what was refused leaves no line";
    EXPECT_EQ(must(list({})).rows.size(), 1U);
}

TEST_F(ClientsForTheOperator, AreListedInPages) {
    for (int i = 0; i < 4; ++i) (void)world.make_app("App " + std::to_string(i));
    std::vector<ClientId> seen;
    PageRequest<ClientId> request{.limit = 2};
    int pages = 0;
    do {
        const auto page = must(list(request));
        EXPECT_LE(page.rows.size(), 2U);
        for (const ClientRecord& client : page.rows) seen.push_back(client.id);
        request.after = page.next;
        ++pages;
    } while (request.after);
    EXPECT_EQ(seen.size(), 5U);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    EXPECT_EQ(pages, 3);
    for (const int limit : {-1, 0, max_page + 1}) {
        EXPECT_EQ(list({.limit = limit}).error().code, ErrorCode::invalid_argument) << limit;
    }
}

TEST_F(ClientsForTheOperator, LeaveWhoAndWhyAlsoWhereTheDomainDoesIt) {
    const auto created = must(change([&](auto& act, auto& tx) {
        return clients::create_client(act, tx, {"Shop", {}, {}, ScopeSet{}});
    }));
    EXPECT_EQ(expect_recorded("client.created").client_id, created.record.id);
    (void)must(change([&](auto& act, auto& tx) {
        return clients::rotate_client_secret(act, tx, created.record.id, Seconds(60));
    }));
    EXPECT_EQ(expect_recorded("client.secret_rotated").client_id, created.record.id);
    must(change(
        [&](auto& act, auto& tx) { return clients::delete_client(act, tx, created.record.id); }));
    EXPECT_EQ(expect_recorded("client.deleted").client_id, created.record.id);
}

}  // namespace
}  // namespace latchkey::admin
