#pragma once

// Which realm a request belongs to: the one whose host it names. By the Host field alone, which a
// browser sets itself; nothing that a proxy may add is looked at.

#include <map>
#include <string>
#include <string_view>

#include "base/published.hpp"
#include "base/result.hpp"
#include "http/cookies.hpp"
#include "http/router.hpp"
#include "realm/realm.hpp"

namespace latchkey::app {

class Hosts {
public:
    // Changed from one thread at a time. Realms and routes outlive this.

    /// The realm's routes are served from now on, under its host; the first realm's come first.
    /// Errors: conflict when another realm is on this host.
    [[nodiscard]] Result<void> add(const realm::Realm& realm, const http::Router& routes);
    /// Its host is a stranger's from now on.
    void remove(const realm::Realm& realm);
    /// The store has other realms than the first, served here or not.
    void expect_others();

    /// The answer of the realm that the request's host names. With one realm in the store every
    /// host is it. With several, one that names none is answered 421, health excepted; so is the
    /// host of one that is not served here. Whether there are several is asked again, in the
    /// request's own transaction, before the first realm answers under a host that is not its own.
    /// Thread-safe.
    [[nodiscard]] http::Reply handle(const http::Request& request) const;

private:
    struct Site {
        const realm::Realm* realm;
        const http::Router* routes;
        http::Transport transport;
    };
    struct Served {
        const http::Router* first = nullptr;
        bool is_alone = true;                            // as far as is known
        std::map<std::string, Site, std::less<>> sites;  // by authority: "localhost:8080"
    };

    Published<Served> served_;
};

}  // namespace latchkey::app
