#include "apps/latchkey/brand.hpp"

namespace latchkey::app {
namespace {

Result<std::optional<branding::Logo>> load_logo(const std::string& key, const std::string& path) {
    if (path.empty()) return std::nullopt;
    auto logo = branding::read_logo(path);
    if (logo) return std::move(*logo);
    Error error = logo.error();
    error.detail = "configuration key `" + key + "`: " + error.detail;
    return Failure(std::move(error));
}

}  // namespace

Result<branding::Brand> load_brand(const config::Brand& settings, const std::string& prefix) {
    branding::Brand brand;
    brand.name = settings.name;
    brand.colors = TRY(branding::make_palette(settings.colors));
    brand.logo = TRY(load_logo(prefix + "brand.logo", settings.logo));
    brand.dark_logo = TRY(load_logo(prefix + "brand.dark_logo", settings.dark_logo));
    return brand;
}

}  // namespace latchkey::app
