#pragma once

// A realm as it is served: its routes, and what they are made with.

#include <functional>

#include "apps/latchkey/installation.hpp"
#include "apps/latchkey/routes.hpp"
#include "http/router.hpp"
#include "mail/code_mail.hpp"
#include "people/email_codes.hpp"
#include "webauthn/passkeys.hpp"

namespace latchkey::app {

/// What all realms share. Everything outlives the sites.
struct SharedParts {
    Ports ports;
    clients::SecretUses& secret_uses;
    people::AppReads& app_reads;
    const Engines& engines;
    Mode mode;
    config::Graphiql graphiql;
    /// Called once a mail waits, durably.
    std::function<void()> on_waiting_mail;
};

class RealmSite {
public:
    /// `realm` outlives it.
    RealmSite(const OpenRealm& realm, const SharedParts& shared);
    RealmSite(const RealmSite&) = delete;
    RealmSite& operator=(const RealmSite&) = delete;

    [[nodiscard]] const realm::Realm& realm() const noexcept { return realm_.realm; }
    [[nodiscard]] const http::Router& router() const noexcept { return router_; }

private:
    const OpenRealm& realm_;
    mail::OutboxCodeMailer code_mailer_;
    people::EmailCodes codes_;
    webauthn::RelyingParty relying_party_;
    webauthn::Passkeys passkeys_;
    http::Router router_;
};

}  // namespace latchkey::app
