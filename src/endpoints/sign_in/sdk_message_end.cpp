#include "endpoints/sign_in/completion.hpp"
#include "endpoints/sign_in/ends.hpp"
#include "endpoints/sign_in/respond.hpp"
#include "pages/sign_in_end.hpp"
#include "pages/sign_in_pages.hpp"

namespace latchkey::endpoints {

void SdkMessageEnd::name_origins(pages::PageContext& context) const {
    // RFC 9700 4.16: only a page of the origin that the app has registered may frame the sign-in.
    if (ends.place == interaction::SdkMessage::Place::frame) context.frame_origin = ends.origin;
}

Result<http::Response> SdkMessageEnd::complete(database::ReadTransaction& tx,
                                               const interaction::Completed& completed) const {
    return pages::done_page(page_for(visit), TRY(make_completion(visit, tx, completed)));
}

http::Response SdkMessageEnd::refuse(const interaction::Refused& refused) const {
    return pages::done_page(page_for(visit), pages::refused(visit.sign_in, refused));
}

http::Response SdkMessageEnd::fail(const Error& error) const {
    return pages::done_page(page_for(visit), pages::failed(visit.sign_in, error));
}

}  // namespace latchkey::endpoints
