#include "clients/client_logos.hpp"

#include <string>

#include "base/text/text.hpp"
#include "store/client_logos.hpp"

namespace latchkey::clients {

Result<void> put_client_logo(database::WriteTransaction& tx, ClientId client_id,
                             const branding::Logo& logo) {
    const LogoLabel label{logo.version, logo.size.width, logo.size.height};
    return store::put_client_logo(tx, client_id, label, as_bytes(logo.contents));
}

Result<std::optional<branding::Logo>> find_client_logo(database::ReadTransaction& tx, RealmId realm,
                                                       ClientId client_id) {
    const auto contents = TRY(store::find_client_logo(tx, realm, client_id));
    if (!contents) return std::nullopt;
    return TRY(branding::make_logo(std::string(as_text(*contents))));
}

}  // namespace latchkey::clients
