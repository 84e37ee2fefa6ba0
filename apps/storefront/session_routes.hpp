#pragma once

// What the page's script asks the shop's server. Every answer is JSON about the person's own
// session, {"state":…}, and holds no token.
//
//     GET  /session            signed_in with the customer, signed_out, or access_withdrawn
//     POST /session            {"consentToken":…}: signs in
//     POST /session/refresh    "Refresh my token"
//     POST /session/reread     "Read again by publicId"
//     POST /session/end        "Sign out"
//
// A POST is believed only with the shop's own Origin: no other page can press these buttons.

#include <string>

#include "base/log.hpp"
#include "http/cookies.hpp"
#include "http/router.hpp"
#include "sessions.hpp"
#include "shop.hpp"

namespace latchkey::storefront {

struct SessionServices {
    Shop& shop;
    Sessions& sessions;
    const Clock& clock;
    Log& log;
    std::string public_url;
    http::Transport transport;
};

/// `services` outlive the router.
void mount_sessions(http::Router& router, const SessionServices& services);

}  // namespace latchkey::storefront
