#include "session_routes.hpp"

#include <optional>
#include <utility>

#include "http/error_response.hpp"
#include "http/form.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace latchkey::storefront {
namespace {

constexpr std::string_view session_cookie = "fern_session";
constexpr http::SameSite same_site = http::SameSite::strict;

http::Response state_response(int status, std::string json) {
    return http::json_response(status, std::move(json)).with("Cache-Control", "no-store");
}

http::Response signed_out() { return state_response(200, R"({"state":"signed_out"})"); }

void write_optional(json::Writer& writer, std::string_view name,
                    const std::optional<std::string>& text) {
    writer.key(name);
    text ? writer.string(*text) : writer.null();
}

http::Response signed_in(const CustomerView& view) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().field("state", "signed_in").key("customer").begin_object();
    write_optional(writer, "name", view.user.name);
    write_optional(writer, "givenName", view.user.given_name);
    write_optional(writer, "email", view.user.email);
    writer.key("emailVerified").boolean(view.user.email_verified.value_or(false));
    writer.field("publicId", view.public_id).field("scope", view.scope);
    writer.key("accessExpiresInSeconds").number(std::int64_t{view.access_expires_in.count()});
    writer.key("membership").begin_object();
    writer.field("tier", view.membership.tier).field("since", view.membership.since);
    writer.end_object().end_object().end_object();
    return state_response(200, std::move(body));
}

int status_of(TroubleKind kind) {
    switch (kind) {
        case TroubleKind::access_withdrawn: return 200;  // the person's own decision is no error
        case TroubleKind::sign_in_refused: return 422;
        case TroubleKind::unreachable: return 503;
        case TroubleKind::shop_error: return 500;
    }
    return 500;
}

std::string new_cookie(const SessionServices& with, std::string_view id) {
    return http::set_cookie({session_cookie, id, same_site, Sessions::lifetime}, with.transport);
}
std::string no_cookie(const SessionServices& with) {
    return http::expire_cookie(session_cookie, same_site, with.transport);
}

std::optional<std::string> session_id(const SessionServices& with, const http::Request& request) {
    const auto id = http::find_cookie(request, session_cookie, with.transport);
    if (!id) return std::nullopt;
    return std::string(*id);
}

http::Response trouble_response(const SessionServices& with, const Trouble& trouble) {
    const auto level = trouble.kind == TroubleKind::shop_error ? LogLevel::error : LogLevel::info;
    with.log.write(level, "trouble",
                   {{"kind", to_string(trouble.kind)}, {"detail", trouble.detail}});
    std::string body;
    json::Writer(body).begin_object().field("state", to_string(trouble.kind)).end_object();
    return state_response(status_of(trouble.kind), std::move(body));
}

// OWASP's first defence against CSRF, next to SameSite: browsers send Origin with every POST.
bool is_from_our_page(const SessionServices& with, const http::Request& request) {
    return request.header_count("origin") == 1 && request.header("origin") == with.public_url;
}

http::Response foreign_origin() {
    return http::error_response(403, "FORBIDDEN_ORIGIN",
                                "This can be asked by the shop's page only");
}

// Calls of the shop that need a signed-in person.
using Use = Attempt<CustomerView> (Shop::*)(Customer&);

http::Reply use_customer(const SessionServices& with, const http::Request& request, Use use) {
    const auto id = session_id(with, request);
    auto customer = id ? with.sessions.find(*id, with.clock.now()) : nullptr;
    if (!customer) return signed_out();
    return http::Write(
        [&with, id = *id, customer = std::move(customer), use](database::WriteGroup&) {
            const auto view = (with.shop.*use)(*customer);
            if (view) return signed_in(*view);
            auto response = trouble_response(with, view.error());
            if (view.error().kind == TroubleKind::access_withdrawn) {
                with.sessions.end(id);
                response.with("Set-Cookie", no_cookie(with));
            }
            return response;
        });
}

std::optional<Secret> read_consent_token(const http::Request& request) {
    if (!http::has_content_type(request, "application/json")) return std::nullopt;
    const auto body = json::parse(request.body);
    const json::Value* token = body ? body->find("consentToken") : nullptr;
    if (token == nullptr || token->string() == nullptr || token->string()->empty()) {
        return std::nullopt;
    }
    return Secret(*token->string());
}

http::Reply sign_in(const SessionServices& with, const http::Request& request) {
    auto token = read_consent_token(request);
    if (!token) {
        return http::error_response(400, "BAD_REQUEST",
                                    "Expected JSON with a text member, consentToken");
    }
    // A session that the browser had before is over, whoever planted it.
    if (const auto before = session_id(with, request)) with.sessions.end(*before);
    return http::Write([&with, token = std::move(*token)](database::WriteGroup&) {
        auto done = with.shop.sign_in({token.reveal()});
        if (!done) return trouble_response(with, done.error());
        const auto id = with.sessions.start(std::move(done->customer), with.clock.now());
        auto response = signed_in(done->view);
        response.with("Set-Cookie", new_cookie(with, id));
        return response;
    });
}

http::Reply sign_out(const SessionServices& with, const http::Request& request) {
    if (const auto id = session_id(with, request)) with.sessions.end(*id);
    auto response = signed_out();
    response.with("Set-Cookie", no_cookie(with));
    return response;
}

template <class Handle>
http::Handler from_our_page(const SessionServices& with, Handle handle) {
    return [&with, handle](const http::Request& request) -> http::Reply {
        if (!is_from_our_page(with, request)) return foreign_origin();
        return handle(with, request);
    };
}

http::Handler button(const SessionServices& with, Use use) {
    return from_our_page(with,
                         [use](const SessionServices& services, const http::Request& request) {
                             return use_customer(services, request, use);
                         });
}

}  // namespace

void mount_sessions(http::Router& router, const SessionServices& services) {
    using http::Method;
    router.add(Method::get, "/session", [&services](const http::Request& request) -> http::Reply {
        return use_customer(services, request, &Shop::read);
    });
    router.add(Method::post, "/session", from_our_page(services, sign_in));
    router.add(Method::post, "/session/refresh", button(services, &Shop::refresh));
    router.add(Method::post, "/session/reread", button(services, &Shop::read_by_public_id));
    router.add(Method::post, "/session/end", from_our_page(services, sign_out));
}

}  // namespace latchkey::storefront
