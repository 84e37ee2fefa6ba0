#pragma once

// What the tests of the mount list know of each route: a valid request, what the handler hands
// over for it, and how it is refused when its credential is withdrawn between being parsed and
// being run. A route without a lesson fails the test.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/flows/mounted/scene.hpp"

namespace latchkey::testing {

/// What a handler makes of a valid request (the alternatives of http::Reply).
enum class Half : std::uint8_t { none, reads, writes };

/// An answer: its status, and a part of its headers or its body.
struct Expected {
    int status = 200;
    std::string shows;
};

/// How a credential goes, behind the server's back, and what is answered then. Nothing is written,
/// except in the tables named.
struct Withdrawal {
    std::string what;
    std::function<void(Scene&)> withdraw;
    Expected answer;
    std::vector<std::string_view> counted = {};  // tables that keep count of refusals
    /// The name in the body of the credential that goes; empty: it is one of the headers'.
    std::string_view in_body = {};
};

/// Whether a write leaves rows behind.
enum class Rows : std::uint8_t { changed, same };

/// Whether it makes ids that tell the moment (make_ordered_id), of which its tokens tell something:
/// then those are compared by their number.
enum class Moment : std::uint8_t { untold, told };

struct Lesson {
    std::string name;
    http::Method method = http::Method::get;
    std::string_view pattern = {};
    Half half = Half::none;
    std::function<Sent(Scene&)> prepare;
    Expected answer;
    std::vector<Withdrawal> withdrawals = {};
    Rows rows = Rows::changed;
    Moment moment = Moment::untold;
    /// Why a request that is refused without its cookies, or what its body holds, has no
    /// withdrawals.
    std::string_view nothing_to_withdraw = {};
};

[[nodiscard]] std::vector<Lesson> partners_lessons();
[[nodiscard]] std::vector<Lesson> users_lessons();
[[nodiscard]] std::vector<Lesson> oauth_lessons();
[[nodiscard]] std::vector<Lesson> sign_in_lessons();
[[nodiscard]] std::vector<Lesson> account_lessons();
[[nodiscard]] std::vector<Lesson> site_lessons();
[[nodiscard]] std::vector<Lesson> all_lessons();

}  // namespace latchkey::testing
