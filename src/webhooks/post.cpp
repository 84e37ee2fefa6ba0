#include "webhooks/post.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <memory>
#include <mutex>

namespace latchkey::webhooks {
namespace {

constexpr std::size_t max_answer_bytes = 16UL * 1024;  // nobody reads it
constexpr int poll_milliseconds = 250;

struct EasyDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct MultiDeleter {
    void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
struct ListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// One POST under way. Its address is given to libcurl, so it stays where it is.
struct Transfer {
    std::unique_ptr<CURL, EasyDeleter> handle{curl_easy_init()};
    std::unique_ptr<curl_slist, ListDeleter> headers;
    AddressPolicy addresses = AddressPolicy::public_only;
    std::size_t answer_bytes = 0;
    bool was_refused = false;  // an address was not public
    PostResult result;
};

curl_socket_t open_socket(void* state, curlsocktype /*purpose*/, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(state);
    if (transfer.addresses == AddressPolicy::public_only && !is_public_address(address->addr)) {
        transfer.was_refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Counts the answer and drops it. Past the limit the transfer ends; its status is known by then.
std::size_t drop_answer(char* /*data*/, std::size_t size, std::size_t count, void* state) {
    auto& transfer = *static_cast<Transfer*>(state);
    transfer.answer_bytes += size * count;
    return transfer.answer_bytes > max_answer_bytes ? 0 : size * count;
}

void add_header(Transfer& transfer, const char* line) {
    curl_slist* longer = curl_slist_append(transfer.headers.get(), line);
    if (longer == nullptr) return;
    static_cast<void>(transfer.headers.release());
    transfer.headers.reset(longer);
}

void prepare(Transfer& transfer, const Post& post, const PostOptions& options) {
    CURL* curl = transfer.handle.get();
    transfer.addresses = options.addresses;
    add_header(transfer, "Content-Type: application/json");
    add_header(transfer, "Expect:");  // nothing is big enough to ask first
    for (const std::string& line : post.headers) add_header(transfer, line.c_str());
    const bool local = options.addresses == AddressPolicy::any;

    curl_easy_setopt(curl, CURLOPT_URL, post.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, local ? "https,http" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Latchkey-Webhooks/1");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, transfer.headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(options.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.total_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, &transfer);
    if (!options.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
}

void finish(Transfer& transfer, CURLcode outcome) {
    curl_easy_getinfo(transfer.handle.get(), CURLINFO_RESPONSE_CODE, &transfer.result.status);
    const bool answered = transfer.result.status != 0;
    if (outcome == CURLE_OK || (answered && outcome == CURLE_WRITE_ERROR)) {
        transfer.result.error.clear();
        return;
    }
    transfer.result.error =
        transfer.was_refused ? "the address is not a public one" : curl_easy_strerror(outcome);
    transfer.result.status = 0;
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
            if (state != nullptr) finish(*static_cast<Transfer*>(state), message->data.result);
        }
        if (running > 0) curl_multi_poll(multi, nullptr, 0, poll_milliseconds, nullptr);
    }
}

}  // namespace

std::vector<PostResult> post_all(std::span<const Post> posts, const PostOptions& options,
                                 const std::stop_token& stop) {
    // libcurl wants its global state made once, before threads use it.
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });

    const std::unique_ptr<CURLM, MultiDeleter> multi(curl_multi_init());
    std::vector<std::unique_ptr<Transfer>> transfers;
    for (const Post& post : posts) {
        transfers.push_back(std::make_unique<Transfer>());
        Transfer& transfer = *transfers.back();
        transfer.result.error = "the request could not be made";
        if (!multi || !transfer.handle) continue;
        prepare(transfer, post, options);
        if (curl_multi_add_handle(multi.get(), transfer.handle.get()) == CURLM_OK) {
            transfer.result.error = "the server was stopping";
        }
    }
    if (multi) run(multi.get(), stop);
    std::vector<PostResult> results;
    for (const auto& transfer : transfers) {
        if (multi && transfer->handle) {
            curl_multi_remove_handle(multi.get(), transfer->handle.get());
        }
        results.push_back(std::move(transfer->result));
    }
    return results;
}

}  // namespace latchkey::webhooks
