#include "session_routes.hpp"

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <ranges>
#include <string_view>
#include <utility>

namespace storefront {
namespace {

using httplib::Request;
using httplib::Response;
using Json = nlohmann::ordered_json;

void answer(Response& response, int status, const Json& json) {
    response.status = status;
    // What is not UTF-8 becomes U+FFFD.
    response.set_content(json.dump(-1, ' ', false, Json::error_handler_t::replace),
                         "application/json");
    response.set_header("Cache-Control", "no-store");
}

void answer_signed_out(Response& response) { answer(response, 200, {{"state", "signed_out"}}); }

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

void answer_signed_in(Response& response, const CustomerView& view) {
    const Json membership = {{"tier", view.membership.tier}, {"since", view.membership.since}};
    const Json customer = {{"name", or_null(view.user.name)},
                           {"givenName", or_null(view.user.given_name)},
                           {"email", or_null(view.user.email)},
                           {"emailVerified", view.user.email_verified.value_or(false)},
                           {"publicId", view.public_id},
                           {"scope", view.scope},
                           {"accessExpiresInSeconds", view.access_expires_in.count()},
                           {"membership", membership}};
    answer(response, 200, {{"state", "signed_in"}, {"customer", customer}});
}

// Cookies (RFC 6265). Over TLS the __Host- prefix binds it to this host. -----------------------

std::string cookie_name(const SessionServices& with) {
    return with.transport == Transport::https ? "__Host-fern_session" : "fern_session";
}

void set_cookie(const SessionServices& with, Response& response, std::string_view id,
                std::chrono::seconds max_age) {
    std::string cookie = cookie_name(with);
    cookie.append("=").append(id).append("; Path=/; HttpOnly; SameSite=Strict");
    if (with.transport == Transport::https) cookie += "; Secure";
    cookie.append("; Max-Age=").append(std::to_string(max_age.count()));
    response.set_header("Set-Cookie", cookie);
}

void drop_cookie(const SessionServices& with, Response& response) {
    set_cookie(with, response, "", std::chrono::seconds(0));
}

std::string_view without_spaces(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// Absent also when there are two: one of them is somebody else's.
std::optional<std::string> session_id(const SessionServices& with, const Request& request) {
    const std::string wanted = cookie_name(with) + "=";
    std::optional<std::string> found;
    const auto [first, last] = request.headers.equal_range("Cookie");
    for (const auto& [name, cookies] : std::ranges::subrange(first, last)) {
        std::string_view rest = cookies;
        while (!rest.empty()) {
            const std::size_t end = rest.find(';');
            const std::string_view pair = without_spaces(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            if (!pair.starts_with(wanted)) continue;
            if (found) return std::nullopt;
            found = pair.substr(wanted.size());
        }
    }
    return found;
}

// What went wrong. ------------------------------------------------------------------------------

int status_of(FailureKind kind) {
    switch (kind) {
        case FailureKind::access_withdrawn: return 200;  // the person's own decision is no error
        case FailureKind::sign_in_refused: return 422;
        case FailureKind::unreachable: return 503;
        case FailureKind::shop_error: return 500;
    }
    return 500;
}

void answer_failure(const SessionServices& with, Response& response, const Failure& failure) {
    with.report(std::string(to_string(failure.kind)).append(": ").append(failure.detail));
    answer(response, status_of(failure.kind), {{"state", to_string(failure.kind)}});
}

// OWASP's first defence against CSRF, next to SameSite: browsers send Origin with every POST.
bool is_from_our_page(const SessionServices& with, const Request& request) {
    return request.get_header_value_count("Origin") == 1 &&
           request.get_header_value("Origin") == with.public_url;
}

// The routes. -----------------------------------------------------------------------------------

using Handle = void (*)(const SessionServices&, const Request&, Response&);

// `call`: one of the shop's calls that need a signed-in person.
template <Attempt<CustomerView> (Shop::*call)(Customer&)>
void use_customer(const SessionServices& with, const Request& request, Response& response) {
    const auto id = session_id(with, request);
    const auto customer = id ? with.sessions.find(*id, with.now()) : nullptr;
    if (!customer) return answer_signed_out(response);
    const auto view = (with.shop.*call)(*customer);
    if (view) return answer_signed_in(response, *view);
    answer_failure(with, response, view.error());
    if (view.error().kind == FailureKind::access_withdrawn) {
        with.sessions.end(*id);
        drop_cookie(with, response);
    }
}

std::optional<client::Secret> read_consent_token(const Request& request) {
    if (!request.get_header_value("Content-Type").starts_with("application/json")) {
        return std::nullopt;
    }
    const Json body = Json::parse(request.body, nullptr, false);
    const auto token = body.find("consentToken");
    if (token == body.end() || !token->is_string()) return std::nullopt;
    client::Secret secret(token->get<std::string>());
    if (secret.empty()) return std::nullopt;
    return secret;
}

void sign_in(const SessionServices& with, const Request& request, Response& response) {
    const auto token = read_consent_token(request);
    if (!token) {
        return answer(response, 400, {{"error", "Expected JSON with a text member, consentToken"}});
    }
    // A session that the browser had before is over, whoever planted it.
    if (const auto before = session_id(with, request)) with.sessions.end(*before);
    auto done = with.shop.sign_in({token->reveal()});
    if (!done) return answer_failure(with, response, done.error());
    answer_signed_in(response, done->view);
    set_cookie(with, response, with.sessions.start(std::move(done->customer), with.now()),
               Sessions::lifetime);
}

void sign_out(const SessionServices& with, const Request& request, Response& response) {
    if (const auto id = session_id(with, request)) with.sessions.end(*id);
    answer_signed_out(response);
    drop_cookie(with, response);
}

httplib::Server::Handler from_our_page(const SessionServices& with, Handle handle) {
    return [&with, handle](const Request& request, Response& response) {
        if (is_from_our_page(with, request)) return handle(with, request, response);
        answer(response, 403, {{"error", "This can be asked by the shop's page only"}});
    };
}

}  // namespace

void mount_sessions(httplib::Server& server, const SessionServices& services) {
    server.Get("/session", [&services](const Request& request, Response& response) {
        use_customer<&Shop::read>(services, request, response);
    });
    server.Post("/session", from_our_page(services, sign_in));
    server.Post("/session/refresh", from_our_page(services, use_customer<&Shop::refresh>));
    server.Post("/session/reread", from_our_page(services, use_customer<&Shop::read_by_public_id>));
    server.Post("/session/end", from_our_page(services, sign_out));
}

}  // namespace storefront
