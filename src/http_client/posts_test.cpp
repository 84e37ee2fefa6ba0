#include "http_client/posts.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time/clock.hpp"
#include "http_client/receiver_test.hpp"

namespace latchkey::http_client {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// The names resolve to this machine, as a rebinding name would at its second look-up: the address
// that is about to be connected to is what counts.
TEST(Posts, ConnectsToPublicAddressesOnly) {
    Receiver receiver;
    for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"}) {
        std::string url = receiver.url(host);
        url.replace(0, 4, "https");
        const std::vector<Post> posts{{.url = url, .headers = {}, .body = "{}"}};
        const auto results = post_all(posts, {});
        ASSERT_THAT(results, SizeIs(1));
        EXPECT_EQ(results[0].status, 0);
        EXPECT_EQ(results[0].error, "the address is not a public one") << host;
    }
    EXPECT_THAT(receiver.received(), IsEmpty());
}

TEST(Posts, SpeaksNoPlainHttpAbroad) {
    const std::vector<Post> posts{{.url = "http://example.com/", .headers = {}, .body = "{}"}};
    EXPECT_EQ(post_all(posts, {}).at(0).status, 0);
}

TEST(Posts, WaitsForNobodyLongerThanTheLimit) {
    const int listener =
        ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);  // accepts, never answers
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listener, 16);
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    Policy policy;
    policy.addresses = AddressPolicy::any;
    policy.total_timeout = std::chrono::milliseconds(300);
    const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    const std::vector<Post> posts(8, {.url = url, .headers = {}, .body = "{}"});
    const auto before = monotonic_now();
    for (const PostResult& result : post_all(posts, policy)) EXPECT_EQ(result.status, 0);
    EXPECT_LT(monotonic_now() - before, std::chrono::seconds(5));

    // Told to stop, it does not wait for them at all.
    policy.total_timeout = std::chrono::seconds(60);
    std::stop_source source;
    source.request_stop();
    for (const PostResult& result : post_all(posts, policy, source.get_token())) {
        EXPECT_EQ(result.error, "the server was stopping");
    }
    ::close(listener);
}

}  // namespace
}  // namespace latchkey::http_client
