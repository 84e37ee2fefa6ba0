#include "http/request_parser.hpp"

#include <gtest/gtest.h>

#include <string>

namespace latchkey::http {
namespace {

/// Scans and parses a whole head: its status when refused, 0 when taken, -1 when more is needed.
int verdict(std::string_view bytes, RequestHead& head, const ParseLimits& limits = {}) {
    HeadScanner scanner;
    const auto scanned = scanner.scan(bytes, limits);
    if (const auto* error = std::get_if<ParseError>(&scanned)) return error->status;
    if (!std::holds_alternative<std::size_t>(scanned)) return -1;
    const auto error = parse_head(bytes.substr(0, std::get<std::size_t>(scanned)), limits, head);
    return error ? error->status : 0;
}

TEST(RequestParser, ReadsARequestsHead) {
    RequestHead head;
    ASSERT_EQ(verdict("POST /api/latest/users/graphql.json?a=1 HTTP/1.1\r\nHost: localhost:80\r\n"
                      "Content-Length: 12\r\nX-Odd:\t va lue \t\r\n\r\n",
                      head),
              0);
    EXPECT_EQ(head.method, Method::post);
    EXPECT_EQ(head.target, "/api/latest/users/graphql.json?a=1");
    EXPECT_EQ(head.framing, BodyFraming::content_length);
    EXPECT_EQ(head.content_length, 12U);
    EXPECT_EQ(head.after_answer, AfterAnswer::keep_open);
    ASSERT_EQ(head.headers.size(), 3U);
    EXPECT_EQ(head.headers[2].name, "X-Odd");
    EXPECT_EQ(head.headers[2].value, "va lue");
}

TEST(RequestParser, ForgetsThePreviousRequestWhenItsMemoryIsReused) {
    RequestHead head;
    ASSERT_EQ(
        verdict("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\n",
                head),
        0);
    ASSERT_EQ(verdict("GET /b HTTP/1.1\r\nHost: a\r\n\r\n", head), 0);
    EXPECT_EQ(head.framing, BodyFraming::none);
    EXPECT_EQ(head.content_length, 0U);
    EXPECT_EQ(head.after_answer, AfterAnswer::keep_open);
    EXPECT_EQ(head.headers.size(), 1U);
}

struct Row {
    const char* what;
    std::string_view bytes;
    int status;
};

class RequestTable : public ::testing::TestWithParam<Row> {};

TEST_P(RequestTable, IsAnsweredAsItsRowSays) {
    RequestHead head;
    EXPECT_EQ(verdict(GetParam().bytes, head), GetParam().status) << GetParam().what;
}

constexpr std::string_view nul_in_header("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 37);
constexpr std::string_view nul_in_target("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 29);

INSTANTIATE_TEST_SUITE_P(
    RequestLines, RequestTable,
    ::testing::Values(
        Row{"plain", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0},
        Row{"1.0 without host", "GET / HTTP/1.0\r\n\r\n", 0},
        Row{"absolute form", "GET http://a.example:8080/x?y HTTP/1.1\r\nHost: b\r\n\r\n", 0},
        Row{"absolute form without path", "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n", 0},
        Row{"asterisk of OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 0},
        Row{"unknown method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", 0},
        Row{"empty", "\r\n", 400},  //
        Row{"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"tab", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"leading space", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"trailing space", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 505},
        Row{"no version", "GET /\r\nHost: a\r\n\r\n", 400},
        Row{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        Row{"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
        Row{"lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"no slash", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"authority form", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"asterisk of GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"user in absolute form", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"other scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"fragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"raw UTF-8", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"NUL in target", nul_in_target, 400},
        Row{"method with a comma", "G,T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Row{"bare LF after request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
        Row{"bare LF only", "GET / HTTP/1.1\n\n", 400},
        Row{"bare CR in line", "GET / HTTP/1.1\rX\r\nHost: a\r\n\r\n", 505},
        Row{"incomplete", "GET / HTTP/1.1\r\nHost: a\r\n", -1}));

INSTANTIATE_TEST_SUITE_P(
    Headers, RequestTable,
    ::testing::Values(
        Row{"obs-fold", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400},
        Row{"fold with tab", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tb\r\n\r\n", 400},
        Row{"fold of the request line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
        Row{"space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        Row{"no colon", "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n", 400},
        Row{"no name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400},
        Row{"bare LF between headers", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
        Row{"bare CR in value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400},
        Row{"NUL in value", nul_in_header, 400},
        Row{"DEL in value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\x7f\r\n\r\n", 400},
        Row{"obs-text in value", "GET / HTTP/1.1\r\nHost: a\r\nX: \xe9\r\n\r\n", 0},
        Row{"empty value", "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n", 0},
        Row{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        Row{"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400},
        Row{"host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        Row{"host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
        Row{"port that is none", "GET / HTTP/1.1\r\nHost: a:xx\r\n\r\n", 400},
        Row{"two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", 400},
        Row{"bracket alone", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
        Row{"bracket late", "GET / HTTP/1.1\r\nHost: a:b:c]\r\n\r\n", 400},
        Row{"more behind the bracket", "GET / HTTP/1.1\r\nHost: [::1]a\r\n\r\n", 400},
        Row{"IPv6", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 0},
        Row{"no port behind the colon", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", 0},
        Row{"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 0},
        Row{"host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
        Row{"bad host in 1.0", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", 400},
        Row{"connection options", "GET / HTTP/1.1\r\nHost: a\r\nConnection: a, ,b,\r\n\r\n", 0},
        Row{"no connection option", "GET / HTTP/1.1\r\nHost: a\r\nConnection: a b\r\n\r\n", 400},
        Row{"other expectation", "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417}));

INSTANTIATE_TEST_SUITE_P(
    Smuggling, RequestTable,
    ::testing::Values(
        Row{"CL and TE",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            400},
        Row{"TE and CL",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
            400},
        Row{"equal CL twice",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", 400},
        Row{"CL list", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\n", 400},
        Row{"CL plus", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\n", 400},
        Row{"CL minus", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\n", 400},
        Row{"CL hex", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\n", 400},
        Row{"CL empty", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400},
        Row{"CL with inner blank", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 2\r\n\r\n",
            400},
        Row{"CL over the limit", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n",
            413},
        Row{"CL over 64 bits",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413},
        Row{"CL at the limit", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n", 0},
        Row{"TE twice",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            "Transfer-Encoding: chunked\r\n\r\n",
            400},
        Row{"TE list", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            501},
        Row{"TE identity", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
            501},
        Row{"TE disguised",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0b"
            "chunked\r\n\r\n",
            400},
        Row{"TE quoted", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n",
            501},
        Row{"TE with space before colon",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n", 400},
        Row{"TE in 1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Row{"TE", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n", 0}));

TEST(RequestParser, HoldsItsLimits) {
    RequestHead head;
    const std::string long_line = "GET /" + std::string(20'000, 'a');
    EXPECT_EQ(verdict(long_line, head), 414);
    const std::string long_target =
        "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(verdict(long_target, head), 414);
    const std::string long_header = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a');
    EXPECT_EQ(verdict(long_header, head), 431);
    std::string many_headers = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 99; ++i) many_headers += "X: y\r\n";
    EXPECT_EQ(verdict(many_headers + "\r\n", head), 0);
    EXPECT_EQ(verdict(many_headers + "X: y\r\n\r\n", head), 431);
}

TEST(RequestParser, ReducesTheAbsoluteFormToThePath) {
    RequestHead head;
    ASSERT_EQ(verdict("GET HTTP://a.example/x?y HTTP/1.1\r\nHost: b\r\n\r\n", head), 0);
    EXPECT_EQ(head.target, "/x?y");
    ASSERT_EQ(verdict("GET http://a.example HTTP/1.1\r\nHost: b\r\n\r\n", head), 0);
    EXPECT_EQ(head.target, "/");
}

TEST(RequestParser, AsksWhomTheAbsoluteFormNamesWhateverHostSays) {
    RequestHead head;
    for (const std::string headers : {"A: x\r\nHOST: b\r\n", "Host: a.example:80\r\n"}) {
        const std::string text = "GET http://a.example:80/ HTTP/1.1\r\n" + headers + "\r\n";
        ASSERT_EQ(verdict(text, head), 0);
        EXPECT_EQ(head.headers.back().value, "a.example:80");
    }
    ASSERT_EQ(verdict("GET http://a.example/ HTTP/1.0\r\n\r\n", head), 0);
    ASSERT_EQ(head.headers.size(), 1U);
    EXPECT_EQ(head.headers[0].name, "Host");
    EXPECT_EQ(head.headers[0].value, "a.example");
    EXPECT_EQ(verdict("GET http://a/ HTTP/1.1\r\n\r\n", head), 400);
    EXPECT_EQ(verdict("GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", head), 400);
}

TEST(RequestParser, ClosesWhenTheClientAsksForIt) {
    RequestHead head;
    ASSERT_EQ(verdict("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", head), 0);
    EXPECT_EQ(head.after_answer, AfterAnswer::close);
    ASSERT_EQ(verdict("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", head), 0);
    EXPECT_EQ(head.after_answer, AfterAnswer::close);
}

TEST(HeadScanner, FindsTheSameEndHoweverTheBytesAreSplit) {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    const std::string bytes = head + "GET /next";
    HeadScanner scanner;
    for (std::size_t size = 0; size < head.size(); ++size) {
        EXPECT_TRUE(std::holds_alternative<std::monostate>(
            scanner.scan(std::string_view(bytes).substr(0, size), {})));
    }
    const auto found = scanner.scan(bytes, {});
    ASSERT_TRUE(std::holds_alternative<std::size_t>(found));
    EXPECT_EQ(std::get<std::size_t>(found), head.size());
}

/// Decodes `bytes` in steps of `step`: the body, or the status of the refusal as text.
std::string decode(std::string bytes, std::size_t step, std::size_t max_body = 1000) {
    ChunkedDecoder decoder;
    std::string body(bytes.size(), '\0');
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const auto result =
            decoder.decode(std::string_view(bytes).substr(at, step),
                           body.data() + decoder.body_bytes(), {.max_body_bytes = max_body});
        if (const auto* error = std::get_if<ParseError>(&result)) {
            return std::to_string(error->status);
        }
        if (std::get<ChunkedDecoder::Progress>(result).complete) {
            return body.substr(0, decoder.body_bytes());
        }
    }
    return "more";
}

TEST(ChunkedDecoder, JoinsChunksHoweverTheyAreSplit) {
    const std::string bytes = "5\r\nhello\r\n00A\r\n, world!!!\r\n0\r\n\r\nGET";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        EXPECT_EQ(decode(bytes, step), "hello, world!!!") << step;
    }
}

TEST(ChunkedDecoder, RefusesWhatParsersDisagreeAbout) {
    for (const std::string bytes :
         {"\r\n", "x\r\n", "5 \r\nhello\r\n0\r\n\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n",
          "5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n",
          "0\r\nTrailer: x\r\n\r\n", "0\r\n\n", "000000005\r\nhello", "-5\r\nhello",
          "0x5\r\nhello"}) {
        EXPECT_EQ(decode(bytes, 1), "400") << bytes;
        EXPECT_EQ(decode(bytes, bytes.size()), "400") << bytes;
    }
}

TEST(ChunkedDecoder, CountsAllChunksAgainstTheBodysLimit) {
    EXPECT_EQ(decode("5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n", 1, 10), "hellohello");
    EXPECT_EQ(decode("5\r\nhello\r\n6\r\nhello!\r\n0\r\n\r\n", 1, 10), "413");
    EXPECT_EQ(decode("FFFFFFFF\r\n", 1, 10), "413");
}

}  // namespace
}  // namespace latchkey::http
