#include "tests/flows/mounted/scene.hpp"

#include <algorithm>
#include <filesystem>
#include <span>
#include <stdexcept>

#include "base/text/text.hpp"
#include "json/writer.hpp"
#include "testing/must.hpp"
#include "testing/transactions.hpp"

namespace latchkey::testing {
namespace {

constexpr std::string_view all_scopes =
    "openid email profile phone share_metafield metafield_namespace";

std::string encode(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        out += (out.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    }
    return out;
}

void as_deployed(config::ServerConfig& config) {
    config.public_url = "https://id.example.com";
    config.realm.passkey_rp_id = "id.example.com";
}

/// A server that nobody has used: making its keys takes a while, so they are made once.
const std::filesystem::path& unused_data() {
    static const TestServer unused(app::Mode::development, as_deployed);
    static const std::filesystem::path data = unused.folder() / "data";
    return data;
}

void as_copied(config::ServerConfig& config) {
    as_deployed(config);
    std::filesystem::copy(unused_data(), config.data_dir);
    std::filesystem::permissions(config.data_dir, std::filesystem::perms::owner_all);
}

std::string as_json(std::string_view query) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().field("query", query).end_object();
    return body;
}

/// What every request of the browser has.
Sent browser_request(http::Method method, std::string target,
                     const std::map<std::string, std::string>& cookies) {
    Sent sent{method, std::move(target), {{"Host", "id.example.com"}}};
    std::string line;
    for (const auto& [name, value] : cookies) {
        line += (line.empty() ? "" : "; ") + name + "=" + value;
    }
    if (!line.empty()) sent.with("Cookie", line);
    return sent;
}

}  // namespace

Sent Sent::without_credentials() const {
    Sent bare = *this;
    std::erase_if(bare.headers, [](const auto& header) {
        return header.first == "Authorization" || header.first == "Cookie";
    });
    return bare;
}

namespace {

constexpr std::string_view body_credentials[] = {
    "refresh_token", "token",        "client_secret", "result",       "code_verifier",
    "code",          "refreshToken", "publicId",      "consentToken", "passkey_signature"};

/// Where the value of a credential begins in a body; npos: it has none.
std::size_t value_of(std::string_view body, std::string_view name) {
    const bool is_form = !body.starts_with('{');
    const std::string mark = std::string(name) + (is_form ? "=" : ":\\\"");
    std::size_t at = body.find(mark);
    while (at != std::string_view::npos && at > 0 && is_form && body[at - 1] != '&') {
        at = body.find(mark, at + 1);
    }
    return at == std::string_view::npos ? at : at + mark.size();
}

}  // namespace

std::vector<std::string_view> Sent::credentials_in_body() const {
    // Beside a cookie, `token` is the form's: it goes with the session.
    const bool has_cookie =
        std::ranges::any_of(headers, [](const auto& header) { return header.first == "Cookie"; });
    std::vector<std::string_view> names;
    for (const std::string_view name : body_credentials) {
        if (name == "token" && has_cookie) continue;
        if (value_of(body, name) != std::string::npos) names.push_back(name);
    }
    return names;
}

Sent Sent::spoiled(std::string_view in_body) const {
    Sent other = *this;
    const std::size_t at = value_of(body, in_body);
    const std::size_t end = std::min(body.find_first_of("&\\", at), body.size());
    // A digit stays one: what does not parse is refused for that.
    for (char& c : std::span(other.body).subspan(at, end - at)) c = c == '1' ? '2' : '1';
    return other;
}

bool Shown::shows(std::string_view text) const {
    return body.find(text) != std::string::npos || location.find(text) != std::string::npos;
}

std::string Shown::between(std::string_view before, std::string_view after) const {
    const std::size_t begin = body.find(before);
    if (begin == std::string::npos) return {};
    const std::size_t end = body.find(after, begin + before.size());
    return body.substr(begin + before.size(), end - begin - before.size());
}

std::string Shown::hidden(const std::string& name) const {
    return between("name=\"" + name + "\" value=\"", "\"");
}

std::string Shown::action_of(const std::string& path) const {
    if (body.find("action=\"" + path) == std::string::npos) {
        throw std::runtime_error("no form to " + path + " in\n" + body);
    }
    std::string action = path + between("action=\"" + path, "\"");
    for (std::size_t at = action.find("&amp;"); at != std::string::npos;
         at = action.find("&amp;", at)) {
        action.replace(at, 5, "&");
    }
    return action;
}

Shown seen(const http::Response& response) {
    Shown made{response.status, {}, std::string(response.body_view())};
    for (const auto& [name, value] : response.headers) {
        if (name == "Location") made.location = value;
    }
    return made;
}

Scene::Scene(app::Mode mode)
    : server(mode, as_copied),
      app(server.create_app(all_scopes)),
      partner(server.create_app(all_scopes)),
      ada(server.create_user(email)) {}

