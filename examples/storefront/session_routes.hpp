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

#include "clock.hpp"
#include "sessions.hpp"
#include "shop.hpp"
#include "web_server.hpp"

namespace storefront {

struct SessionServices {
    Shop& shop;
    Sessions& sessions;
    Clock now;
    Report report;
    std::string public_url;  // the shop's own origin
    Transport transport;
};

/// `services` outlive the server.
void mount_sessions(httplib::Server& server, const SessionServices& services);

}  // namespace storefront
