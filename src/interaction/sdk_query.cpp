#include "interaction/sdk_query.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace latchkey::interaction {
namespace {

constexpr std::string_view account = "account";

bool is_token_character(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

bool is_token(std::string_view text) { return std::ranges::all_of(text, is_token_character); }

bool is_flow(std::string_view text) {
    return !text.empty() && text.size() <= max_flow_characters && is_token(text);
}

bool is_locale(std::string_view text) { return text.size() <= max_locale_bytes && is_token(text); }

bool is_code_challenge(std::string_view text) {
    return text.size() == code_challenge_characters && is_token(text);
}

bool holds(const std::vector<std::string>& registered, std::string_view text) {
    return std::ranges::find(registered, text) != registered.end();
}

/// The query's origin and flow are checked.
Result<Continuation> read_continuation(const SdkQuery& query, const ClientRecord& client) {
    const std::string origin(query.origin);
    const std::string flow(query.flow);
    if (query.mode != "redirect") {
        const auto place =
            query.mode == "iframe" ? SdkMessage::Place::frame : SdkMessage::Place::window;
        return SdkMessage{origin, flow, place};
    }
    // RFC 9700 4.11: byte for byte what the app has registered, and a page of the origin that asks.
    if (!holds(client.redirect_uris, query.return_to) ||
        !query.return_to.starts_with(origin + "/")) {
        return fail(ErrorCode::forbidden, "The app has not registered the address to return to.");
    }
    if (!is_code_challenge(query.code_challenge)) {
        return fail(ErrorCode::invalid_argument, "The code challenge is malformed.");
    }
    return RedirectFragment{origin, flow, std::string(query.return_to),
                            std::string(query.code_challenge)};
}

Result<AskingApp> read_app(const SdkQuery& query, const ClientRecord& client,
                           const ScopeRegistry& scopes) {
    const std::string_view scope = query.scope.empty() ? default_scope : query.scope;
    if (scope.size() > max_scope_bytes) {
        return fail(ErrorCode::invalid_argument, "The list of scopes is too long.");
    }
    const ScopeSet asked = scopes.requested(scope, scopes.known(client.scopes));
    if (asked.empty()) {
        return fail(ErrorCode::invalid_argument,
                    "The page asks for nothing that the app is registered for.");
    }
    return AskingApp{client.id, client.name, std::string(host_of(query.origin)), std::string(scope),
                     make_wanted(scopes, asked)};
}

}  // namespace

std::optional<ClientId> find_app(const SdkQuery& query) {
    if (query.wanted_for == account) return std::nullopt;
    return ClientId::from_text(query.client_id);
}

Result<Request> make_request(const SdkQuery& query, const std::optional<ClientRecord>& client,
                             const ScopeRegistry& scopes) {
    Request request{.asked = {}, .ends = OwnAccount{}};
    if (!is_locale(query.locale)) {
        return fail(ErrorCode::invalid_argument, "The locale is malformed.");
    }
    request.asked.locale = query.locale;
    if (query.wanted_for == account) {
        if (query.prompt == "login") request.asked.prompt = Prompt::login;
        return request;
    }
    if (!client) return fail(ErrorCode::not_found, "There is no app with this client ID.");
    // RFC 9700 4.17: the window that gets the answer is one that the app has registered.
    if (!holds(client->origins, query.origin)) {
        return fail(ErrorCode::forbidden, "The app has not registered this page's origin.");
    }
    if (!is_flow(query.flow)) {
        return fail(ErrorCode::invalid_argument, "The flow is malformed.");
    }
    request.ends = TRY(read_continuation(query, *client));
    request.asked.app = TRY(read_app(query, *client, scopes));
    return request;
}

}  // namespace latchkey::interaction
