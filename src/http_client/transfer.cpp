#include "http_client/transfer.hpp"

#include <sys/socket.h>

#include <mutex>

namespace latchkey::http_client {
namespace {

// libcurl wants its global state made once, before threads use it.
CURL* make_handle() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    return curl_easy_init();
}

}  // namespace

void append(List& list, const char* line) {
    curl_slist* longer = curl_slist_append(list.get(), line);
    if (longer == nullptr) return;
    static_cast<void>(list.release());
    list.reset(longer);
}

Transfer::Transfer() : handle_(make_handle()) {}

curl_socket_t Transfer::open_socket(void* state, curlsocktype /*purpose*/, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(state);
    if (transfer.addresses_ == AddressPolicy::public_only && !is_public_address(address->addr)) {
        transfer.was_refused_ = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void Transfer::begin(const Policy& policy, const char* protocols) {
    CURL* curl = handle_.get();
    curl_easy_reset(curl);
    addresses_ = policy.addresses;
    was_refused_ = false;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // never through a proxy of the environment
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(policy.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(policy.total_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, this);
    if (!policy.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, policy.ca_file.c_str());
}

std::string_view Transfer::describe(CURLcode outcome) const noexcept {
    return was_refused_ ? "the address is not a public one" : curl_easy_strerror(outcome);
}

long Transfer::status() const noexcept {
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
}

}  // namespace latchkey::http_client
