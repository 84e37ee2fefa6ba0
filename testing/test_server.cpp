#include "testing/test_server.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <future>
#include <stdexcept>

#include "admin/realms.hpp"
#include "audit/audit.hpp"
#include "clients/clients.hpp"
#include "database/run_write.hpp"
#include "http/request_parser.hpp"
#include "http/response_writer.hpp"
#include "people/users.hpp"
#include "testing/must.hpp"
#include "testing/transactions.hpp"

namespace latchkey::testing {
namespace {

std::filesystem::path make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "latchkey-flow-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    return name;
}

config::ServerConfig test_config(const std::filesystem::path& folder) {
    config::ServerConfig config;
    config.data_dir = (folder / "data").string();
    config.port = 8080;
    return must(config::complete_config(std::move(config)));
}

constexpr audit::Context test_audit{audit::Actor::known_operator("test"), "", "cli"};

}  // namespace

void RepeatableRandom::fill(std::span<std::uint8_t> out) {
    const std::scoped_lock lock(mutex_);
    for (std::uint8_t& byte : out) {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        byte = static_cast<std::uint8_t>(mixed >> 56U);
    }
}

void RepeatableRandom::restart(std::uint64_t seed) {
    const std::scoped_lock lock(mutex_);
    state_ = seed;
}

TestServer::TestServer(app::Mode mode, const std::function<void(config::ServerConfig&)>& configure)
    : folder_(make_folder()) {
    config::ServerConfig config = test_config(folder_);
    if (configure) configure(config);
    log_ = std::make_unique<Log>(STDERR_FILENO, clock_, LogLevel::error);
    world_ = must(app::Installation::open(
        config, {.clock = clock_, .random = random_, .statements = observation::Timing::on}));
    application_ = must(app::Application::make(*world_, config, mode, *log_));
    chain_ = std::make_unique<http::Chain>(application_->handler(), application_->chain(), ids_);
}

TestServer::~TestServer() {
    chain_.reset();
    application_.reset();
    world_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::optional<http::Response> TestServer::answer_to(http::Reply reply, http::ErrorShape shape) {
    if (auto* ready = std::get_if<http::Response>(&reply)) return std::move(*ready);
    if (auto* read = std::get_if<http::Read>(&reply)) {
        auto tx = must(world_->database().read());
        http::ReadEnd end = (*read)(*tx);
        if (auto* response = std::get_if<http::Response>(&end)) return std::move(*response);
        reply = std::get<http::Write>(std::move(end));
    }
    // Dropped without a call, `done` goes and with it the promise: the future says so.
    std::promise<http::Response> answered;
    auto answer = answered.get_future();
    application_->storage().write(
        std::get<http::Write>(std::move(reply)), shape,
        [answered = std::move(answered)](http::Response made, database::AnswerBatch&) mutable {
            answered.set_value(std::move(made));
        });
    try {
        return answer.get();
    } catch (const std::future_error&) {
        return std::nullopt;
    }
}

std::string TestServer::send(std::string_view text) {
    const http::ParseLimits limits;
    http::HeadScanner scanner;
    const auto scanned = scanner.scan(text, limits);
    const auto* head_size = std::get_if<std::size_t>(&scanned);
    if (head_size == nullptr) return "(not a complete request)";
    http::RequestHead head;
    if (const auto refused = http::parse_head(text.substr(0, *head_size), limits, head)) {
        return "(refused: " + std::to_string(refused->status) + ")";
    }
    http::Request request;
    request.method = head.method;
    request.method_text = head.method_text;
    request.target = head.target;
    request.path = head.target.substr(0, head.target.find('?'));
    if (request.path.size() < head.target.size()) {
        request.query = head.target.substr(request.path.size() + 1);
    }
    head.headers.insert(head.headers.begin(), {"X-Request-Id", "test-request"});
    request.headers = head.headers;
    request.body = text.substr(*head_size);
    request.peer_address = "192.0.2.1";

    http::Exchange exchange;
    auto reply = chain_->handle(exchange, request);
    auto response = answer_to(std::move(reply), exchange.error_shape);
    if (!response) return "(overloaded)";
    chain_->leave(exchange, *response);
    std::string out;
    http::append_response(out, *response,
                          {.method = head.method,
                           .after_answer = http::AfterAnswer::keep_open,
                           .date = "Thu, 01 Jan 2026 00:00:00 GMT"});
    chain_->finish(exchange, request, {response->status, out.size()});
    return out;
}

TestServer::App TestServer::create_app(std::string_view scopes) {
    return create_app(*world_->open_realms().front(), scopes);
}

UserId TestServer::create_user(std::string_view email) {
    return create_user(*world_->open_realms().front(), email);
}

TestServer::App TestServer::create_app(const app::OpenRealm& realm, std::string_view scopes) {
    const clients::NewClient wanted{"Fern & Fable",
                                    {"http://127.0.0.1:8081"},
                                    {"http://127.0.0.1:8081/callback"},
                                    must(realm.realm.scopes.parse(scopes))};
    const auto created = must(database::run_write(world_->database(), [&](auto& tx) {
        return clients::create_client(realm.act(world_->ports(), test_audit), tx, wanted);
    }));
    return {created.record.id.text(), std::string(created.secret.reveal())};
}

UserId TestServer::create_user(const app::OpenRealm& realm, std::string_view email) {
    Profile profile;
    profile.email = email;
    profile.email_verified = true;
    profile.given_name = "Ada";
    profile.family_name = "Lovelace";
    return write_once(world_->database(),
                      [&](auto& tx) {
                          return people::create_user(tx, *realm.keys, random_, profile,
                                                     clock_.now());
                      })
        .id;
}

void TestServer::add_realm(std::string name, std::string public_url) {
    const admin::NewRealm wanted{std::move(name), std::move(public_url)};
    const auto keys =
        must(admin::make_realm_keys(world_->keys().wrapping(), random_, clock_.now()));
    (void)write_once(world_->database(), [&](auto& tx) {
        return admin::create_realm(tx, wanted, keys, clock_.now(), test_audit);
    });
}

const app::OpenRealm& TestServer::create_realm(std::string name, std::string public_url) {
    add_realm(std::move(name), std::move(public_url));
    must(application_->serve_new_realms());
    return *world_->open_realms().back();
}

}  // namespace latchkey::testing
