// A load at a constant rate: request n is due at start + n / rate, whatever the server does, and
// its latency counts from when it was due, not from when a connection was free to send it. A closed
// loop (wrk) stops asking while the server is stuck and so measures the stall once; here every
// request that should have been sent meanwhile carries its share of it.

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using SteadyClock = std::chrono::steady_clock;
using SteadyTime = SteadyClock::time_point;

constexpr std::string_view usage =
    R"(Usage: open_loop PORT RATE SECONDS CONNECTIONS TEMPLATE MATERIAL FIRST NEEDLE

Sends TEMPLATE (a whole HTTP request; {token} is the next line of MATERIAL, in turn; {number} counts
from 1000000 + FIRST) to 127.0.0.1:PORT at RATE a second for SECONDS, on at most CONNECTIONS.
An answer is right when its status is 200 and it contains NEEDLE. Prints one line of JSON; times are
milliseconds from when a request was due.
)";

constexpr std::int64_t first_number = 1'000'000;
constexpr std::chrono::seconds patience{10};  // for answers after the last request

[[noreturn]] void die(std::string_view what) {
    fmt::print(stderr, "open_loop: {}\n", what);
    std::exit(1);
}

template <class Number>
Number number(std::string_view text) {
    Number value{};
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) {
        fmt::print(stderr, "{}", usage);
        std::exit(2);
    }
    return value;
}

struct Options {
    std::uint16_t port;
    double rate;
    double seconds;
    std::size_t connections;
    std::string_view template_file, material_file;
    std::int64_t first;
    std::string_view needle;
};

/// The requests, one after the other.
class Requests {
public:
    explicit Requests(const Options& options) : next_(options.first) {
        std::ifstream file{std::string(options.template_file)};
        std::string text{std::istreambuf_iterator<char>(file), {}};
        std::ifstream material{std::string(options.material_file)};
        for (std::string line; std::getline(material, line);) tokens_.push_back(line);
        if (text.empty() || tokens_.empty()) die("an empty template or no material");
        split(text);
    }

    std::string take() {
        std::string request;
        for (const auto& [literal, hole] : parts_) {
            request += literal;
            if (hole == Hole::token) request += token();
            if (hole == Hole::number) request += std::to_string(first_number + next_);
        }
        ++next_;
        return request;
    }

private:
    enum class Hole : std::uint8_t { none, token, number };

    const std::string& token() const {
        return tokens_[static_cast<std::size_t>(next_) % tokens_.size()];
    }

    void split(std::string_view text) {
        constexpr std::string_view token_hole = "{token}";
        constexpr std::string_view number_hole = "{number}";
        for (;;) {
            const std::size_t token_at = text.find(token_hole);
            const std::size_t number_at = text.find(number_hole);
            const std::size_t at = std::min(token_at, number_at);
            if (at == std::string_view::npos) break;
            const bool is_token = at == token_at;
            parts_.emplace_back(text.substr(0, at), is_token ? Hole::token : Hole::number);
            text.remove_prefix(at + (is_token ? token_hole : number_hole).size());
        }
        parts_.emplace_back(text, Hole::none);
    }

    std::vector<std::pair<std::string, Hole>> parts_;
    std::vector<std::string> tokens_;
    std::int64_t next_;
};

/// A keep-alive connection with at most one request on it.
struct Connection {
    int socket = -1;
    SteadyTime due{};
    std::string out{};
    std::string in{};
    std::size_t needed = 0;  // bytes of the whole answer; 0 until its head is there
};

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        die("cannot connect");
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(socket, F_SETFL, O_NONBLOCK);
    return socket;
}

