#pragma once

// The images that are not ours: the operator's logo and the apps'. Each is served as the kind that
// its contents are, and opened by itself it runs and loads nothing.

#include <string>

#include "branding/brand.hpp"
#include "database/database.hpp"
#include "http/message.hpp"
#include "model/records.hpp"

namespace latchkey::endpoints {

/// "/brand/3fa9…": where brand_logos serves it. Other contents have another path.
[[nodiscard]] std::string brand_logo_path(const branding::Logo& logo);
/// GET /brand/{version}. For every origin: partners' pages show it on the button.
[[nodiscard]] http::Handler brand_logos(const branding::Brand& brand);

/// "/app-logos/<client id>/<version>".
[[nodiscard]] std::string app_logo_path(ClientId client_id, const LogoLabel& label);
/// GET /app-logos/{client_id}/{version}.
[[nodiscard]] http::Handler app_logos(database::Database& database);

}  // namespace latchkey::endpoints
