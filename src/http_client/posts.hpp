#pragma once

// Several HTTP POSTs at once, to addresses that strangers chose. Blocking: for a thread that works
// in the background.
//
// - Each address is judged when its socket is made, which is after the name was resolved and right
//   before connecting to that very address: a name that resolves to something else the second time
//   (DNS rebinding) gains nothing, because there is no second time.
// - Redirects are not followed, no proxy of the environment is used, answers are cut short.

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "http_client/policy.hpp"

namespace latchkey::http_client {

struct Post {
    std::string url;                   // https; http, too, where any address will do
    std::vector<std::string> headers;  // "name: value"
    std::string body;                  // application/json
};

struct PostResult {
    long status = 0;    // of the answer; 0 when none came
    std::string error;  // empty when an answer came; never anything the other side wrote
};

/// Sends all of them, side by side; the results in the same order. Takes policy.total_timeout at
/// most, and a quarter of a second when told to stop.
[[nodiscard]] std::vector<PostResult> post_all(std::span<const Post> posts, const Policy& policy,
                                               const std::stop_token& stop = {});

}  // namespace latchkey::http_client
