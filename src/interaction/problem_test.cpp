#include "interaction/problem.hpp"

#include <string>

#include <gtest/gtest.h>

namespace latchkey::interaction {
namespace {

// The SDK documents six codes; which of them a fault gets is what partners build on.
TEST(Problem, IsSaidToThePersonAndToTheSdk) {
    struct Row {
        ErrorCode code;
        int status;
        std::string_view key;
        std::string_view sdk_code;
    };
    const Row rows[] = {
        {ErrorCode::malformed, 400, "error.link", "invalid_request"},
        {ErrorCode::invalid_token, 400, "error.link", "invalid_request"},
        {ErrorCode::not_found, 400, "error.client", "invalid_client"},
        {ErrorCode::forbidden, 403, "error.origin", "invalid_origin"},
        {ErrorCode::unauthenticated, 403, "error.form", "expired"},
        {ErrorCode::expired, 403, "error.form", "expired"},
        {ErrorCode::rate_limited, 429, "error.too_often", "rate_limited"},
        {ErrorCode::storage_failed, 503, "error.trouble", "retriable_server_error"},
        {ErrorCode::internal, 500, "error.trouble", "retriable_server_error"},
    };
    for (const Row& row : rows) {
        const ProblemText text = text_of(problem_of(row.code));
        EXPECT_EQ(text.status, row.status) << to_string(row.code);
        EXPECT_EQ(text.key, row.key) << to_string(row.code);
        EXPECT_EQ(text.sdk_code, row.sdk_code) << to_string(row.code);
    }
}

}  // namespace
}  // namespace latchkey::interaction
