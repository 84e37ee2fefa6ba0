#pragma once

// A partner's server, as the faults need it: the calls of both APIs over HTTP, each with what
// became of it.

#include <cstdint>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "tests/faults/http_client.hpp"

namespace latchkey::testing {

struct PartnerApp {
    std::string client_id;
    std::string secret;
};

enum class Outcome : std::uint8_t {
    ok,
    refused,      // INVALID_TOKEN, NO_CONSENT, invalid_grant, 401: the server's decision
    unavailable,  // 503: the server says that nothing happened
    not_sent,     // no connection: nothing happened
    lost,         // sent, and no answer came
};

struct Answer {
    Outcome outcome = Outcome::not_sent;
    std::string access_token{};
    std::string refresh_token{};
    std::string public_id{};
    std::string value{};  // of the metafield; empty when there is none
};

/// The key of the one metafield that the tests set.
inline constexpr std::string_view test_metafield = "membership";

/// Each call throws std::runtime_error on an answer that none of the outcomes covers.
class PartnerClient {
public:
    PartnerClient(std::uint16_t port, const PartnerApp& app);

    [[nodiscard]] Answer define_metafield();
    [[nodiscard]] Answer exchange(std::string_view consent_token);
    [[nodiscard]] Answer issue_again(std::string_view public_id);
    [[nodiscard]] Answer refresh(std::string_view refresh_token);
    [[nodiscard]] Answer set_metafield(std::string_view access_token, std::string_view value);
    [[nodiscard]] Answer get_metafield(std::string_view access_token);

private:
    struct GraphqlCall {
        std::string_view path;
        std::string authorization;
        std::string_view query;
        std::string variables;  // a JSON object
    };
    struct GraphqlAnswer {
        Outcome outcome = Outcome::ok;
        json::Value data;
    };
    [[nodiscard]] GraphqlAnswer call(const GraphqlCall& call);
    [[nodiscard]] Answer fetch_tokens(std::string variables);

    HttpClient http_;
    std::string basic_;
};

}  // namespace latchkey::testing
