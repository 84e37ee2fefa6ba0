#include "apps/latchkey/hosts.hpp"

#include <algorithm>
#include <utility>

#include "base/text/origin.hpp"
#include "base/text/text.hpp"
#include "endpoints/forms.hpp"
#include "endpoints/site/health.hpp"
#include "http/error_response.hpp"
#include "http/exchange.hpp"

namespace latchkey::app {
namespace {

/// RFC 9110 7.4: the server is not the authority for what was asked.
http::Response misdirected() {
    return http::error_response(421, "MISDIRECTED_REQUEST", "Nobody is served under this host.")
        .with("Cache-Control", "no-store");
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

Result<void> Hosts::add(const realm::Realm& realm, const http::Router& routes) {
    Served next = served_.get();
    const std::string_view host = host_of(realm.public_origin);
    if (std::ranges::find(next.hosts, host) != next.hosts.end()) {
        return fail(ErrorCode::conflict, "Two realms are on one host.",
                    realm.public_origin + ": each realm needs a host of its own");
    }
    next.only = next.any == nullptr ? &routes : nullptr;
    next.any = &routes;
    next.hosts.push_back(host);
    const Site site{&routes, endpoints::transport_of(realm)};
    std::string authority(authority_of(realm.public_origin));
    next.sites.emplace(authority, site);
    const bool has_own_port = authority == host;
    if (has_own_port) next.sites.emplace(authority.append(own_port(site.transport)), site);
    served_.publish(std::move(next));
    return {};
}

http::Reply Hosts::handle(const http::Request& request) const {
    const Served& served = served_.get();
    if (served.only != nullptr) return served.only->handle(request);
    const auto found = served.sites.find(ascii_lower(host_field(request)));
    if (found != served.sites.end()) {
        if (request.exchange != nullptr) request.exchange->transport = found->second.transport;
        return found->second.routes->handle(request);
    }
    if (served.any != nullptr && request.path == endpoints::health_path.view()) {
        return served.any->handle(request);
    }
    return misdirected();
}

}  // namespace latchkey::app
