#include "http_client/mail_session.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "http_client/transfer.hpp"
#include "http_client/url_host.hpp"

namespace latchkey::http_client {
namespace {

// RFC 5321 4.2.1: 5yz replies are permanent.
constexpr long first_permanent_reply = 500;

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

/// The operator chose the server: it may be on their own machine.
Policy policy_of(const MailServer& server) {
    return {.addresses = AddressPolicy::any,
            .connect_timeout = std::chrono::seconds(10),
            .total_timeout = longest_send,
            .ca_file = server.ca_file};
}

void set_login(CURL* curl, const MailServer& server) {
    if (server.user.empty()) return;
    const std::string password(server.password.reveal());
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, password.c_str());  // copied by libcurl
}

MailResult result_of(const Transfer& transfer, CURLcode outcome) {
    using Outcome = MailResult::Outcome;
    const long reply = transfer.status();
    if (outcome == CURLE_OK) return {.outcome = Outcome::taken, .reply = reply, .error = {}};
    const bool is_refused = reply >= first_permanent_reply && outcome != CURLE_LOGIN_DENIED;
    return {.outcome = is_refused ? Outcome::refused : Outcome::not_now,
            .reply = reply,
            .error = std::string(transfer.describe(outcome))};
}

}  // namespace

class MailSession::Curl : public Transfer {};

MailSession::MailSession(MailServer server) : server_(std::move(server)) {}
MailSession::~MailSession() = default;

void MailSession::rest() noexcept { curl_.reset(); }

std::string_view MailSession::host() const noexcept { return url_host(server_.url); }

MailResult MailSession::send(const Envelope& envelope) {
    if (!curl_) curl_ = std::make_unique<Curl>();
    CURL* curl = curl_->handle();
    if (curl == nullptr) {
        rest();
        return {.outcome = MailResult::Outcome::not_now, .reply = 0, .error = "out of memory"};
    }
    const std::string from = "<" + std::string(envelope.from) + ">";
    const std::string to = "<" + std::string(envelope.to) + ">";
    List recipients;
    append(recipients, to.c_str());
    Upload upload{envelope.message};
    const bool required = server_.tls == MailServer::Tls::required;

    curl_->begin(policy_of(server_), "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_URL, server_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_USE_SSL, required ? CURLUSESSL_ALL : CURLUSESSL_TRY);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    set_login(curl, server_);

    MailResult result = result_of(*curl_, curl_easy_perform(curl));
    if (result.outcome != MailResult::Outcome::taken) rest();
    return result;
}

}  // namespace latchkey::http_client
