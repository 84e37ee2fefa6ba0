#pragma once

// What the SDK's pop-up asks for, in the query of every sign-in URL, checked against what the app
// is registered for. None of it is secret; all of it is believed only as far as it is checked.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "database/database.hpp"
#include "http/message.hpp"
#include "model/records.hpp"

namespace latchkey::interaction {

inline constexpr std::size_t max_flow_characters = 128;
inline constexpr std::size_t max_scope_bytes = 1024;
inline constexpr std::size_t max_locale_bytes = 35;           // RFC 5646 4.4.1
inline constexpr std::size_t code_challenge_characters = 43;  // SHA-256 in base64url

/// Asked for when the SDK names no scope: who the person is, and no more.
inline constexpr std::string_view default_scope = "openid email";

struct SignInRequest {
    /// An app that wants to know who it is, or our own account page (`for=account`).
    enum class Purpose : std::uint8_t { app, account };
    Purpose purpose = Purpose::app;
    /// `prompt=login`, for the account page: a live session does not do.
    enum class Prompt : std::uint8_t { none, login };
    Prompt prompt = Prompt::none;
    /// Where the SDK shows the pages: a window of their own; `mode=iframe`, a frame in the app's
    /// page; `mode=redirect`, the app's own window, which comes back to `return_to`.
    enum class Mode : std::uint8_t { window, frame, redirect };
    Mode mode = Mode::window;
    std::string return_to;       // redirect: one of the client's redirect URIs, at `origin`
    std::string code_challenge;  // redirect: S256 of what opens the outcome (RFC 7636 4.2)
    ClientRecord client;         // empty for the account page
    std::string origin;  // one of the client's, byte for byte: the only receiver of a message
    std::string scope;   // as asked
    ScopeSet scopes;     // asked for and registered; never empty
    std::string locale;  // as asked, perhaps empty
    std::string flow;    // the SDK's name for this press of the button

    /// "client_id=…&origin=…": the parameters that were read, escaped. Nothing else is passed on.
    [[nodiscard]] std::string query() const;
    /// "/sign-in?" and the query: where every step's 303 goes.
    [[nodiscard]] std::string url() const;
    /// "/sign-in/link?" and the query: where a mail's link goes.
    [[nodiscard]] std::string link_url() const;
    /// What the person signs in to: the app's name, or ours.
    [[nodiscard]] std::string_view audience(std::string_view brand_name) const noexcept;
    /// What state cookies and form tokens are bound to: another app, page, scope or flow gives
    /// another text.
    [[nodiscard]] std::string binding() const;
    /// "shop.example:8443": the origin without its scheme, for people to read.
    [[nodiscard]] std::string_view host() const noexcept;
};

/// Errors: malformed (the query), invalid_client (no such app), forbidden (an origin that it has
/// or return address that it has not registered), invalid_argument (scope, flow, locale or code
/// challenge), storage errors.
[[nodiscard]] Result<SignInRequest> read_sign_in_request(database::ReadTransaction& tx,
                                                         const http::Request& request);

}  // namespace latchkey::interaction
