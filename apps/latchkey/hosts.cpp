#include "apps/latchkey/hosts.hpp"

#include <algorithm>
#include <utility>

#include "base/text/origin.hpp"
#include "base/text/text.hpp"
#include "endpoints/forms.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/site/health.hpp"
#include "http/error_response.hpp"
#include "http/exchange.hpp"
#include "store/realms.hpp"

namespace latchkey::app {
namespace {

/// Who asks: a browser that shows what it gets, a program, or one that speaks OAuth.
enum class Asker : std::uint8_t { browser, program, oauth_client };

Asker asker_of(const http::Request& request) {
    if (request.path.starts_with("/oauth/")) return Asker::oauth_client;
    const std::string_view accepted = request.header("Accept").value_or("");
    return accepted.find("text/html") == std::string_view::npos ? Asker::program : Asker::browser;
}

/// RFC 9110 7.4: the server is not the authority for what was asked.
http::Response misdirected(Asker asker) {
    constexpr Literal text = "Nobody is served under this host.";
    constexpr int status = 421;
    switch (asker) {
        case Asker::browser:
            return http::text_response(status, std::string(text.view()) + "\n")
                .with("Cache-Control", "no-store");
        case Asker::oauth_client:
            return endpoints::oauth_refusal(status, "MISDIRECTED_REQUEST", text);
        case Asker::program: break;
    }
    return http::error_response(status, "MISDIRECTED_REQUEST", text);
}

/// What is answered in place of the first realm's answer under a host that is not its own.
struct Refusals {
    Asker asker;
    http::ErrorShape shape;

    /// Absent: the first realm is alone, and every host is it.
    std::optional<http::Response> refuse(database::ReadTransaction& tx) const {
        const auto others = store::has_other_realms(tx);
        if (!others) return shape(503, "UNAVAILABLE", "Try again shortly").with("Retry-After", "1");
        if (*others) return misdirected(asker);
        return std::nullopt;
    }
    std::optional<http::Response> refuse(database::WriteGroup& group) const {
        const auto tx = group.begin();
        if (!tx) return shape(503, "UNAVAILABLE", "Try again shortly").with("Retry-After", "1");
        return refuse(**tx);
    }
};

http::Write unless_others(http::Write work, const Refusals& refusals) {
    return [refusals, work = std::move(work)](database::WriteGroup& group) -> http::Response {
        if (auto refused = refusals.refuse(group)) return std::move(*refused);
        return work(group);
    };
}

http::Read unless_others(http::Read work, const Refusals& refusals) {
    return [refusals, work = std::move(work)](database::ReadTransaction& tx) -> http::ReadEnd {
        if (auto refused = refusals.refuse(tx)) return std::move(*refused);
        http::ReadEnd end = work(tx);
        if (auto* write = std::get_if<http::Write>(&end)) {
            *write = unless_others(std::move(*write), refusals);
        }
        return end;
    };
}

/// The same reply, unless the store has other realms by the time that it runs.
http::Reply unless_others(http::Reply reply, const Refusals& refusals) {
    if (auto* read = std::get_if<http::Read>(&reply)) {
        return unless_others(std::move(*read), refusals);
    }
    if (auto* write = std::get_if<http::Write>(&reply)) {
        return unless_others(std::move(*write), refusals);
    }
    return unless_others(http::Read([ready = std::get<http::Response>(std::move(reply))](
                                        database::ReadTransaction&) { return ready; }),
                         refusals);
}

/// The host that a request names, once; empty if it names none.
std::string_view host_field(const http::Request& request) {
    return request.header_count("Host") == 1 ? request.header("Host").value_or("") : "";
}

/// The port that may be named although it is the scheme's own (RFC 9110 4.2.3).
std::string_view own_port(http::Transport transport) {
    switch (transport) {
        case http::Transport::https: return ":443";
        case http::Transport::loopback_http: return ":80";
    }
    return {};
}

}  // namespace

Result<void> Hosts::Served::add(const Addition& addition) {
    const auto& [realm, routes] = addition;
    const std::string_view host = host_of(realm.public_origin);
    for (const auto& [unused, site] : sites) {
        if (host_of(site.realm->public_origin) != host) continue;
        return fail(ErrorCode::conflict, "Two realms are on one host.",
                    realm.public_origin + ": each realm needs a host of its own");
    }
    if (first == nullptr) first = &routes;
    is_alone = is_alone && sites.empty();
    const Site site{&realm, &routes, endpoints::transport_of(realm)};
    std::string authority(authority_of(realm.public_origin));
    sites.emplace(authority, site);
    const bool has_own_port = authority == host;
    if (has_own_port) sites.emplace(authority.append(own_port(site.transport)), site);
    return {};
}

Result<void> Hosts::add(std::span<const Addition> additions) {
    if (additions.empty()) return {};
    Served next = served_.get();
    for (const Addition& addition : additions) TRY(next.add(addition));
    served_.publish(std::move(next));
    return {};
}

void Hosts::remove(const realm::Realm& realm) {
    Served next = served_.get();
    std::erase_if(next.sites, [&](const auto& named) { return named.second.realm == &realm; });
    served_.publish(std::move(next));
}

void Hosts::expect_others() {
    Served next = served_.get();
    if (!next.is_alone) return;
    next.is_alone = false;
    served_.publish(std::move(next));
}

http::Reply Hosts::handle(const http::Request& request) const {
    const Served& served = served_.get();
    const std::string_view host = host_field(request);
    if (served.is_alone && served.first != nullptr) {
        const bool is_own = std::ranges::any_of(
            served.sites, [&](const auto& named) { return equal_ascii_case(named.first, host); });
        http::Reply reply = served.first->handle(request);
        if (is_own || request.path == endpoints::health_path.view()) return reply;
        const http::ErrorShape shape =
            request.exchange == nullptr ? http::error_response : request.exchange->error_shape;
        return unless_others(std::move(reply), {asker_of(request), shape});
    }
    const auto found = served.sites.find(ascii_lower(host));
    if (found != served.sites.end()) {
        if (request.exchange != nullptr) request.exchange->transport = found->second.transport;
        return found->second.routes->handle(request);
    }
    if (served.first != nullptr && request.path == endpoints::health_path.view()) {
        return served.first->handle(request);
    }
    return misdirected(asker_of(request));
}

}  // namespace latchkey::app
