#include "endpoints/sign_in/completion.hpp"

#include <string>

#include "realm/act.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::endpoints {

Result<pages::SignInEnd> make_completion(const Visit& visit, database::ReadTransaction& tx,
                                         const interaction::Completed& completed) {
    const interaction::Person& person = completed.person;
    const tokens::ConsentGrant grant{completed.client_id, person.id, completed.granted,
                                     interaction::opener_of(visit.sign_in).origin,
                                     person.authentication};
    const audit::Context source = visit.source();
    const realm::Realm& realm = visit.parts.realm;
    const realm::Act act{realm, visit.parts.ports.random, visit.now, source};
    const Secret token = TRY(tokens::issue_consent_token(act, tx, grant));
    const std::string scopes = realm.scopes.text(completed.granted);
    const Profile& profile = person.profile;
    return pages::completed(visit.sign_in,
                            {profile.email, profile.email_verified, scopes, token.reveal()});
}

}  // namespace latchkey::endpoints
