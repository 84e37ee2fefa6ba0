#include "endpoints/sign_in/visit.hpp"

#include <optional>
#include <utility>

#include "base/text/text.hpp"
#include "crypto/constant_time.hpp"
#include "interaction/sdk_query.hpp"
#include "people/sessions.hpp"
#include "people/users.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::endpoints {
namespace {

interaction::SdkQuery sdk_query(const http::Form& query) {
    const auto field = [&query](std::string_view name) { return query.find(name).value_or(""); };
    return {.wanted_for = field("for"),
            .prompt = field("prompt"),
            .client_id = field("client_id"),
            .origin = field("origin"),
            .scope = field("scope"),
            .locale = field("locale"),
            .flow = field("flow"),
            .mode = field("mode"),
            .return_to = field("return_to"),
            .code_challenge = field("code_challenge")};
}

Result<interaction::Request> read_sign_in(const realm::Realm& realm, database::ReadTransaction& tx,
                                          const http::Form& form) {
    const interaction::SdkQuery query = sdk_query(form);
    std::optional<ClientRecord> client;
    if (const auto id = interaction::find_app(query)) {
        client = TRY(store::find_client(tx, realm.id(), *id));
    }
    return interaction::make_request(query, client, realm.scopes);
}

std::optional<std::string_view> session_secret(const Visit& visit) {
    return http::find_cookie(visit.request, session_cookie_of(visit.sign_in).name,
                             transport_of(visit.parts.realm));
}

}  // namespace

Incoming read_incoming(const http::Request& request) {
    auto query = http::parse_query(request);
    const auto& texts = texts_for(query, request);
    return {request, std::move(query), texts};
}

Result<Visit> read_visit(const SignInParts& parts, database::ReadTransaction& tx,
                         const Incoming& incoming) {
    if (!incoming.query) return Failure(incoming.query.error());
    Visit visit{.parts = parts,
                .request = incoming.request,
                .texts = incoming.texts,
                .sign_in = TRY(read_sign_in(parts.realm, tx, *incoming.query)),
                .browser_secret = {},
                .state = {},
                .now = parts.ports.clock.now()};
    const auto secret = find_browser_secret(visit.request, transport_of(parts.realm));
    if (!secret) return visit;
    visit.browser_secret = *secret;
    visit.state = find_state(visit.place(), visit.request, visit.now);
    return visit;
}

Result<Visit> read_form_visit(const SignInParts& parts, database::ReadTransaction& tx,
                              const Incoming& incoming, const http::Form& form) {
    Visit visit = TRY(read_visit(parts, tx, incoming));
    if (visit.browser_secret.empty()) return not_our_form();
    const std::string expected = visit.token();
    const std::string_view token = form.find("token").value_or("");
    if (!crypto::equal_constant_time(as_bytes(expected), as_bytes(token))) return not_our_form();
    return visit;
}

Result<interaction::Facts> look_up_facts(const Visit& visit, database::ReadTransaction& tx,
                                         std::string_view sent_person_token) {
    using interaction::Facts;
    using interaction::Person;
    Facts facts;
    if (visit.parts.passkeys.enabled()) facts.passkeys = Facts::Passkeys::on;
    const auto secret = session_secret(visit);
    if (!secret) return facts;
    const auto session = TRY(people::find_session(tx, visit.parts.realm.id(), *secret, visit.now));
    if (!session) return facts;
    auto user = TRY(people::find_user(tx, visit.keys(), session->user_id));
    if (!user) return facts;

    Person person{.id = user->id, .profile = std::move(user->profile), .granted_before = {}};
    person.authentication = {session->id, session->created_at};
    if (const auto& app = visit.sign_in.asked.app) {
        const auto connection = TRY(store::find_connection(tx, person.id, app->id));
        const bool live = connection && connection->state == ConnectionState::live;
        if (live) {
            const ScopeRegistry& scopes = visit.parts.realm.scopes;
            person.granted_before = scopes.known(connection->scopes);
        }
        person.connection_revocations = tokens::connection_revocations(connection);
    }
    const bool is_form = !sent_person_token.empty();
    if (is_form && sent_person_token == person_token(visit.keys(), visit.token(), person.id)) {
        person.form = Person::Form::own;
    }
    facts.person = std::move(person);
    return facts;
}

}  // namespace latchkey::endpoints
