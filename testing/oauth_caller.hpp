#pragma once

// Calls an OAuth endpoint as an app would, without sockets: a form in, a status and JSON out.

#include <map>
#include <string>
#include <vector>

#include "endpoints/oauth/context.hpp"
#include "http/message.hpp"
#include "json/value.hpp"
#include "testing/delegation_world.hpp"
#include "testing/replies.hpp"

namespace latchkey::testing {

struct OauthAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;
    json::Value body;

    [[nodiscard]] std::string text(std::string_view name) const {
        const std::string* value = body.find_string(name);
        return value == nullptr ? std::string() : *value;
    }
    [[nodiscard]] std::int64_t integer(std::string_view name) const {
        const json::Value* value = body.find(name);
        return value != nullptr && value->integer() != nullptr ? *value->integer() : -1;
    }
    [[nodiscard]] std::string json() const {
        std::string out;
        json::append_value(out, body);
        return out;
    }
};

[[nodiscard]] inline endpoints::OauthContext oauth_context(DelegationWorld& world) {
    return {world.realm, {world.clock, system_random()}, world.secret_uses};
}

struct OauthCaller {
    database::Database& database;
    http::Handler handler;
    std::string path;
    std::string basic;  // the Authorization header; empty: none
    std::vector<http::Header> more_headers = {};

    static std::string basic_of(const clients::CreatedClient& app) {
        const std::string pair = app.record.id.text() + ":" + std::string(app.secret.reveal());
        return "Basic " + to_base64(as_bytes(pair));
    }

    [[nodiscard]] OauthAnswer post(const std::string& body) const {
        std::vector<http::Header> headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        if (!basic.empty()) headers.push_back({"Authorization", basic});
        headers.insert(headers.end(), more_headers.begin(), more_headers.end());
        http::Request request;
        request.method = http::Method::post;
        request.path = path;
        request.headers = headers;
        request.body = body;
        request.request_id = "req-1";
        request.peer_address = "192.0.2.7";
        const http::Response response = testing::finish(handler(request), database);
        OauthAnswer answer;
        answer.status = response.status;
        for (const auto& [name, value] : response.headers) {
            answer.headers[std::string(name)] = value;
        }
        answer.body = must(json::parse(response.body_view()));
        return answer;
    }
};

}  // namespace latchkey::testing
