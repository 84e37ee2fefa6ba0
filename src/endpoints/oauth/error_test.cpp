// What the OAuth endpoints say, byte for byte, of an error of ours, of a refusal, and of what no
// endpoint answers.

#include "endpoints/oauth/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace latchkey::endpoints {
namespace {

std::string text_of(const http::Response& response) {
    std::string out = std::to_string(response.status) + " ";
    for (const auto& [name, value] : response.headers) {
        const std::string_view told = name;
        if (told == "Retry-After" || told == "WWW-Authenticate") out.append(told).append(" ");
    }
    const auto has = [&](std::string_view name, std::string_view value) {
        return std::ranges::any_of(response.headers, [&](const auto& header) {
            return header.first == name && header.second == value;
        });
    };
    EXPECT_TRUE(has("Cache-Control", "no-store"));
    EXPECT_TRUE(has("Pragma", "no-cache"));
    return out.append(response.body_view());
}

TEST(OauthErrorResponse, TellsAnErrorOfOursInTheWordsOfOauth) {
    struct Row {
        ErrorCode code;
        std::string_view answer;
    };
    constexpr Row rows[] = {
        {ErrorCode::malformed, R"(400 {"error":"invalid_request",)"},
        {ErrorCode::invalid_argument, R"(400 {"error":"invalid_request",)"},
        {ErrorCode::too_large, R"(400 {"error":"invalid_request",)"},
        {ErrorCode::unsupported, R"(400 {"error":"invalid_request",)"},
        {ErrorCode::forbidden, R"(400 {"error":"invalid_request",)"},
        {ErrorCode::unauthenticated, R"(401 WWW-Authenticate {"error":"invalid_client",)"},
        {ErrorCode::not_found, R"(400 {"error":"invalid_request",)"},
        {ErrorCode::conflict, R"(422 {"error":"invalid_request",)"},
        // Busy: it may work in a moment.
        {ErrorCode::unavailable, R"(503 Retry-After {"error":"temporarily_unavailable",)"},
        {ErrorCode::serialization_failure,
         R"(503 Retry-After {"error":"temporarily_unavailable",)"},
        // Broken: the machine may be mended, a bug does not go away.
        {ErrorCode::storage_full, R"(503 Retry-After {"error":"temporarily_unavailable",)"},
        {ErrorCode::storage_failed, R"(503 Retry-After {"error":"temporarily_unavailable",)"},
        {ErrorCode::storage_version, R"(503 Retry-After {"error":"temporarily_unavailable",)"},
        {ErrorCode::no_permission, R"(503 Retry-After {"error":"temporarily_unavailable",)"},
        {ErrorCode::internal, R"(500 {"error":"server_error",)"},
    };
    for (const Row& row : rows) {
        const oauth::Refused error(Error{row.code, "What may be read", "what may not"});
        for (const oauth::Endpoint endpoint : {oauth::Endpoint::token, oauth::Endpoint::revocation,
                                               oauth::Endpoint::introspection}) {
            EXPECT_EQ(text_of(oauth_error_response(error, endpoint)),
                      std::string(row.answer) + R"("error_description":"What may be read"})")
                << to_string(row.code);
        }
    }
}

std::string refusal(oauth::Error error, oauth::Endpoint endpoint) {
    return text_of(oauth_error_response(oauth::Refusal{error, "Why", "a detail"}, endpoint));
}

TEST(OauthErrorResponse, TellsARefusalOnlyWhereItMayBeAnswered) {
    using oauth::Endpoint;
    for (const oauth::ErrorRow& row : oauth::error_table()) {
        for (const Endpoint endpoint :
             {Endpoint::authorization, Endpoint::pushed_authorization,
              Endpoint::device_authorization, Endpoint::token, Endpoint::revocation,
              Endpoint::introspection, Endpoint::resource}) {
            const std::string answer = refusal(row.error, endpoint);
            const bool told = answer.find(std::string(row.name) +
                                          R"(","error_description":"Why"})") != std::string::npos;
            EXPECT_EQ(told, row.endpoints.has(endpoint)) << row.name << ' ' << answer;
            if (told) continue;
            EXPECT_EQ(answer,
                      R"(500 {"error":"server_error","error_description":"Something went wrong"})");
        }
    }
}

TEST(OauthErrorResponse, HasTheStatusOfTheEndpoint) {
    using enum oauth::Error;
    EXPECT_EQ(refusal(use_dpop_nonce, oauth::Endpoint::token).substr(0, 4), "400 ");
    EXPECT_EQ(refusal(use_dpop_nonce, oauth::Endpoint::resource).substr(0, 4), "401 ");
}

TEST(OauthRefusal, TellsWhatNoEndpointAnswersInTheWordsOfOauth) {
    struct Row {
        int status;
        std::string_view error;
    };
    constexpr Row rows[] = {{400, "invalid_request"}, {404, "invalid_request"},
                            {405, "invalid_request"}, {413, "invalid_request"},
                            {500, "server_error"},    {503, "temporarily_unavailable"}};
    for (const auto& [status, error] : rows) {
        EXPECT_EQ(text_of(oauth_refusal(status, "CODE", "Why")),
                  std::to_string(status) + R"( {"error":")" + std::string(error) +
                      R"(","error_description":"Why"})");
    }
}

}  // namespace
}  // namespace latchkey::endpoints
