#pragma once

// Which realm a request belongs to: the one whose host it names. By the Host field alone, which a
// browser sets itself; nothing that a proxy may add is looked at.

#include <map>
#include <span>
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

    struct Addition {
        const realm::Realm& realm;
        const http::Router& routes;
    };
    /// The realms' routes are served from now on, each under its host; the first realm's come
    /// first. All at once: every change keeps a copy of all sites. Errors: conflict when two realms
    /// are on one host, and then nothing has changed.
    [[nodiscard]] Result<void> add(std::span<const Addition> additions);
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

        [[nodiscard]] Result<void> add(const Addition& addition);
    };

    Published<Served> served_;
};

}  // namespace latchkey::app
