#pragma once

// The images that are not ours: the operator's logo and the apps'. Each is served as the kind that
// its contents are, and opened by itself it runs and loads nothing.

#include "branding/brand.hpp"
#include "http/message.hpp"
#include "realm/realm.hpp"

namespace latchkey::endpoints {

/// GET /brand/{version}. For every origin: partners' pages show it on the button.
[[nodiscard]] http::Handler brand_logos(const branding::Brand& brand);

/// GET /app-logos/{client_id}/{version}, of the realm's apps. `realm` outlives the handler.
[[nodiscard]] http::Handler app_logos(const realm::Realm& realm);

}  // namespace latchkey::endpoints
