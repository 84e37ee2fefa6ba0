#include "tests/faults/statements/page_scene.hpp"

namespace latchkey::testing {

PageScene::PageScene(FaultWorld& world)
    : passkeys({world.keys, world.random, party}),
      parts{world.realm, Ports{world.clock, world.random}, world.codes, passkeys},
      router(world.failing),
      world_(world) {
    router.serve(parts, world.secret_uses);
}

std::string PageScene::sign_in_url(std::string_view scope) const {
    return "/sign-in?client_id=" + world_.app.id.text() +
           "&origin=" + percent_encode("https://shop.example") + "&scope=" + percent_encode(scope) +
           "&locale=en&flow=flow-1";
}

endpoints::Shown PageScene::sign_in(std::string_view email, const std::string& from) {
    const endpoints::Shown asked =
        browser.submit(browser.get(from), "/sign-in/email", {{"email", std::string(email)}});
    return browser.submit(asked, "/sign-in/code", {{"code", world_.outbox.code}});
}

endpoints::Shown PageScene::open_account(std::string_view email) {
    endpoints::Shown page = sign_in(email, "/account");
    if (!page.shows("/account/sign-out")) throw std::runtime_error("not signed in: " + page.body);
    return page;
}

void PageScene::choose(const endpoints::Shown& page, const std::string& path,
                       endpoints::FormFields fields) {
    target_ = endpoints::Browser::action_of(page, path);
    if (target_.empty()) throw std::runtime_error("no form to " + path + " in\n" + page.body);
    for (const char* name : {"token", "person", "via"}) {
        if (page.shows("name=\"" + std::string(name) + "\"")) fields[name] = page.hidden(name);
    }
    fields_ = std::move(fields);
}

Result<void> PageScene::send() {
    // However often it is sent, it is the first time.
    endpoints::Browser visitor = browser;
    router.joined = world_.joined;
    const endpoints::Shown seen = visitor.post_once(target_, fields_);
    constexpr int first_fault_of_ours = 500;
    if (seen.status < first_fault_of_ours) return {};
    return fail(ErrorCode::storage_failed, "The storage failed.", std::to_string(seen.status));
}

}  // namespace latchkey::testing
