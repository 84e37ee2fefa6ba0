#include "bench/load/prepare/consent_tokens.hpp"

#include <atomic>
#include <thread>

#include "bench/load/prepare/progress.hpp"
#include "bench/support.hpp"
#include "delegation/consent_token.hpp"

namespace latchkey::bench {
namespace {

std::string sign(app::World& world, const ClientRecord& client, UserId user, Timestamp now) {
    delegation::ConsentToken token;
    token.jti = make_id<ConsentTokenId>(world.random());
    token.client_id = client.id;
    token.user_id = user;
    token.scopes = client.scopes;
    token.origin = client.origins.front();
    token.connection_epoch = 0;  // of a connection that was never revoked
    token.issued_at = now;
    token.expires_at = now + world.services().lifetimes.consent_token;
    return std::string(must(delegation::mint_consent_token(world.services(), token)).reveal());
}

}  // namespace

std::vector<std::string> sign_consent_tokens(app::World& world, const ClientRecord& client,
                                             std::span<const Sampled> people, std::uint64_t count) {
    if (count == 0) return {};
    std::vector<std::string> tokens(count);
    const Timestamp now = world.clock().now();
    std::atomic<std::uint64_t> next = 0;
    const auto work = [&] {
        for (std::uint64_t i = next++; i < count; i = next++) {
            tokens[i] = sign(world, client, people[i % people.size()].user, now);
        }
    };
    Progress progress("consent tokens", count);
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i)
            others.emplace_back(work);
        for (std::uint64_t i = next++; i < count; i = next++) {
            tokens[i] = sign(world, client, people[i % people.size()].user, now);
            progress.at(i);
        }
    }
    return tokens;
}

}  // namespace latchkey::bench
