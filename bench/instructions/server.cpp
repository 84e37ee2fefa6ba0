#include "bench/instructions/server.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <utility>

#include "base/text/text.hpp"
#include "bench/load/prepare/consent_tokens.hpp"
#include "bench/support.hpp"
#include "clients/clients.hpp"
#include "database/run_write.hpp"
#include "http/request_parser.hpp"
#include "http/response_writer.hpp"

namespace latchkey::bench {
namespace {

constexpr std::string_view user_query =
    "query CurrentUser { user { sub email emailVerified givenName familyName name avatar } }";

config::ServerConfig configure(const std::filesystem::path& folder) {
    config::ServerConfig config;
    config.data_dir = folder.string();
    return must(config::complete_config(std::move(config)));
}

/// As net/connection makes it of what a socket brought.
http::Request parse(std::string_view text, http::RequestHead& head) {
    http::HeadScanner scanner;
    const http::ParseLimits limits;
    const auto scanned = scanner.scan(text, limits);
    const std::size_t head_size = std::get<std::size_t>(scanned);
    if (http::parse_head(text.substr(0, head_size), limits, head)) std::exit(1);
    http::Request request;
    request.method = head.method;
    request.method_text = head.method_text;
    request.target = head.target;
    request.path = head.target;
    request.headers = head.headers;
    request.body = text.substr(head_size);
    request.peer_address = "127.0.0.1";
    return request;
}

}  // namespace

void RepeatingRandom::fill(std::span<std::uint8_t> out) {
    const auto bytes = nth_id<UserId>(++count_).bytes;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = bytes[i % bytes.size()];
}

Server::Server(const std::filesystem::path& folder, std::uint64_t people)
    : log_(STDERR_FILENO, clock_, LogLevel::error) {
    const config::ServerConfig config = configure(folder);
    world_ = must(app::Installation::open(config, {.clock = clock_, .random = random_}));
    application_ = must(app::Application::make(*world_, config, app::Mode::development, log_));
    chain_ = std::make_unique<http::Chain>(application_->handler(), application_->chain(), random_);
    engines_ = must(app::make_engines(app::Mode::production, log_));
    constexpr audit::Context by{audit::Actor::system("bench"), "", ""};
    const clients::NewClient wanted{"Bench",
                                    {"http://127.0.0.1:9"},
                                    {"http://127.0.0.1:9/back"},
                                    must(contract_scopes().parse("email profile"))};
    auto created = must(database::run_write(world_->database(), [&](auto& tx) {
        return clients::create_client(world_->act(by), tx, wanted);
    }));
    basic_ =
        to_base64(as_bytes(created.record.id.text() + ":" + std::string(created.secret.reveal())));
    app_ = std::move(created.record);
    people_ = populate(*world_, app_, {.users = people, .sample = people});
}

std::string_view Server::send(std::string_view text) {
    http::RequestHead head;
    http::Request request = parse(text, head);
    http::Response response = finish(chain_->handle(exchange_, request));
    chain_->leave(exchange_, response);
    output_.clear();
    http::append_response(output_, response,
                          {.method = head.method,
                           .after_answer = http::AfterAnswer::keep_open,
                           .date = "Thu, 01 Jan 2026 00:00:00 GMT"});
    chain_->finish(exchange_, request, {response.status, output_.size()});
    return output_;
}

http::Response Server::finish(http::Reply reply) {
    if (auto* response = std::get_if<http::Response>(&reply)) return std::move(*response);
    if (const auto* read = std::get_if<http::Read>(&reply)) {
        const auto tx = must(world_->database().read());
        http::ReadEnd end = (*read)(*tx);
        if (auto* response = std::get_if<http::Response>(&end)) return std::move(*response);
        reply = std::get<http::Write>(std::move(end));
    }
    return std::get<http::Write>(reply)(*group_);
}

void Server::begin_group() {
    group_ = must(world_->database().begin_group(database::Isolation::joint));
}

void Server::commit_group() {
    must(group_->commit());
    group_.reset();
}

void Server::prepare_query() const {
    if (!engines_.users_latest->prepare(user_query)) std::exit(1);
}

std::string Server::request(std::string_view path, std::string_view authorization,
                            std::string_view body) const {
    const std::string_view type =
        path.ends_with(".json") ? "application/json" : "application/x-www-form-urlencoded";
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: {}\r\nContent-Type: {}\r\n"
        "Content-Length: {}\r\n\r\n{}",
        path, authorization, type, body.size(), body);
}

std::string Server::exchange(std::string_view name, std::string_view value) const {
    constexpr std::string_view document =
        "mutation FetchTokensForUser($consentToken: String, $publicId: String) { "
        "fetchTokensForUser(consentToken: $consentToken, publicId: $publicId) { publicId "
        "accessToken refreshToken expiresIn tokenType scope user { sub email emailVerified "
        "givenName familyName } userErrors { code field message } } }";
    return request(
        "/api/latest/partners/graphql.json", "Basic " + basic_,
        fmt::format(R"({{"query":"{}","variables":{{"{}":"{}"}}}})", document, name, value));
}

std::vector<std::string> Server::user_queries() const {
    std::vector<std::string> result;
    for (const Sampled& person : people_) {
        result.push_back(request("/api/latest/users/graphql.json", "Bearer " + person.access_token,
                                 fmt::format(R"({{"query":"{}"}})", user_query)));
    }
    return result;
}

std::vector<std::string> Server::refreshes() const {
    std::vector<std::string> result;
    for (const Sampled& person : people_) {
        result.push_back(request("/oauth/token", "Basic " + basic_,
                                 "grant_type=refresh_token&refresh_token=" + person.refresh_token));
    }
    return result;
}

std::vector<std::string> Server::public_id_exchanges() const {
    std::vector<std::string> result;
    for (const Sampled& person : people_) result.push_back(exchange("publicId", person.public_id));
    return result;
}

std::vector<std::string> Server::consent_exchanges() {
    std::vector<std::string> result;
    for (const std::string& token : sign_consent_tokens(*world_, app_, people_, people_.size())) {
        result.push_back(exchange("consentToken", token));
    }
    return result;
}

}  // namespace latchkey::bench
