#include "http_client/posts.hpp"

#include <memory>

#include "http_client/transfer.hpp"

namespace latchkey::http_client {
namespace {

constexpr std::size_t max_answer_bytes = 16UL * 1024;  // nobody reads it
constexpr int poll_milliseconds = 250;

struct MultiDeleter {
    void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};

/// One POST under way.
struct PostUnderWay {
    Transfer transfer;
    List headers;
    std::size_t answer_bytes = 0;
    PostResult result;
};

/// Counts the answer and drops it. Past the limit the transfer ends; its status is known by then.
std::size_t drop_answer(char* /*data*/, std::size_t size, std::size_t count, void* state) {
    auto& post = *static_cast<PostUnderWay*>(state);
    post.answer_bytes += size * count;
    return post.answer_bytes > max_answer_bytes ? 0 : size * count;
}

void prepare(PostUnderWay& under_way, const Post& post, const Policy& policy) {
    append(under_way.headers, "Content-Type: application/json");
    append(under_way.headers, "Expect:");  // nothing is big enough to ask first
    for (const std::string& line : post.headers) append(under_way.headers, line.c_str());
    const bool local = policy.addresses == AddressPolicy::any;
    under_way.transfer.begin(policy, local ? "https,http" : "https");
    CURL* curl = under_way.transfer.handle();
    curl_easy_setopt(curl, CURLOPT_URL, post.url.c_str());
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Latchkey-Webhooks/1");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, under_way.headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &under_way);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, &under_way);
}

void finish(PostUnderWay& post, CURLcode outcome) {
    const long status = post.transfer.status();
    if (outcome == CURLE_OK || (status != 0 && outcome == CURLE_WRITE_ERROR)) {
        post.result = {.status = status, .error = {}};
    } else {
        post.result = {.status = 0, .error = std::string(post.transfer.describe(outcome))};
    }
}

void run(CURLM* multi, const std::stop_token& stop) {
    int running = 1;
    while (running > 0 && !stop.stop_requested()) {
        if (curl_multi_perform(multi, &running) != CURLM_OK) return;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            void* state = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &state);
            if (state != nullptr) finish(*static_cast<PostUnderWay*>(state), message->data.result);
        }
        if (running > 0) curl_multi_poll(multi, nullptr, 0, poll_milliseconds, nullptr);
    }
}

}  // namespace

std::vector<PostResult> post_all(std::span<const Post> posts, const Policy& policy,
                                 const std::stop_token& stop) {
    std::vector<std::unique_ptr<PostUnderWay>> all;
    for (const Post& post : posts) {
        all.push_back(std::make_unique<PostUnderWay>());
        all.back()->result.error = "the request could not be made";
        if (all.back()->transfer.handle() != nullptr) prepare(*all.back(), post, policy);
    }
    const std::unique_ptr<CURLM, MultiDeleter> multi(curl_multi_init());
    for (const auto& post : all) {
        CURL* curl = post->transfer.handle();
        if (!multi || curl == nullptr) continue;
        if (curl_multi_add_handle(multi.get(), curl) == CURLM_OK) {
            post->result.error = "the server was stopping";
        }
    }
    if (multi) run(multi.get(), stop);
    std::vector<PostResult> results;
    for (const auto& post : all) {
        CURL* curl = post->transfer.handle();
        if (multi && curl != nullptr) curl_multi_remove_handle(multi.get(), curl);
        results.push_back(std::move(post->result));
    }
    return results;
}

}  // namespace latchkey::http_client
