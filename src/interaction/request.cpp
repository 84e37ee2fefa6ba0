#include "interaction/request.hpp"

#include "base/text/text.hpp"

namespace latchkey::interaction {
namespace {

void append(std::string& query, std::string_view name, std::string_view value) {
    if (!query.empty()) query.push_back('&');
    query += name;
    query.push_back('=');
    query += percent_encode(value);
}

/// What every query of an app begins with.
std::string app_query(const Asked& asked, const Opener& opener) {
    std::string query;
    if (!asked.app) return query;
    append(query, "client_id", asked.app->id.text());
    append(query, "origin", opener.origin);
    append(query, "scope", asked.app->scope);
    append(query, "locale", asked.locale);
    append(query, "flow", opener.flow);
    return query;
}

struct QueryVisitor {
    const Asked& asked;

    std::string operator()(const SdkMessage& ends) const {
        std::string query = app_query(asked, {ends.origin, ends.flow});
        if (ends.place == SdkMessage::Place::frame) append(query, "mode", "iframe");
        return query;
    }
    std::string operator()(const RedirectFragment& ends) const {
        std::string query = app_query(asked, {ends.origin, ends.flow});
        append(query, "mode", "redirect");
        append(query, "return_to", ends.return_to);
        append(query, "code_challenge", ends.code_challenge);
        return query;
    }
    std::string operator()(const OwnAccount&) const {
        std::string query = "for=account";
        append(query, "locale", asked.locale);
        if (asked.prompt == Prompt::login) append(query, "prompt", "login");
        return query;
    }
};

/// None of the parts can hold a newline: hex, registered URLs, scope names, token characters.
std::string app_binding(const Asked& asked, const Opener& opener) {
    std::string binding;
    if (!asked.app) return binding;
    binding += asked.app->id.text();
    binding.push_back('\n');
    binding += opener.origin;
    binding.push_back('\n');
    binding += asked.app->wanted.names;
    binding.push_back('\n');
    return binding += opener.flow;
}

struct BindingVisitor {
    const Asked& asked;

    std::string operator()(const SdkMessage& ends) const {
        std::string binding = app_binding(asked, {ends.origin, ends.flow});
        return ends.place == SdkMessage::Place::frame ? binding + "\nframe" : binding;
    }
    std::string operator()(const RedirectFragment& ends) const {
        return app_binding(asked, {ends.origin, ends.flow}) + "\nredirect\n" + ends.return_to +
               '\n' + ends.code_challenge;
    }
    std::string operator()(const OwnAccount&) const {
        return asked.prompt == Prompt::login ? "account\nagain" : "account";
    }
};

struct OpenerVisitor {
    Opener operator()(const SdkMessage& ends) const noexcept { return {ends.origin, ends.flow}; }
    Opener operator()(const RedirectFragment& ends) const noexcept {
        return {ends.origin, ends.flow};
    }
    Opener operator()(const OwnAccount&) const noexcept { return {}; }
};

}  // namespace

std::string query_of(const Request& request) {
    return std::visit(QueryVisitor{request.asked}, request.ends);
}

std::string binding_of(const Request& request) {
    return std::visit(BindingVisitor{request.asked}, request.ends);
}

Opener opener_of(const Request& request) noexcept {
    return std::visit(OpenerVisitor{}, request.ends);
}

const SdkMessage* find_frame(const Request& request) noexcept {
    const auto* message = std::get_if<SdkMessage>(&request.ends);
    return message != nullptr && message->place == SdkMessage::Place::frame ? message : nullptr;
}

std::string_view host_of(std::string_view origin) noexcept {
    const std::size_t scheme = origin.find("://");
    return scheme == std::string_view::npos ? origin : origin.substr(scheme + 3);
}

}  // namespace latchkey::interaction
