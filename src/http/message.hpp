#pragma once

// Requests and responses as values. Nothing here knows a socket.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "database/transaction.hpp"
#include "database/write_group.hpp"

namespace latchkey::http {

struct Exchange;

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

struct Header {
    std::string_view name;
    std::string_view value;
};

/// All views point into the connection's buffer and live until the response is written.
struct Request {
    Method method = Method::get;
    std::string_view method_text;  // as received; "-" of what was not understood
    std::string_view target;       // as received: path and query
    std::string_view path;         // before '?', not percent-decoded
    std::string_view query;        // after '?', without it
    std::span<const Header> headers;
    std::string_view body;
    std::string_view request_id;    // ours, or the client's X-Request-Id if it is well formed
    std::string_view peer_address;  // textual IP, without the port
    std::array<std::string_view, 3> parameters{};  // what a route's {name} parts matched, in order
    Exchange* exchange = nullptr;  // the chain's; null where a handler is called without one

    /// The value of a header, names compared without case; absent if it is not there.
    /// A header sent twice is found once (the first): count with `header_count` where it matters.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
    [[nodiscard]] std::size_t header_count(std::string_view name) const noexcept;
};

struct Response {
    static constexpr std::size_t usual_headers = 8;

    int status = 200;
    std::vector<std::pair<std::string_view, std::string>> headers;  // names are literals
    std::variant<std::string, std::string_view> body;  // owned, or static for the program's life

    [[nodiscard]] std::string_view body_view() const noexcept {
        return std::visit([](const auto& text) { return std::string_view(text); }, body);
    }
    Response& with(std::string_view literal_name, std::string value) & {
        if (headers.empty()) headers.reserve(usual_headers);
        headers.emplace_back(literal_name, std::move(value));
        return *this;
    }
    Response&& with(std::string_view literal_name, std::string value) && {
        return std::move(with(literal_name, std::move(value)));
    }
};

[[nodiscard]] Response json_response(int status, std::string body);
[[nodiscard]] Response html_response(int status, std::string body);
[[nodiscard]] Response text_response(int status, std::string body);
/// 303: the only redirect after a POST (RFC 9700 4.12). `location` is ours, never a client's text.
[[nodiscard]] Response see_other(std::string location);

/// The half that writes: it runs on the write lane, and its response leaves when the data is
/// durable. const, as it may run more than once: nothing of an earlier time is kept or sent
/// (database::WriteJob). Reads what it needs with the transaction that it begins.
using Write = std::move_only_function<Response(database::WriteGroup&) const>;

/// The half of a request that reads the store. It runs where the store's reads run
/// (database::Readers): at once, on the event loop's thread, or later, on one that may wait. It
/// answers, or it has learned that there is something to write. It runs once: a driver that has to
/// read again does so below it.
using ReadEnd = std::variant<Response, Write>;
using Read = std::move_only_function<ReadEnd(database::ReadTransaction&) const>;

/// A handler parses on the event loop, and answers without the store, or hands over what touches
/// it. What Read and Write capture by view from the request stays valid until its response is
/// written.
using Reply = std::variant<Response, Read, Write>;

using Handler = std::function<Reply(const Request&)>;

}  // namespace latchkey::http
