#pragma once

// Several HTTP POSTs at once, by libcurl, to addresses that strangers chose. Blocking: for the
// sender's own thread.
//
// - Each address is judged when its socket is made, which is after the name was resolved and right
//   before connecting to that very address: a name that resolves to something else the second time
//   (DNS rebinding) gains nothing, because there is no second time.
// - Redirects are not followed, no proxy of the environment is used, answers are cut short.

#include <chrono>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "webhooks/addresses.hpp"

namespace latchkey::webhooks {

struct PostOptions {
    AddressPolicy addresses = AddressPolicy::public_only;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds total_timeout{10'000};
    std::string ca_file;  // empty: the system's certificates
};

struct Post {
    std::string url;
    std::vector<std::string> headers;  // "name: value"
    std::string body;                  // application/json
};

struct PostResult {
    long status = 0;    // of the answer; 0 when none came
    std::string error;  // empty when an answer came; never anything the other side wrote
};

/// Sends all of them, side by side; the results in the same order. Takes total_timeout at most, and
/// a quarter of a second when told to stop.
[[nodiscard]] std::vector<PostResult> post_all(std::span<const Post> posts,
                                               const PostOptions& options,
                                               const std::stop_token& stop = {});

}  // namespace latchkey::webhooks
