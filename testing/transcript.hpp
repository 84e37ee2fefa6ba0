#pragma once

// A flow written down: what is sent, and what comes back to the byte. Lines end with \n here and
// CRLF on the wire; Content-Length of a request is filled in. {{name}} in an answer matches any
// text without a quote or line end and remembers it; {{name}} in a request puts it in.
//
//     Transcript flow(server);
//     flow.let("basic", …);
//     flow.exchange(R"(POST /oauth/token …)", R"(HTTP/1.1 200 OK …)");

#include <map>
#include <string>
#include <string_view>

#include "testing/test_server.hpp"

namespace latchkey::testing {

class Transcript {
public:
    explicit Transcript(TestServer& server) : server_(server) {}

    void let(const std::string& name, std::string value) { names_[name] = std::move(value); }
    [[nodiscard]] const std::string& value(const std::string& name) { return names_[name]; }

    /// Sends and compares. Headers that every answer has (Date, X-Request-Id, …) are left out of
    /// the comparison unless `answer` names them. A mismatch fails the test and prints both.
    void exchange(std::string_view request, std::string_view answer);

private:
    [[nodiscard]] std::string fill_in(std::string_view text) const;
    [[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

    TestServer& server_;
    std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace latchkey::testing