http::Reply Scene::parse(const Sent& sent) {
    std::vector<http::Header> headers;
    headers.reserve(sent.headers.size());
    for (const auto& [name, value] : sent.headers) headers.push_back({name, value});
    headers_.push_back(std::move(headers));
    http::Request request;
    request.method = sent.method;
    request.target = sent.target;
    request.path = request.target.substr(0, sent.target.find('?'));
    if (request.path.size() < request.target.size()) {
        request.query = request.target.substr(request.path.size() + 1);
    }
    request.headers = headers_.back();
    request.body = sent.body;
    request.request_id = "test-request";
    request.peer_address = "192.0.2.1";
    return server.application().handler()(request);
}

http::Response Scene::finish(http::Reply reply) {
    auto response = server.answer_to(std::move(reply));
    if (!response) throw std::runtime_error("the write lane is full");
    return std::move(*response);
}

Sent Scene::page(const std::string& target) const {
    return browser_request(http::Method::get, target, cookies);
}

Shown Scene::get(const std::string& target) { return receive(finish(parse(page(target)))); }

Sent Scene::form(const Shown& page, const std::string& path, Fields fields) const {
    Sent sent = browser_request(http::Method::post, page.action_of(path), cookies);
    for (const char* name : {"token", "person", "via"}) {
        const std::string value = page.hidden(name);
        if (!value.empty()) fields.try_emplace(name, value);
    }
    sent.with("Content-Type", "application/x-www-form-urlencoded").body = encode(fields);
    return sent;
}

Shown Scene::submit(const Shown& page, const std::string& path, Fields fields) {
    const Sent sent = form(page, path, std::move(fields));
    return receive(finish(parse(sent)));
}

Shown Scene::receive(const http::Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (name != "Set-Cookie") continue;
        const std::size_t equals = value.find('=');
        const std::string cookie = value.substr(0, equals);
        if (value.find("Max-Age=0") != std::string::npos) {
            cookies.erase(cookie);
        } else {
            cookies[cookie] = value.substr(equals + 1, value.find(';') - equals - 1);
        }
    }
    Shown made = seen(response);
    return made.status == 303 && made.location.starts_with('/') ? get(made.location) : made;
}

std::string Scene::sign_in_url(std::string_view scope) const {
    return "/sign-in?client_id=" + app.client_id + "&origin=" + percent_encode(origin) +
           "&scope=" + percent_encode(scope) + "&locale=en&flow=flow-1";
}

Shown Scene::ask_for_code(const std::string& from) {
    return submit(get(from), "/sign-in/email", {{"email", std::string(email)}});
}

Shown Scene::sign_in(const std::string& from) {
    const Shown asked = ask_for_code(from);
    return submit(asked, "/sign-in/code", {{"code", newest_code()}});
}

std::string Scene::newest_code() { return get("/dev/mailbox").between("data-code>", "<"); }

std::string Scene::consent_token() {
    const Shown asked = sign_in(sign_in_url("openid email"));
    const Shown done = submit(asked, "/sign-in/consent", {{"action", "agree"}});
    std::string token = done.between("\"shopConsentToken\":\"", "\"");
    if (token.empty()) throw std::runtime_error("no consent token on\n" + done.body);
    return token;
}

TokenTexts Scene::exchange() {
    const Shown answer =
        call(partners("mutation{fetchTokensForUser(consentToken:\"" + consent_token() +
                      "\"){accessToken refreshToken publicId}}"));
    return {answer.between("\"accessToken\":\"", "\""), answer.between("\"refreshToken\":\"", "\""),
            answer.between("\"publicId\":\"", "\"")};
}

std::string Scene::basic() const {
    return "Basic " + to_base64(as_bytes(app.client_id + ":" + app.client_secret));
}

Sent Scene::graphql(std::string target, std::string authorization, std::string_view query) const {
    Sent sent{http::Method::post, std::move(target), {{"Host", "id.example.com"}}};
    sent.with("Authorization", std::move(authorization)).with("Content-Type", "application/json");
    sent.body = as_json(query);
    return sent;
}

Sent Scene::partners(std::string_view query) const {
    return graphql("/api/unstable/partners/graphql.json", basic(), query);
}

Sent Scene::users(const std::string& access_token, std::string_view query) const {
    return graphql("/api/unstable/users/graphql.json", "Bearer " + access_token, query);
}

Shown Scene::call(const Sent& sent) {
    Shown answer = send(sent);
    if (answer.status != 200 || answer.shows("\"errors\":") || answer.shows("\"message\":")) {
        throw std::runtime_error("refused: " + answer.body);
    }
    return answer;
}

Sent Scene::oauth(std::string target, const Fields& fields) const {
    Sent sent{http::Method::post, std::move(target), {{"Host", "id.example.com"}}};
    sent.with("Authorization", basic()).with("Content-Type", "application/x-www-form-urlencoded");
    sent.body = encode(fields);
    return sent;
}

void Scene::execute(database::Sql sql) {
    write_once(database(), [sql](auto& tx) { return tx.execute(sql, {}); });
}

}  // namespace latchkey::testing
