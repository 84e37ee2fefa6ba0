#include "pages/logo_paths.hpp"

namespace latchkey::pages {

std::string brand_logo_path(const branding::Logo& logo) { return "/brand/" + logo.version; }

std::string app_logo_path(ClientId client_id, const LogoLabel& label) {
    return "/app-logos/" + client_id.text() + "/" + label.version;
}

}  // namespace latchkey::pages
