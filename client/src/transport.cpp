#include "transport.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "encoding.hpp"
#include "fail.hpp"

namespace latchkey::client {

struct EasyDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;

namespace {

constexpr const char* user_agent = "latchkey-client/" LATCHKEY_CLIENT_VERSION;
constexpr std::size_t max_request_id_bytes = 128;

struct ListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

struct Reception {
    std::string body;
    std::string request_id;
    std::size_t max_bytes = 0;
    bool is_too_long = false;
};

std::size_t receive_body(const char* data, std::size_t, std::size_t count, void* state) {
    auto& reception = *static_cast<Reception*>(state);
    if (count > reception.max_bytes - reception.body.size()) {
        reception.is_too_long = true;
        return 0;  // ends the transfer
    }
    reception.body.append(data, count);
    return count;
}

std::size_t receive_header(const char* data, std::size_t, std::size_t count, void* state) {
    auto& reception = *static_cast<Reception*>(state);
    const std::string_view line(data, count);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos &&
        equal_ascii_case(line.substr(0, colon), "x-request-id")) {
        const std::string_view id = trim_ascii(line.substr(colon + 1));
        reception.request_id = id.substr(0, max_request_id_bytes);
    }
    return count;
}

HeaderList make_headers(const HttpRequest& request) {
    const Secret authorization(
        std::string("Authorization: ").append(request.authorization.reveal()));
    const std::string content_type = std::string("Content-Type: ").append(request.content_type);
    // libcurl copies the lines, and frees its copies without wiping them.
    HeaderList list(curl_slist_append(nullptr, authorization.reveal().data()));
    if (!list) return list;
    // An empty Expect keeps libcurl from waiting for 100 Continue.
    for (const char* line : {content_type.c_str(), "Accept: application/json", "Expect:"}) {
        curl_slist* longer = curl_slist_append(list.get(), line);
        if (longer == nullptr) return nullptr;
    }
    return list;
}

// Everything that is the same for each request of a handle.
void set_policy(CURL* curl, const TransportOptions& options) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);  // a redirect would carry the secret along
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (!options.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, long{options.connect_timeout.count()});
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, long{options.total_timeout.count()});
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, user_agent);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive_body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, receive_header);
}

std::unexpected<Error> not_reached(CURLcode code) {
    return fail(ErrorKind::transport, std::string("no answer: ") + curl_easy_strerror(code));
}

}  // namespace

/// Handles that wait for their next call, each with its open connection.
class Transport::Handles {
public:
    [[nodiscard]] EasyHandle take(const TransportOptions& options) {
        {
            const std::scoped_lock lock(mutex_);
            if (!idle_.empty()) {
                EasyHandle handle = std::move(idle_.back());
                idle_.pop_back();
                return handle;
            }
        }
        EasyHandle handle(curl_easy_init());
        if (handle) set_policy(handle.get(), options);
        return handle;
    }
    void give_back(EasyHandle handle) {
        const std::scoped_lock lock(mutex_);
        if (idle_.size() < max_idle) idle_.push_back(std::move(handle));
    }

private:
    static constexpr std::size_t max_idle = 16;
    std::mutex mutex_;
    std::vector<EasyHandle> idle_;  // guarded by mutex_
};

Transport::Transport(TransportOptions options)
    : options_(std::move(options)), handles_(std::make_unique<Handles>()) {
    // libcurl wants its global state made once, before threads use it.
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

Transport::~Transport() = default;

Result<HttpAnswer> Transport::post(const HttpRequest& request) {
    EasyHandle handle = handles_->take(options_);
    const HeaderList headers = make_headers(request);
    if (!handle || !headers) return not_reached(CURLE_OUT_OF_MEMORY);
    CURL* curl = handle.get();
    Reception reception;
    reception.max_bytes = options_.max_answer_bytes;
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.reveal().data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reception);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reception);

    const CURLcode code = curl_easy_perform(curl);
    Secret body(std::move(reception.body));
    if (reception.is_too_long) {
        return fail(ErrorKind::malformed_answer, "the answer is longer than max_answer_bytes");
    }
    if (code != CURLE_OK) return not_reached(code);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    handles_->give_back(std::move(handle));
    return HttpAnswer{static_cast<int>(status), std::move(reception.request_id), std::move(body)};
}

bool is_safe_base_url(std::string_view url) {
    std::string_view rest = url;
    const bool is_https = rest.starts_with("https://");
    if (!is_https && !rest.starts_with("http://")) return false;
    rest.remove_prefix(is_https ? 8 : 7);
    // A host and perhaps a port, which go into headers and policies as they are.
    const auto belongs = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    };
    if (rest.empty() || !std::ranges::all_of(rest, belongs)) return false;
    if (is_https) return true;
    const std::size_t end = rest.starts_with('[') ? rest.find(']') + 1 : rest.find(':');
    const std::string_view host = rest.substr(0, end);
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

}  // namespace latchkey::client
