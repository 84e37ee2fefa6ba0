// Whatever somebody sends as their logo: PNG, JPEG and WebP headers, and SVG. Nothing may crash;
// what is taken has a size within bounds, and is taken again for the same when it is read back.

#include <cstdlib>
#include <string>

#include "branding/logo.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace branding = latchkey::branding;
    const std::string contents(reinterpret_cast<const char*>(data), size);
    const auto logo = branding::make_logo(contents);
    if (!logo) return 0;
    require(logo->size.width >= 1 && logo->size.width <= branding::max_logo_side);
    require(logo->size.height >= 1 && logo->size.height <= branding::max_logo_side);
    const auto again = branding::make_logo(logo->contents);
    require(again && again->type == logo->type && again->version == logo->version);
    return 0;
}