/// The whole answer's size, once its head is there.
std::size_t answer_size(std::string_view bytes) {
    constexpr std::string_view blank_line = "\r\n\r\n";
    constexpr std::string_view length_name = "content-length: ";
    const std::size_t end = bytes.find(blank_line);
    if (end == std::string_view::npos) return 0;
    std::string head(bytes.substr(0, end));
    std::ranges::transform(head, head.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const std::size_t at = head.find(length_name);
    if (at == std::string::npos) die("an answer without Content-Length");
    return end + blank_line.size() +
           number<std::size_t>(std::string_view(head).substr(at + length_name.size()));
}

class OpenLoop {
public:
    explicit OpenLoop(const Options& options)
        : options_(options),
          requests_(options),
          epoll_(::epoll_create1(EPOLL_CLOEXEC)),
          total_(static_cast<std::int64_t>(options.rate * options.seconds)) {
        connections_.resize(options.connections);
        for (Connection& connection : connections_) {
            connection.socket = connect_to(options.port);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.ptr = &connection;
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
            free_.push_back(&connection);
        }
    }

    void run() {
        latencies_.reserve(static_cast<std::size_t>(total_));
        const SteadyTime start = SteadyClock::now() + std::chrono::milliseconds(10);
        const SteadyTime give_up = start + patience +
                                   std::chrono::duration_cast<SteadyClock::duration>(
                                       std::chrono::duration<double>(options_.seconds));
        std::int64_t planned = 0;
        while (answered_ < total_ && SteadyClock::now() < give_up) {
            const SteadyTime now = SteadyClock::now();
            while (planned < total_ && due(start, planned) <= now) {
                waiting_.push_back(due(start, planned++));
            }
            longest_queue_ = std::max(longest_queue_, waiting_.size());
            while (!waiting_.empty() && !free_.empty()) send_next();
            receive(planned < total_ ? due(start, planned) : now + std::chrono::milliseconds(5));
        }
        report(start);
    }

private:
    SteadyTime due(SteadyTime start, std::int64_t n) const {
        return start + std::chrono::nanoseconds(
                           static_cast<std::int64_t>(static_cast<double>(n) * 1e9 / options_.rate));
    }

    void send_next() {
        // In turn: one that never asks is closed by the server after its time for a first request.
        Connection& connection = *free_.front();
        free_.pop_front();
        connection.due = waiting_.front();
        waiting_.pop_front();
        connection.in.clear();
        connection.needed = 0;
        // A request is far smaller than a socket's buffer, which is empty: it goes out whole.
        connection.out = requests_.take();
        const ssize_t sent =
            ::send(connection.socket, connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
        if (sent != static_cast<ssize_t>(connection.out.size())) die("cannot send");
    }

    void receive(SteadyTime until) {
        const auto left = std::max(until - SteadyClock::now(), SteadyClock::duration::zero());
        const timespec timeout{0, std::min<std::int64_t>(left.count(), 999'999'999)};
        std::array<epoll_event, 128> events{};
        const int ready = ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()),
                                         &timeout, nullptr);
        for (int i = 0; i < ready; ++i) {
            read(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
        }
    }

    void read(Connection& connection) {
        std::array<char, 64 * 1024> bytes;
        const ssize_t got = ::recv(connection.socket, bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) die("the server closed a connection");
        connection.in.append(bytes.data(), static_cast<std::size_t>(got));
        if (connection.needed == 0) connection.needed = answer_size(connection.in);
        if (connection.needed == 0 || connection.in.size() < connection.needed) return;
        const std::chrono::duration<double, std::milli> took = SteadyClock::now() - connection.due;
        latencies_.push_back(took.count());
        ++answered_;
        const bool right = connection.in.starts_with("HTTP/1.1 200") &&
                           connection.in.find(options_.needle) != std::string::npos;
        if (!right && wrong_++ == 0) fmt::print(stderr, "wrong: {:.400}\n", connection.in);
        free_.push_back(&connection);
    }

    void report(SteadyTime start) {
        const std::chrono::duration<double> took = SteadyClock::now() - start;
        if (latencies_.empty()) die("no answers");
        std::ranges::sort(latencies_);
        const auto at = [this](double part) {
            return latencies_[static_cast<std::size_t>(part *
                                                       static_cast<double>(latencies_.size() - 1))];
        };
        fmt::print(R"({{"asked":{},"answered":{},"wrong":{},"longest_queue":{},)", total_,
                   answered_, wrong_, longest_queue_);
        fmt::print(R"("per_second":{:.0f},"p50":{:.3f},"p90":{:.3f},"p99":{:.3f},)",
                   static_cast<double>(answered_) / took.count(), at(0.5), at(0.9), at(0.99));
        fmt::print(R"("p999":{:.3f},"max":{:.3f}}})", at(0.999), latencies_.back());
        fmt::print("\n");
    }

    const Options& options_;
    Requests requests_;
    int epoll_;
    std::int64_t total_;
    std::vector<Connection> connections_;
    std::deque<Connection*> free_;
    std::deque<SteadyTime> waiting_;  // due, and no connection was free
    std::vector<double> latencies_;
    std::int64_t answered_ = 0;
    std::int64_t wrong_ = 0;
    std::size_t longest_queue_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const std::span<char* const> arguments(argv, static_cast<std::size_t>(argc));
    if (arguments.size() != 9) {
        fmt::print(stderr, "{}", usage);
        return 2;
    }
    const Options options{.port = number<std::uint16_t>(arguments[1]),
                          .rate = number<double>(arguments[2]),
                          .seconds = number<double>(arguments[3]),
                          .connections = number<std::size_t>(arguments[4]),
                          .template_file = arguments[5],
                          .material_file = arguments[6],
                          .first = number<std::int64_t>(arguments[7]),
                          .needle = arguments[8]};
    OpenLoop(options).run();
    return 0;
}
