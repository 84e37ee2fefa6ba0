#pragma once

// Which realm a request belongs to: the one whose host it names. By the Host field alone, which a
// browser sets itself; nothing that a proxy may add is looked at.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/published.hpp"
#include "base/result.hpp"
#include "http/cookies.hpp"
#include "http/router.hpp"
#include "realm/realm.hpp"

namespace latchkey::app {

class Hosts {
public:
    /// The realm's routes are served from now on; both outlive this. From one thread at a time.
    /// Errors: conflict when another realm is on this host.
    [[nodiscard]] Result<void> add(const realm::Realm& realm, const http::Router& routes);

    /// The answer of the realm that the request's host names. With one realm every host is it. With
    /// several, one that names none is answered 421, health excepted. Thread-safe.
    [[nodiscard]] http::Reply handle(const http::Request& request) const;

private:
    struct Site {
        const http::Router* routes;
        http::Transport transport;
    };
    struct Served {
        const http::Router* only = nullptr;  // null: none, or several
        const http::Router* any = nullptr;
        std::map<std::string, Site, std::less<>> sites;  // by authority: "localhost:8080"
        std::vector<std::string_view> hosts;
    };

    Published<Served> served_;
};

}  // namespace latchkey::app
