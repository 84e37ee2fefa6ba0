#include "testing/transcript.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/text/text.hpp"

namespace latchkey::testing {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        if (!lines.back().empty() && lines.back().back() == '\r') lines.back().pop_back();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// CRLF line ends, and the length of the body.
std::string to_wire(std::string_view text) {
    const std::size_t blank = text.find("\n\n");
    const std::string_view head = text.substr(0, blank);
    const std::string_view body =
        blank == std::string_view::npos ? std::string_view() : text.substr(blank + 2);
    std::string wire;
    for (const std::string& line : lines_of(head)) wire += line + "\r\n";
    wire += "Host: 127.0.0.1:8080\r\n";
    if (!body.empty()) wire += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return wire + "\r\n" + std::string(body);
}

std::string_view header_name(std::string_view line) { return line.substr(0, line.find(':')); }

// The answer with the lines that the expectation names: its status, its headers in its order, and
// the body.
std::string comparable(std::string_view answer, const std::vector<std::string>& expected_head) {
    const std::size_t blank = answer.find("\r\n\r\n");
    const auto head = lines_of(answer.substr(0, blank));
    std::string out = head.empty() ? "" : head.front();
    for (std::size_t i = 1; i < expected_head.size(); ++i) {
        for (const std::string& line : head) {
            if (equal_ascii_case(header_name(line), header_name(expected_head[i]))) {
                out += "\n" + line;
            }
        }
    }
    if (blank == std::string_view::npos) return out;
    const std::string_view body = answer.substr(blank + 4);
    if (!body.empty()) out += "\n\n" + std::string(body);
    return out;
}

}  // namespace

std::string Transcript::fill_in(std::string_view text) const {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find("{{");
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = text.find("}}", open);
        const auto found = names_.find(text.substr(open + 2, close - open - 2));
        if (close == std::string_view::npos || found == names_.end()) {
            // Two braces that name nothing we know are the body's own.
            out += "{{";
            text.remove_prefix(open + 2);
            continue;
        }
        out += found->second;
        text.remove_prefix(close + 2);
    }
    return out;
}

bool Transcript::matches(std::string_view pattern, std::string_view text) {
    for (;;) {
        const std::size_t open = pattern.find("{{");
        const std::string_view literal = pattern.substr(0, open);
        if (!text.starts_with(literal)) return false;
        text.remove_prefix(literal.size());
        if (open == std::string_view::npos) return text.empty();
        const std::size_t close = pattern.find("}}", open);
        const std::string name(pattern.substr(open + 2, close - open - 2));
        pattern.remove_prefix(close + 2);
        const std::size_t length = std::min(text.find_first_of("\"\n"), text.size());
        names_[name] = text.substr(0, length);
        text.remove_prefix(length);
    }
}

void Transcript::exchange(std::string_view request, std::string_view answer) {
    const std::string filled = fill_in(request);
    const std::string raw = server_.send(to_wire(filled));
    const std::string got = comparable(raw, lines_of(answer.substr(0, answer.find("\n\n"))));
    EXPECT_TRUE(matches(answer, got)) << "sent:\n"
                                      << request << "\n\nexpected:\n"
                                      << answer << "\n\ngot:\n"
                                      << got << "\n\nwhole answer:\n"
                                      << raw;
}

}  // namespace latchkey::testing
