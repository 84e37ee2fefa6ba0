#include "bench/load/prepare/consent_tokens.hpp"

#include <atomic>
#include <thread>

#include "bench/load/prepare/progress.hpp"
#include "bench/support.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::bench {
namespace {

constexpr audit::Context by_bench{audit::Actor::system("bench"), "", ""};

std::string sign(app::Installation& world, const ClientRecord& client, UserId user) {
    const auto tx = must(world.database().read());
    // As from a browser, in which people agree.
    const Authentication authentication{make_id<SessionId>(world.random()), world.clock().now()};
    const tokens::ConsentGrant grant{client.id, user, contract_scopes().known(client.scopes),
                                     client.origins.front(), authentication};
    const auto token = must(tokens::issue_consent_token(world.act(by_bench), *tx, grant));
    return std::string(token.reveal());
}

}  // namespace

std::vector<std::string> sign_consent_tokens(app::Installation& world, const ClientRecord& client,
                                             std::span<const Sampled> people, std::uint64_t count) {
    if (count == 0) return {};
    std::vector<std::string> tokens(count);
    std::atomic<std::uint64_t> next = 0;
    const auto work = [&] {
        for (std::uint64_t i = next++; i < count; i = next++) {
            tokens[i] = sign(world, client, people[i % people.size()].user);
        }
    };
    Progress progress("consent tokens", count);
    {
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i)
            others.emplace_back(work);
        for (std::uint64_t i = next++; i < count; i = next++) {
            tokens[i] = sign(world, client, people[i % people.size()].user);
            progress.at(i);
        }
    }
    return tokens;
}

}  // namespace latchkey::bench
