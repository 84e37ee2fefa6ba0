// Fills a data folder for bench/load/run.py and writes what the load needs beside it:
//
//   load_prepare DATA OUT USERS TOKENS
//
// OUT/basic, OUT/bearer (one access token), OUT/public_ids, OUT/refresh_tokens, OUT/consent_tokens:
// one a line. Consent tokens are for the users in turn.

#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "apps/latchkey/world.hpp"
#include "base/text.hpp"
#include "crypto/system_random.hpp"
#include "delegation/clients.hpp"
#include "delegation/consent_token.hpp"
#include "delegation/exchange.hpp"
#include "identity/users.hpp"

namespace latchkey {
namespace {

constexpr delegation::AuditContext audit{"bench", "", ""};

template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "load_prepare: {} {}\n", result.error().public_text.view(),
               result.error().detail);
    std::exit(1);
}

void must(Result<void> result) {
    if (!result) must(Result<int>(std::unexpected(result.error())));
}

UserId create_user(app::World& world, int number) {
    Profile profile;
    profile.email = fmt::format("person{}@example.com", number);
    profile.email_verified = true;
    profile.given_name = "Ada";
    profile.family_name = "Lovelace";
    auto tx = must(world.database().write());
    const auto user = must(identity::create_user(*tx, world.keys(), world.random(),
                                                 std::move(profile), world.clock().now()));
    must(tx->commit());
    return user.id;
}

class Preparation {
public:
    Preparation(app::World& world, const std::filesystem::path& out)
        : world_(world), out_(out), now_(world.clock().now()) {}

    void run(int users, int tokens) {
        const auto scopes = must(parse_scopes("email profile"));
        const auto app = must(delegation::create_client(
            world_.services(),
            {"Bench", {"http://127.0.0.1:9"}, {"http://127.0.0.1:9/callback"}, scopes}, now_,
            audit));
        write("basic",
              {to_base64(as_bytes(app.record.id.text() + ":" + std::string(app.secret.reveal())))});
        std::vector<UserId> people;
        std::vector<std::string> public_ids;
        std::vector<std::string> refresh_tokens;
        for (int i = 0; i < users; ++i) {
            people.push_back(create_user(world_, i));
            const auto issued = exchange(app.record, people.back(), scopes);
            public_ids.push_back(issued.public_id);
            refresh_tokens.emplace_back(issued.refresh_token.reveal());
            if (i == 0) write("bearer", {std::string(issued.access_token.reveal())});
        }
        write("public_ids", public_ids);
        write("refresh_tokens", refresh_tokens);
        std::vector<std::string> consent_tokens;
        for (int i = 0; i < tokens; ++i) {
            const auto user = people[static_cast<std::size_t>(i) % people.size()];
            consent_tokens.push_back(consent(app.record.id, user, scopes));
        }
        write("consent_tokens", consent_tokens);
    }

private:
    std::string consent(ClientId client, UserId user, ScopeSet scopes) {
        auto tx = must(world_.database().read());
        const auto token = must(delegation::issue_consent_token(
            world_.services(), *tx, {client, user, scopes, "http://127.0.0.1:9"}, now_));
        return std::string(token.reveal());
    }

    delegation::IssuedTokens exchange(const ClientRecord& app, UserId user, ScopeSet scopes) {
        const std::string token = consent(app.id, user, scopes);
        auto outcome = must(delegation::fetch_tokens_for_user(world_.services(), app,
                                                              {token, std::nullopt}, now_, audit));
        auto* issued = std::get_if<delegation::IssuedTokens>(&outcome);
        if (issued == nullptr) std::exit(1);
        return std::move(*issued);
    }

    void write(const char* name, const std::vector<std::string>& lines) {
        std::ofstream file(out_ / name);
        for (const auto& line : lines) file << line << '\n';
    }

    app::World& world_;
    std::filesystem::path out_;
    Timestamp now_;
};

}  // namespace
}  // namespace latchkey

int main(int argc, char** argv) {
    if (argc != 5) {
        fmt::print(stderr, "usage: load_prepare DATA OUT USERS TOKENS\n");
        return 2;
    }
    const latchkey::SystemClock clock;
    latchkey::crypto::SystemRandom random;
    latchkey::config::ServerConfig config;
    config.data_dir = argv[1];
    config.master_key_file = config.data_dir + "/master.key";
    const auto world =
        latchkey::must(latchkey::app::World::open(config, {.clock = clock, .random = random}));
    latchkey::Preparation(*world, argv[2]).run(std::atoi(argv[3]), std::atoi(argv[4]));
    return 0;
}
