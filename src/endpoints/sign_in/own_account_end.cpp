#include "endpoints/sign_in/ends.hpp"
#include "endpoints/sign_in/respond.hpp"
#include "pages/sign_in_end.hpp"
#include "pages/sign_in_pages.hpp"

namespace latchkey::endpoints {

void OwnAccountEnd::name_origins(pages::PageContext& /*context*/) const {}

Result<http::Response> OwnAccountEnd::complete(database::ReadTransaction& /*tx*/,
                                               const interaction::Completed& /*completed*/) const {
    return to_account();
}

http::Response OwnAccountEnd::refuse(const interaction::Refused& refused) const {
    return pages::done_page(page_for(visit), pages::refused(visit.sign_in, refused));
}

http::Response OwnAccountEnd::fail(const Error& error) const {
    return pages::error_page(error, page_for(visit).context);
}

}  // namespace latchkey::endpoints
