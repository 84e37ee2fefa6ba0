#pragma once

// Runs what a handler hands over, as the server would, on the test's own thread.

#include <exception>
#include <optional>
#include <utility>
#include <variant>

#include "database/run_write.hpp"
#include "http/error_response.hpp"
#include "http/message.hpp"
#include "testing/must.hpp"
#include "testing/storeless.hpp"

namespace latchkey::testing {

/// The response, when what was written is durable. A group that the test has begun is `joined`, and
/// is the test's to commit.
[[nodiscard]] inline http::Response finish(http::Reply reply, database::Database& database,
                                           database::WriteGroup* joined = nullptr) {
    if (auto* response = std::get_if<http::Response>(&reply)) return std::move(*response);
    if (const auto* read = std::get_if<http::Read>(&reply)) {
        const auto tx = database.read();
        if (!tx) return http::error_response(503, "UNAVAILABLE", "The storage is not available.");
        http::ReadEnd end = (*read)(**tx);
        if (auto* response = std::get_if<http::Response>(&end)) return std::move(*response);
        reply = std::get<http::Write>(std::move(end));
    }
    const auto& write = std::get<http::Write>(reply);
    if (joined != nullptr) return write(*joined);
    std::optional<http::Response> response;
    must(database::run_group(
        database, database::Isolation::isolated,
        [&](database::WriteGroup& group) { response = write(group); },
        [](const std::exception_ptr& bug) { std::rethrow_exception(bug); }));
    return std::move(*response);
}

/// For handlers that have no store.
[[nodiscard]] inline http::Response finish(http::Reply reply) {
    if (auto* response = std::get_if<http::Response>(&reply)) return std::move(*response);
    if (const auto* read = std::get_if<http::Read>(&reply)) {
        testing::StorelessRead none;
        http::ReadEnd end = (*read)(none);
        if (auto* response = std::get_if<http::Response>(&end)) return std::move(*response);
        reply = std::get<http::Write>(std::move(end));
    }
    testing::StorelessGroup none;
    return std::get<http::Write>(reply)(none);
}

}  // namespace latchkey::testing
