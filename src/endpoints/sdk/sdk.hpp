#pragma once

// What partners' pages load: the SDK's modules and the brand it shows. Public and the same for
// everyone, so any origin may read them.

#include "branding/brand.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// GET /sdk/{file}: the modules of the web build.
[[nodiscard]] http::Handler sdk_files();

/// GET /sdk/config.json: the brand, by the page's scheme. Colours and logos are there if they are
/// configured; a logo's path is on this server, and its size tells its proportions.
///
///     {"brand":{"name":"Acme ID",
///       "light":{"background":"#4338ca","text":"#ffffff",
///                "logo":{"src":"/brand/3fa9…","width":1024,"height":205}},
///       "dark":{"background":"#a5b4fc","text":"#000000","logo":{…}}}}
[[nodiscard]] http::Handler sdk_config(const branding::Brand& brand);

}  // namespace latchkey::endpoints
