#pragma once

// One libcurl handle under a policy. For this folder's .cpp files: it includes libcurl.

#include <curl/curl.h>

#include <memory>
#include <string_view>

#include "http_client/policy.hpp"

namespace latchkey::http_client {

struct ListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListDeleter>;

/// Puts a line at the list's end; without memory for it the list stays as it is.
void append(List& list, const char* line);

/// Its address is given to libcurl, so it stays where it is.
class Transfer {
public:
    Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Null: libcurl had no memory.
    [[nodiscard]] CURL* handle() const noexcept { return handle_.get(); }

    /// Forgets all settings, not the connection, and sets what the policy says. `protocols` as
    /// libcurl names them: "https", "smtp,smtps".
    void begin(const Policy& policy, const char* protocols);

    /// What happened, in words of libcurl or of ours.
    [[nodiscard]] std::string_view describe(CURLcode outcome) const noexcept;
    /// Of HTTP or SMTP; 0: no answer came.
    [[nodiscard]] long status() const noexcept;

private:
    static curl_socket_t open_socket(void* state, curlsocktype purpose, curl_sockaddr* address);

    struct Deleter {
        void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
    };
    std::unique_ptr<CURL, Deleter> handle_;
    AddressPolicy addresses_ = AddressPolicy::public_only;
    bool was_refused_ = false;  // an address was not public
};

}  // namespace latchkey::http_client
