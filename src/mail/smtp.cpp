#include "mail/smtp.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>

namespace latchkey::mail {
namespace {

constexpr long connect_timeout_seconds = 10;
constexpr long total_timeout_seconds = 60;

// RFC 5321 4.2.1: 5yz replies are permanent.
constexpr long first_permanent_reply = 500;

struct ListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// What is left of the message to upload.
struct Upload {
    std::string_view rest;
};

std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* state) {
    auto& upload = *static_cast<Upload*>(state);
    const std::size_t taken = std::min(size * count, upload.rest.size());
    std::memcpy(buffer, upload.rest.data(), taken);
    upload.rest.remove_prefix(taken);
    return taken;
}

Failure not_now(std::string detail) {
    return fail(ErrorCode::unavailable, "The mail server cannot be reached.", std::move(detail));
}

}  // namespace

SmtpTransport::SmtpTransport(SmtpOptions options)
    : options_(std::move(options)), handle_(nullptr, curl_easy_cleanup) {
    // libcurl wants its global state made once, before threads use it.
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

Result<void> SmtpTransport::send(const Envelope& envelope) {
    if (!handle_) handle_.reset(curl_easy_init());
    if (!handle_) return not_now("curl_easy_init failed");
    CURL* curl = handle_.get();
    curl_easy_reset(curl);  // the settings; the connection stays
    const std::string from = "<" + std::string(envelope.from) + ">";
    const std::string to = "<" + std::string(envelope.to) + ">";
    const std::unique_ptr<curl_slist, ListDeleter> recipients(
        curl_slist_append(nullptr, to.c_str()));
    Upload upload{envelope.message};
    const bool required = options_.tls == SmtpOptions::Tls::required;

    curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, required ? CURLUSESSL_ALL : CURLUSESSL_TRY);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, total_timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");  // never through a proxy of the environment
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    if (!options_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, options_.ca_file.c_str());
    if (!options_.user.empty()) {
        const std::string password(options_.password.reveal());
        curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password.c_str());  // copied by libcurl
    }

    const CURLcode outcome = curl_easy_perform(curl);
    if (outcome == CURLE_OK) return {};
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    rest();  // after a failure, from the beginning
    // The reply's text may quote the address, so only its number goes into the log.
    std::string detail =
        std::string(curl_easy_strerror(outcome)) + ", reply " + std::to_string(reply);
    // A refused login is the operator's to mend: the mail is good and waits.
    if (reply >= first_permanent_reply && outcome != CURLE_LOGIN_DENIED) {
        return fail(ErrorCode::invalid_argument, "The mail server refused the mail.",
                    std::move(detail));
    }
    return not_now(std::move(detail));
}

}  // namespace latchkey::mail
