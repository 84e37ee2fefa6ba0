// What every answer goes through: the chain, and the way into bytes.

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "database/write_group.hpp"
#include "http/chain.hpp"
#include "http/response_writer.hpp"
#include "testing/counting_random.hpp"

namespace latchkey::http {
namespace {

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

/// A chain around `routes`, and one request on its way through it, under an id of the client's.
class Through {
public:
    explicit Through(Handler routes, const ChainOptions& options = {})
        : routes_(std::move(routes)), chain_(routes_, options, random_) {}

    [[nodiscard]] Reply ask(std::string_view id, Method method = Method::get) {
        headers_[0] = {"X-Request-Id", id};
        request_.headers = headers_;
        request_.method = method;
        return chain_.handle(exchange_, request_);
    }
    [[nodiscard]] Response left(Response response) {
        chain_.leave(exchange_, response);
        return response;
    }

private:
    testing::CountingRandom random_;
    Handler routes_;
    Chain chain_;
    Exchange exchange_;
    std::array<Header, 1> headers_;
    Request request_;
};

TEST(Chain, PutsTheCommonHeadersOnAnswers) {
    Through chain([](const Request&) -> Reply { return text_response(200, "hello"); });
    const Response response = chain.left(std::get<Response>(chain.ask("id-1")));
    EXPECT_EQ(header_of(response, "X-Request-Id"), "id-1");
    EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header_of(response, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(header_of(response, "Strict-Transport-Security"), "max-age=31536000");
}

TEST(Chain, LeavesAHandlersOwnHeaderAlone) {
    Response response = text_response(200, "sdk");
    response.with("cross-origin-resource-policy", "cross-origin");
    add_common_headers(response, "id", Transport::loopback_http);
    EXPECT_EQ(header_of(response, "cross-origin-resource-policy"), "cross-origin");
    EXPECT_EQ(header_of(response, "Cross-Origin-Resource-Policy"), "");
    EXPECT_EQ(header_of(response, "Strict-Transport-Security"), "");
}

TEST(Chain, TurnsExceptionsIntoAnAnswerAndAReport) {
    std::string reported;
    ChainOptions options;
    options.report_bug = [&](std::string_view id, std::string_view what) {
        reported.append(id).append(": ").append(what);
    };
    Through chain([](const Request&) -> Reply { throw std::runtime_error("inner secret"); },
                  options);
    const Response response = chain.left(std::get<Response>(chain.ask("id-2")));
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body_view().find("inner secret"), std::string_view::npos);
    EXPECT_EQ(header_of(response, "X-Request-Id"), "id-2");
    EXPECT_EQ(reported, "id-2: inner secret");
}

/// Never called: the chain hands it on.
class NoRows final : public database::ReadTransaction {
public:
    Result<std::unique_ptr<database::Cursor>> query(database::Sql, database::Params) override {
        return fail(ErrorCode::internal, "Internal error.");
    }
};
class NoWrites final : public database::WriteGroup {
public:
    Result<std::unique_ptr<database::WriteTransaction>> begin() override {
        return fail(ErrorCode::internal, "Internal error.");
    }
    database::GroupState state() const noexcept override { return database::GroupState::sound; }

private:
    Result<void> make_durable() override { return {}; }
};

TEST(Chain, GoesAroundWhatIsHandedOverToo) {
    Through chain([](const Request& request) -> Reply {
        if (request.method == Method::get) {
            return Read([](database::ReadTransaction&) -> Response { throw 42; });
        }
        return Write([](database::WriteGroup&) -> Response { throw 42; });
    });
    NoRows tx;
    NoWrites group;
    for (const Method method : {Method::get, Method::post}) {
        const Reply reply = chain.ask("id-3", method);
        const Response response =
            chain.left(method == Method::get ? std::get<Response>(std::get<Read>(reply)(tx))
                                             : std::get<Write>(reply)(group));
        EXPECT_EQ(response.status, 500);
        EXPECT_EQ(header_of(response, "X-Request-Id"), "id-3");
    }
}

std::string written(const Response& response, const Framework& framework) {
    std::string out;
    append_response(out, response, framework);
    return out;
}

TEST(ResponseWriter, WritesOneResponse) {
    EXPECT_EQ(written(text_response(200, "hello"), {.date = "now"}),
              "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: text/plain; charset=utf-8\r\n"
              "Content-Length: 5\r\n\r\nhello");
}

TEST(ResponseWriter, LeavesTheBodyOutForHeadButTellsItsLength) {
    const std::string out = written(text_response(200, "hello"), {.method = Method::head});
    EXPECT_NE(out.find("Content-Length: 5\r\n"), std::string::npos);
    EXPECT_TRUE(out.ends_with("\r\n\r\n"));
}

TEST(ResponseWriter, GivesABodilessStatusNoLength) {
    const Response response{204, {}, std::string("ignored")};
    EXPECT_EQ(written(response, {.after_answer = AfterAnswer::close}),
              "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

TEST(ResponseWriter, LetsNoValueStartAHeader) {
    Response response = see_other("/next\r\nSet-Cookie: a=b");
    const std::string out = written(response, {});
    EXPECT_NE(out.find("Location: /next\r\n"), std::string::npos);
    EXPECT_EQ(out.find("Set-Cookie"), std::string::npos);
}

TEST(ResponseWriter, CutsAValueAtItsFirstControlCharacterWhereverItStands) {
    for (const char control : {'\0', '\n', '\x1F', '\x7F'}) {
        for (std::size_t at = 0; at < 20; ++at) {
            std::string value = "Caf\xC3\xA9\tau \xF0\x9F\x98\x80 lait!!";
            value.resize(20, '~');
            const std::string good = value.substr(0, at);
            value[at] = control;
            EXPECT_NE(written(see_other(value), {}).find("Location: " + good + "\r\n"),
                      std::string::npos)
                << at << " " << int(control);
        }
    }
}

TEST(ResponseWriter, WritesAStatusItHasNoWordsFor) {
    EXPECT_TRUE(written(text_response(418, ""), {}).starts_with("HTTP/1.1 418 \r\n"));
}

TEST(DateCache, WritesImfFixdates) {
    DateCache cache;
    EXPECT_EQ(cache.at(from_unix(784'111'777)), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(cache.at(from_unix(784'111'778)), "Sun, 06 Nov 1994 08:49:38 GMT");
}

}  // namespace
}  // namespace latchkey::http
