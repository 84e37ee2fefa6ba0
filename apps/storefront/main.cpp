// The demo shop's composition root: reads the command line, wires the parts, serves until told to
// stop. Exit status 0: stopped. 1: it could not start, stderr says why. 2: the command line is not
// right.

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "config/server_config.hpp"
#include "crypto/system_random.hpp"
#include "http/router.hpp"
#include "net/server.hpp"
#include "net/stop_signal.hpp"
#include "net/storeless.hpp"
#include "options.hpp"
#include "page.hpp"
#include "session_routes.hpp"
#include "workers.hpp"

namespace latchkey::storefront {
namespace {

constexpr unsigned worker_threads = 4;
constexpr std::size_t max_body_bytes = 16U * 1024U;  // a consent token and its braces
constexpr mode_t others_mask = 0077;

Result<Secret> read_secret(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & others_mask) != 0) {
        return fail(ErrorCode::no_permission, "Others can read the client secret",
                    "others can read the client secret; run: chmod 600 " + path);
    }
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty()) {
        return fail(ErrorCode::not_found, "The client secret cannot be read",
                    "cannot read a client secret from " + path);
    }
    return Secret(std::move(line));
}

Result<void> make_data_folder(const std::filesystem::path& path) {
    std::error_code failed;
    if (std::filesystem::create_directories(path, failed)) {
        std::filesystem::permissions(path, std::filesystem::perms::owner_all, failed);
    }
    if (!failed) return {};
    return fail(ErrorCode::no_permission, "The data folder cannot be made",
                "cannot make " + path.string() + ": " + failed.message());
}

std::string without_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

/// The shop has no store: what it hands over asks Latchkey, and waits for the answer.
class Asking final : public net::Storeless {
public:
    explicit Asking(Workers& workers) : workers_(workers) {}
    void write(http::Write work, net::Done done) override {
        // Refused, the job goes and with it `done`, uncalled: that is its answer.
        static_cast<void>(
            workers_.submit([this, work = std::move(work), done = std::move(done)]() mutable {
                Storeless::write(std::move(work), std::move(done));
            }));
    }

private:
    Workers& workers_;
};

net::ServerOptions server_options(const config::ListenAddress& address, const http::Router& router,
                                  Asking& asking, const Clock& clock, Random& random) {
    net::ServerOptions options{
        .host = address.host,
        .port = address.port,
        .threads = 1,
        .tls = std::nullopt,
        .limits = {},
        .handler = [&router](const auto& request) { return router.handle(request); },
        .storage = asking,
        .chain = {},
        .clock = clock,
        .random = random};
    options.limits.message.max_body_bytes = max_body_bytes;
    return options;
}

Result<void> run(Options options) {
    net::StopSignal stop;
    const SystemClock clock;
    crypto::SystemRandom random;
    Log log(STDERR_FILENO, clock);

    options.latchkey = without_slash(std::move(options.latchkey));
    const auto address = TRY(config::parse_listen_address(options.listen));
    const std::string public_url =
        without_slash(options.public_url.empty() ? "http://" + options.listen : options.public_url);
    const auto transport = public_url.starts_with("https://") ? http::Transport::https
                                                              : http::Transport::loopback_http;
    client::ClientOptions client_options;
    client_options.base_url = options.latchkey;
    client_options.client_id = options.client_id;
    client_options.client_secret = TRY(read_secret(options.client_secret_file));
    auto client = TRY(client::Client::make(std::move(client_options)));
    const std::filesystem::path data(options.data_dir);
    TRY(make_data_folder(data));
    auto vault = TRY(client::Vault::open({data / "vault", data / "vault.key"}, random));

    Shop shop({client, vault, clock, options.client_id});
    Sessions sessions(random);
    const SessionServices services{shop, sessions, clock, log, public_url, transport};
    http::Router router;
    mount_page(router, {public_url, options.latchkey, options.client_id});
    mount_sessions(router, services);
    Workers workers(worker_threads);
    Asking asking(workers);
    auto serving = server_options(address, router, asking, clock, random);
    serving.chain.transport = transport;
    serving.chain.report_bug = [&log](std::string_view id, std::string_view what) {
        log.write(LogLevel::error, "bug", {{"id", id}, {"what", what}});
    };
    auto server = TRY(net::Server::start(std::move(serving)));

    log.write(LogLevel::info, "serving", {{"url", public_url}, {"latchkey", options.latchkey}});
    std::printf("Fern & Fable is open at %s (signs in with %s)\n", public_url.c_str(),
                options.latchkey.c_str());
    std::fflush(stdout);
    const int signal = stop.wait();
    log.write(LogLevel::info, "stopping", {{"signal", signal}});
    server->stop();
    log.write(LogLevel::info, "stopped", {});
    return {};
}

}  // namespace
}  // namespace latchkey::storefront

int main(int argc, char** argv) {
    try {
        const auto parsed = latchkey::storefront::parse_options(argc, argv);
        if (const int* status = std::get_if<int>(&parsed)) return *status;
        const auto done =
            latchkey::storefront::run(std::get<latchkey::storefront::Options>(parsed));
        if (done) return 0;
        const auto& error = done.error();
        const std::string text =
            error.detail.empty() ? std::string(error.public_text.view()) : error.detail;
        std::fprintf(stderr, "latchkey-storefront: %s\n", text.c_str());
        return 1;
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "latchkey-storefront: unexpected: %s\n", bug.what());
        return 1;
    }
}
