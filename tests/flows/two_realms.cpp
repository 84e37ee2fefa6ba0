#include "tests/flows/two_realms.hpp"

#include <fstream>

#include "base/text/text.hpp"
#include "branding/logo.hpp"
#include "clients/client_logos.hpp"
#include "http/cookies.hpp"
#include "pages/logo_paths.hpp"
#include "people/sessions.hpp"
#include "testing/transactions.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::testing {
namespace {

constexpr std::string_view fern_host = "id.fern.example";
constexpr std::string_view acme_host = "id.acme.example";

std::string svg(std::string_view side) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::string(side) + " " +
           std::string(side) + "\"></svg>";
}

std::string write_svg(std::string path, std::string_view side) {
    std::ofstream(path) << svg(side);
    return path;
}

void configure(config::ServerConfig& config) {
    const std::string folder = config.data_dir;
    config.public_url = "https://" + std::string(fern_host);
    config.realm.brand.name = "Fern";
    config.realm.brand.logo = write_svg(folder + "-fern.svg", "40");
    config.realm.passkey_rp_id = fern_host;
    config::RealmSettings& acme = config.realms["acme"];
    acme.brand.name = "Acme";
    acme.brand.logo = write_svg(folder + "-acme.svg", "41");
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    const std::string line = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(line);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + line.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

std::string Answer::between(std::string_view before, std::string_view after) const {
    const std::size_t at = body.find(before);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + before.size();
    return body.substr(begin, body.find(after, begin) - begin);
}

std::string Holder::basic() const {
    return "Basic " + to_base64(as_bytes(app.client_id + ":" + app.client_secret));
}

TwoRealms::TwoRealms()
    : server_(app::Mode::development, configure),
      fern_(fill(*server_.world().open_realms().front(), std::string(fern_host), "Fern")),
      acme_(fill(server_.create_realm("acme", "https://" + std::string(acme_host)),
                 std::string(acme_host), "Acme")) {}

Answer TwoRealms::send(std::string_view host, const Call& call) {
    std::string text = call.method + " " + call.target + " HTTP/1.1\r\nHost: ";
    text += host;
    for (const auto& [name, value] : call.headers) text += "\r\n" + name + ": " + value;
    if (!call.body.empty()) text += "\r\nContent-Length: " + std::to_string(call.body.size());
    text += "\r\n\r\n" + call.body;
    const std::string raw = server_.send(text);
    Answer answer;
    const std::size_t end = raw.find("\r\n\r\n");
    if (end == std::string::npos) throw std::runtime_error(raw);
    answer.head = raw.substr(0, end + 2);
    answer.body = raw.substr(end + 4);
    answer.status = std::stoi(raw.substr(raw.find(' ') + 1, 3));
    return answer;
}

Call TwoRealms::form(std::string target, std::string cookie, std::string body) {
    return {"POST",
            std::move(target),
            {{"Cookie", std::move(cookie)}, {"Content-Type", "application/x-www-form-urlencoded"}},
            std::move(body)};
}

std::string TwoRealms::consent_token(const Holder& holder) {
    return read_once(server_.world().database(), [&](auto& tx) -> Result<std::string> {
        const audit::Context by{audit::Actor::known_operator("test"), "", "cli"};
        const realm::Act act{holder.realm.realm, server_.world().random(), server_.clock().now(),
                             by};
        const tokens::ConsentGrant grant{*ClientId::from_text(holder.app.client_id), holder.user,
                                         *contract_scopes().parse("email profile"),
                                         "http://127.0.0.1:8081"};
        const Secret token = TRY(tokens::issue_consent_token(act, tx, grant));
        return std::string(token.reveal());
    });
}

std::string TwoRealms::start_session(const Holder& holder) {
    const people::NewSession wanted{
        .realm = holder.realm.realm.id(), .user_id = holder.user, .previous_secret = std::nullopt};
    return write_once(server_.world().database(), [&](auto& tx) -> Result<std::string> {
        const Secret secret =
            TRY(people::start_session(tx, server_.world().random(), wanted, server_.clock().now()));
        return std::string(secret.reveal());
    });
}

std::string TwoRealms::account_token(const Holder& holder, const std::string& session) {
    const Answer page =
        send(holder.host, {"GET", "/account", {{"Cookie", "__Host-session=" + session}}, ""});
    EXPECT_EQ(page.status, 200) << page.head;
    return page.between("name=\"token\" value=\"", "\"");
}

Answer TwoRealms::ask_partners(const Holder& holder, std::string_view host,
                               const std::string& query) {
    return send(host, {"POST",
                       "/api/latest/partners/graphql.json",
                       {{"Authorization", holder.basic()}, {"Content-Type", "application/json"}},
                       "{\"query\":\"" + query + "\"}"});
}

Holder TwoRealms::fill(const app::OpenRealm& realm, std::string host, std::string brand) {
    Holder holder{.realm = realm,
                  .host = std::move(host),
                  .brand = std::move(brand),
                  .app = server_.create_app(realm, "openid email profile"),
                  .user = {},
                  .public_id = {},
                  .access_token = {},
                  .refresh_token = {},
                  .session = {},
                  .browser = {},
                  .app_logo_path = {},
                  .brand_logo_path = pages::brand_logo_path(*realm.realm.brand.logo)};
    holder.user = server_.create_user(realm, holder.email());
    const ClientId client_id = *ClientId::from_text(holder.app.client_id);
    const branding::Logo logo = must(branding::make_logo(svg("16")));
    write_once(server_.world().database(),
               [&](auto& tx) { return clients::put_client_logo(tx, client_id, logo); });
    holder.app_logo_path =
        pages::app_logo_path(client_id, {logo.version, logo.size.width, logo.size.height});
    const Answer tokens =
        ask_partners(holder, holder.host,
                     "mutation{fetchTokensForUser(consentToken:\\\"" + consent_token(holder) +
                         "\\\"){publicId accessToken refreshToken userErrors{code}}}");
    holder.public_id = tokens.between("\"publicId\":\"", "\"");
    holder.access_token = tokens.between("\"accessToken\":\"", "\"");
    holder.refresh_token = tokens.between("\"refreshToken\":\"", "\"");
    EXPECT_NE(holder.refresh_token, "") << tokens.body;
    holder.session = start_session(holder);
    const Answer page = send(holder.host, {"GET", "/sign-in?for=account&locale=en", {}, ""});
    const std::string cookie = page.header("Set-Cookie");
    holder.browser = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
    EXPECT_NE(holder.browser, "") << page.head;
    return holder;
}

}  // namespace latchkey::testing
