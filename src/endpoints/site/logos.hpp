#pragma once

// The images that are not ours: the operator's logo and the apps'. Each is served as the kind that
// its contents are, and opened by itself it runs and loads nothing.

#include "branding/brand.hpp"
#include "database/database.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// GET /brand/{version}. For every origin: partners' pages show it on the button.
[[nodiscard]] http::Handler brand_logos(const branding::Brand& brand);

/// GET /app-logos/{client_id}/{version}.
[[nodiscard]] http::Handler app_logos(database::Database& database);

}  // namespace latchkey::endpoints
