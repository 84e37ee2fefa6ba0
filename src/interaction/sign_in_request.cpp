#include "interaction/sign_in_request.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "http/form.hpp"
#include "store/clients.hpp"

namespace latchkey::interaction {
namespace {

bool is_token_character(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
}

bool is_flow(std::string_view text) {
    return !text.empty() && text.size() <= max_flow_characters &&
           std::ranges::all_of(text, is_token_character);
}

bool is_locale(std::string_view text) {
    return text.size() <= max_locale_bytes && std::ranges::all_of(text, is_token_character);
}

bool is_code_challenge(std::string_view text) {
    return text.size() == code_challenge_characters &&
           std::ranges::all_of(text, is_token_character);
}

/// What `mode` names, and where redirect mode goes back to. `read` has its client and origin.
Result<void> read_mode(const http::Form& form, SignInRequest& read) {
    const std::string_view mode = form.find("mode").value_or("");
    if (mode == "iframe") read.mode = SignInRequest::Mode::frame;
    if (mode != "redirect") return {};
    read.mode = SignInRequest::Mode::redirect;
    read.return_to = form.find("return_to").value_or("");
    // RFC 9700 4.11: byte for byte what the app has registered, and a page of the origin that asks.
    const bool registered = std::ranges::find(read.client.redirect_uris, read.return_to) !=
                            read.client.redirect_uris.end();
    if (!registered || !read.return_to.starts_with(read.origin + "/")) {
        return fail(ErrorCode::forbidden, "The app has not registered the address to return to.");
    }
    read.code_challenge = form.find("code_challenge").value_or("");
    if (!is_code_challenge(read.code_challenge)) {
        return fail(ErrorCode::invalid_argument, "The code challenge is malformed.");
    }
    return {};
}

Result<std::string> bounded_scope(const http::Form& form) {
    const std::string_view scope = form.find_given("scope").value_or(default_scope);
    if (scope.size() > max_scope_bytes) {
        return fail(ErrorCode::invalid_argument, "The list of scopes is too long.");
    }
    return std::string(scope);
}

}  // namespace

std::string SignInRequest::query() const {
    if (purpose == Purpose::account) {
        std::string out = "for=account&locale=" + percent_encode(locale);
        return prompt == Prompt::login ? out + "&prompt=login" : out;
    }
    std::string out = "client_id=" + client.id.text();
    const auto append = [&out](std::string_view name, std::string_view value) {
        out.push_back('&');
        out += name;
        out.push_back('=');
        out += percent_encode(value);
    };
    append("origin", origin);
    append("scope", scope);
    append("locale", locale);
    append("flow", flow);
    if (mode == Mode::frame) append("mode", "iframe");
    if (mode == Mode::redirect) {
        append("mode", "redirect");
        append("return_to", return_to);
        append("code_challenge", code_challenge);
    }
    return out;
}

std::string SignInRequest::url() const { return "/sign-in?" + query(); }

std::string SignInRequest::link_url() const { return "/sign-in/link?" + query(); }

std::string_view SignInRequest::audience(std::string_view brand_name) const noexcept {
    return purpose == Purpose::account ? brand_name : std::string_view(client.name);
}

std::string SignInRequest::binding() const {
    if (purpose == Purpose::account) return prompt == Prompt::login ? "account\nagain" : "account";
    // None of the parts can hold a newline: hex, registered URLs, a bit mask, token characters.
    std::string text =
        client.id.text() + '\n' + origin + '\n' + std::to_string(scopes.bits()) + '\n' + flow;
    if (mode == Mode::frame) text += "\nframe";
    if (mode == Mode::redirect) text += "\nredirect\n" + return_to + '\n' + code_challenge;
    return text;
}

std::string_view SignInRequest::host() const noexcept {
    const std::string_view text = origin;
    const std::size_t scheme = text.find("://");
    return scheme == std::string_view::npos ? text : text.substr(scheme + 3);
}

Result<SignInRequest> read_sign_in_request(database::ReadTransaction& tx,
                                           const http::Request& request) {
    const http::Form form = TRY(http::parse_query(request));
    SignInRequest read;
    read.locale = form.find("locale").value_or("");
    if (!is_locale(read.locale)) {
        return fail(ErrorCode::invalid_argument, "The locale is malformed.");
    }
    if (form.find("for") == "account") {
        read.purpose = SignInRequest::Purpose::account;
        if (form.find("prompt") == "login") read.prompt = SignInRequest::Prompt::login;
        return read;
    }
    const auto client_id = ClientId::from_text(form.find("client_id").value_or(""));
    if (!client_id) return fail(ErrorCode::invalid_client, "There is no app with this client ID.");
    auto client = TRY(store::find_client(tx, *client_id));
    if (!client) return fail(ErrorCode::invalid_client, "There is no app with this client ID.");
    read.client = std::move(*client);

    // RFC 9700 4.17: the window that gets the answer is one that the app has registered.
    read.origin = form.find("origin").value_or("");
    if (std::ranges::find(read.client.origins, read.origin) == read.client.origins.end()) {
        return fail(ErrorCode::forbidden, "The app has not registered this page's origin.");
    }
    read.flow = form.find("flow").value_or("");
    if (!is_flow(read.flow)) return fail(ErrorCode::invalid_argument, "The flow is malformed.");
    TRY(read_mode(form, read));
    read.scope = TRY(bounded_scope(form));
    read.scopes = requested_scopes(read.scope, read.client.scopes);
    if (read.scopes.empty()) {
        return fail(ErrorCode::invalid_argument,
                    "The page asks for nothing that the app is registered for.");
    }
    return read;
}

}  // namespace latchkey::interaction
