// The demo shop's composition root: reads the command line, wires the parts, serves until told to
// stop. Exit status 0: stopped. 1: it could not start, stderr says why. 2: the command line is not
// right.

#include <httplib.h>
#include <signal.h>
#include <sys/stat.h>
#include <latchkey/client/client.hpp>
#include <latchkey/client/vault.hpp>

#include <charconv>
#include <cstdio>
#include <exception>
#include <expected>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <thread>

#include "options.hpp"
#include "page.hpp"
#include "session_routes.hpp"
#include "web_server.hpp"

namespace storefront {
namespace {

constexpr mode_t others_mask = 0077;

/// Why the shop cannot start, for the terminal.
using Failed = std::unexpected<std::string>;

struct Address {
    std::string host;
    int port = 0;
};

std::optional<Address> parse_address(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return std::nullopt;
    Address address{text.substr(0, colon), 0};
    if (address.host.starts_with('[') && address.host.ends_with(']')) {
        address.host = address.host.substr(1, address.host.size() - 2);
    }
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + colon + 1, end, address.port);
    if (read.ec != std::errc() || read.ptr != end || address.host.empty() || address.port < 1 ||
        address.port > 65535) {
        return std::nullopt;
    }
    return address;
}

std::expected<client::Secret, std::string> read_secret(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & others_mask) != 0) {
        return Failed("others can read the client secret; run: chmod 600 " + path);
    }
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty()) {
        return Failed("cannot read a client secret from " + path);
    }
    return client::Secret(std::move(line));
}

std::expected<void, std::string> make_data_folder(const std::filesystem::path& path) {
    std::error_code failed;
    if (std::filesystem::create_directories(path, failed)) {
        std::filesystem::permissions(path, std::filesystem::perms::owner_all, failed);
    }
    if (failed) return Failed("cannot make " + path.string() + ": " + failed.message());
    return {};
}

std::string without_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

Timestamp system_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// Blocks the signals that end the shop, for this thread and those it starts: `wait` takes them.
class StopSignals {
public:
    StopSignals() {
        ::sigemptyset(&set_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set_, signal);
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    void wait() const {
        int signal = 0;
        ::sigwait(&set_, &signal);
    }

private:
    sigset_t set_{};
};

std::expected<void, std::string> run(const Options& options) {
    const StopSignals signals;
    const std::string latchkey = without_slash(options.latchkey);
    const auto address = parse_address(options.listen);
    if (!address) return Failed(options.listen + ": expected HOST:PORT");
    const std::string public_url =
        without_slash(options.public_url.empty() ? "http://" + options.listen : options.public_url);
    const auto transport =
        public_url.starts_with("https://") ? Transport::https : Transport::loopback_http;

    auto secret = read_secret(options.client_secret_file);
    if (!secret) return Failed(secret.error());
    auto client = client::Client::make({.base_url = latchkey,
                                        .client_id = options.client_id,
                                        .client_secret = std::move(*secret)});
    if (!client) return Failed(client.error().message);
    const std::filesystem::path data(options.data_dir);
    if (auto made = make_data_folder(data); !made) return made;
    auto vault = client::Vault::open({data / "vault", data / "vault.key"});
    if (!vault) return Failed(vault.error().message);

    const Report report = [](std::string_view line) {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
    };
    Shop shop({*client, *vault, system_now, options.client_id});
    Sessions sessions;
    const SessionServices services{shop, sessions, system_now, report, public_url, transport};
    httplib::Server server;
    set_up(server, transport, report);
    mount_page(server, {public_url, latchkey, options.client_id});
    mount_sessions(server, services);
    if (!server.bind_to_port(address->host, address->port)) {
        return Failed("cannot listen on " + options.listen);
    }
    std::thread serving([&server] { server.listen_after_bind(); });

    std::printf("Fern & Fable is open at %s (signs in with %s)\n", public_url.c_str(),
                latchkey.c_str());
    std::fflush(stdout);
    signals.wait();
    server.stop();
    serving.join();
    return {};
}

}  // namespace
}  // namespace storefront

int main(int argc, char** argv) {
    try {
        const auto parsed = storefront::parse_options(argc, argv);
        if (const int* status = std::get_if<int>(&parsed)) return *status;
        const auto done = storefront::run(std::get<storefront::Options>(parsed));
        if (done) return 0;
        std::fprintf(stderr, "latchkey-storefront: %s\n", done.error().c_str());
        return 1;
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "latchkey-storefront: unexpected: %s\n", bug.what());
        return 1;
    }
}
