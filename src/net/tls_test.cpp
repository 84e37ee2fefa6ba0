// The server over TLS, spoken to by OpenSSL's own client, with a certificate made here.

#include "net/tls.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "net/server_fixture_test.hpp"

namespace latchkey::net {
namespace {

namespace fs = std::filesystem;

std::string run(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return output;
    std::array<char, 4096> block{};
    std::size_t count = 0;
    while ((count = std::fread(block.data(), 1, block.size(), pipe)) > 0) {
        output.append(block.data(), count);
    }
    ::pclose(pipe);
    return output;
}

class TlsServerTest : public ServerTest {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "latchkey-tls-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
        make_pair("server");
    }
    void TearDown() override {
        server_.reset();
        fs::remove_all(folder_);
    }
    void make_pair(const std::string& name) const {
        run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
            "-subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
            path(name + ".key") + " -out " + path(name + ".crt"));
        ASSERT_TRUE(fs::exists(path(name + ".crt")));
    }
    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_ / name).string();
    }
    void start_tls(const Limits& limits = {}) {
        start(limits, [this](ServerOptions& options) {
            options.tls = TlsFiles{path("server.crt"), path("server.key")};
        });
    }
    /// What openssl s_client prints when it sends `request` (printf escapes).
    [[nodiscard]] std::string speak(const std::string& request, const std::string& flags) const {
        return run("(printf '" + request + "'; sleep 0.5) | timeout 10 openssl s_client -quiet " +
                   flags + " -CAfile " + path("server.crt") +
                   " -verify_return_error -servername localhost -connect 127.0.0.1:" +
                   std::to_string(port()));
    }

    fs::path folder_;
};

constexpr const char* close_request =
    "GET /tls HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n";

TEST_F(TlsServerTest, AnswersOverTls13And12) {
    start_tls();
    for (const char* version : {"-tls1_3", "-tls1_2"}) {
        const std::string output = speak(close_request, version);
        EXPECT_NE(output.find("HTTP/1.1 200 OK"), std::string::npos) << output;
        EXPECT_NE(output.find("/tls||"), std::string::npos) << output;
    }
}

TEST_F(TlsServerTest, RefusesOlderVersionsAndWeakCiphers) {
    start_tls();
    for (const char* flags : {"-tls1_1 -cipher ALL:@SECLEVEL=0", "-tls1_2 -cipher AES128-SHA"}) {
        EXPECT_EQ(speak(close_request, flags).find("HTTP/1.1"), std::string::npos) << flags;
    }
}

TEST_F(TlsServerTest, SaysHttp11WhenTheClientOffersIt) {
    start_tls();
    const std::string output =
        run("openssl s_client -alpn h2,http/1.1 -connect 127.0.0.1:" + std::to_string(port()) +
            " </dev/null");
    EXPECT_NE(output.find("ALPN protocol: http/1.1"), std::string::npos) << output;
}

TEST_F(TlsServerTest, CarriesManyRequestsAndLargeAnswers) {
    start_tls();
    std::string requests;
    for (int i = 0; i < 20; ++i) requests += "GET /n HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n";
    requests += "GET /big HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n";
    const std::string output = speak(requests + close_request, "");
    EXPECT_GT(output.size(), 2'000'000U);
    EXPECT_NE(output.find("/tls||"), std::string::npos);
}

TEST_F(TlsServerTest, ClosesOnAClientThatSpeaksPlainly) {
    start_tls();
    EXPECT_EQ(exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").find("HTTP"), std::string::npos);
}

TEST_F(TlsServerTest, EndsAHandshakeThatDoesNotGoOn) {
    Limits limits;
    limits.header_time = std::chrono::milliseconds(100);
    start_tls(limits);
    const testing::RawClient client(port());
    client.send("\x16\x03");
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(TlsServerTest, TellsWhatIsWrongWithItsFiles) {
    make_pair("other");
    struct Row {
        TlsFiles files;
        ErrorCode code;
    };
    for (const Row& row :
         {Row{{path("none.crt"), path("server.key")}, ErrorCode::no_permission},
          Row{{path("server.crt"), path("none.key")}, ErrorCode::no_permission},
          Row{{path("server.key"), path("server.key")}, ErrorCode::invalid_argument},
          Row{{path("server.crt"), path("other.key")}, ErrorCode::invalid_argument}}) {
        const auto loaded = TlsContext::load(row.files);
        ASSERT_FALSE(loaded);
        EXPECT_EQ(loaded.error().code, row.code) << loaded.error().detail;
    }
}

}  // namespace
}  // namespace latchkey::net
