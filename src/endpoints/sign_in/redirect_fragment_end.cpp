#include "endpoints/sign_in/completion.hpp"
#include "endpoints/sign_in/ends.hpp"
#include "endpoints/sign_in/return.hpp"
#include "pages/sign_in_end.hpp"

namespace latchkey::endpoints {
namespace {

http::Response go_back(const RedirectFragmentEnd& way, const pages::SignInEnd& outcome) {
    const Visit& visit = way.visit;
    return http::see_other(return_url(visit.keys(), way.ends, outcome.message, visit.now))
        .with("Cache-Control", "no-store");
}

}  // namespace

void RedirectFragmentEnd::name_origins(pages::PageContext& context) const {
    context.return_origin = ends.origin;
}

Result<http::Response> RedirectFragmentEnd::complete(
    database::ReadTransaction& tx, const interaction::Completed& completed) const {
    return go_back(*this, TRY(make_completion(visit, tx, completed)));
}

http::Response RedirectFragmentEnd::refuse(const interaction::Refused& refused) const {
    return go_back(*this, pages::refused(visit.sign_in, refused));
}

http::Response RedirectFragmentEnd::fail(const Error& error) const {
    return go_back(*this, pages::failed(visit.sign_in, error));
}

}  // namespace latchkey::endpoints
