#include "bench/load/prepare/population.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <random>

#include "bench/load/prepare/progress.hpp"
#include "bench/support.hpp"
#include "grants/issue.hpp"
#include "metafields/definitions.hpp"
#include "people/users.hpp"
#include "realm/public_ids.hpp"
#include "store/connections.hpp"
#include "store/metafield_values.hpp"
#include "testing/custom_data.hpp"
#include "testing/transactions.hpp"

namespace latchkey::bench {
namespace {

constexpr audit::Context by_bench{audit::Actor::system("bench"), "", ""};
constexpr std::uint64_t users_per_transaction = 100'000;
constexpr std::uint64_t values_per_transaction = 500'000;

/// Randomness in which what has the size of an id rises from one to the next, by an even step with
/// random digits below it: ids as random as others, met in their order.
class RisingIds final : public Random {
public:
    RisingIds(Random& random, std::uint64_t total)
        : random_(random), step_(std::numeric_limits<std::uint64_t>::max() / total) {}

    void fill(std::span<std::uint8_t> out) override {
        random_.fill(out);
        if (out.size() != sizeof(UserId::bytes)) return;
        std::uint64_t low = 0;
        for (std::size_t i = 0; i < sizeof low; ++i) low = low << 8U | out[i];
        const std::uint64_t head = next_++ * step_ + low % step_;
        for (std::size_t i = 0; i < sizeof head; ++i) {
            out[i] = static_cast<std::uint8_t>(head >> (8 * (sizeof head - 1 - i)));
        }
    }

private:
    Random& random_;
    std::uint64_t step_;
    std::uint64_t next_ = 0;
};

std::string address_of(std::uint32_t number) { return fmt::format("person{}@example.com", number); }

/// Everybody's number, in the order of the keyed hashes of their addresses: the tree that finds
/// people by address is filled from its start to its end too. Of ten million people in any other
/// order, each would write a page of it.
std::vector<std::uint32_t> numbers_by_hash(const keys::KeyRing& keys, std::uint64_t users) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hashed(users);
    for (std::uint32_t number = 0; number < users; ++number) {
        const Bytes hash = people::hash_email(keys, address_of(number));
        std::uint64_t head = 0;
        for (std::size_t i = 0; i < sizeof head; ++i) head = head << 8U | hash[i];
        hashed[number] = {head, number};
    }
    std::ranges::sort(hashed);
    std::vector<std::uint32_t> numbers;
    numbers.reserve(users);
    for (const auto& [head, number] : hashed) numbers.push_back(number);
    return numbers;
}

Profile profile_of(std::uint32_t number) {
    Profile profile;
    profile.email = address_of(number);
    profile.email_verified = true;
    profile.given_name = "Ada";
    profile.family_name = "Lovelace";
    return profile;
}

class Filling {
public:
    Filling(app::Installation& world, const ClientRecord& client, const Population& wanted)
        : world_(world),
          client_(client),
          wanted_(wanted),
          now_(world.clock().now()),
          ids_(world.random(), wanted.users),
          definitions_(define_metafields(world, client.id, wanted.metafields)) {}

    std::vector<Sampled> run() {
        const std::uint64_t per_user = std::max<std::uint64_t>(definitions_.size(), 1);
        const std::uint64_t batch = std::max<std::uint64_t>(
            std::min(users_per_transaction, values_per_transaction / per_user), 1);
        const auto numbers = numbers_by_hash(world_.keys(), wanted_.users);
        Progress progress("people", wanted_.users);
        for (std::uint64_t done = 0; done < wanted_.users;) {
            auto tx = must(testing::begin_write(world_.database()));
            const std::uint64_t end = std::min(done + batch, wanted_.users);
            for (; done < end; ++done) {
                Sampled person = add_person(*tx, numbers[done]);
                const bool is_sampled = sampled_.size() * wanted_.users <= done * wanted_.sample;
                if (is_sampled) sampled_.push_back(std::move(person));
                progress.at(done);
            }
            must(tx->commit());
        }
        // Met in the order of their ids, neighbours would share their pages.
        std::shuffle(sampled_.begin(), sampled_.end(), std::mt19937_64(1));
        return std::move(sampled_);
    }

private:
    Sampled add_person(database::WriteTransaction& tx, std::uint32_t number) {
        const UserId user =
            must(people::create_user(tx, world_.keys(), ids_, profile_of(number), now_)).id;
        const auto connection =
            must(store::upsert_connection(tx, user, client_.id, client_.scopes, now_));
        auto pair =
            must(grants::issue_family({world_.realm(), world_.random(), now_, by_bench}, tx,
                                      connection, {contract_scopes().known(client_.scopes)}));
        if (wanted_.metafields > 0) {
            for (const DefinitionId id : definitions_) {
                must(store::put_value(tx, {user, id, "1", now_, now_}));
            }
        }
        return {.user = user,
                .public_id = world_.realm().public_ids.public_id(client_.id, user),
                .access_token = std::string(pair.access_token.reveal()),
                .refresh_token = std::string(pair.refresh_token.reveal())};
    }

    app::Installation& world_;
    const ClientRecord& client_;
    const Population& wanted_;
    Timestamp now_;
    RisingIds ids_;
    std::vector<DefinitionId> definitions_;
    std::vector<Sampled> sampled_;
};

}  // namespace

std::vector<DefinitionId> define_metafields(app::Installation& world, ClientId client,
                                            std::uint64_t count) {
    std::vector<DefinitionId> result;
    for (std::uint64_t i = 0; i < std::max<std::uint64_t>(count, 1); ++i) {
        const std::string key = i == 0 ? "load" : fmt::format("field-{}", i);
        const metafields::NewDefinition wanted{.identifier = {key, {}},
                                               .name = "A number",
                                               .description = "Of the load",
                                               .type = "number_integer",
                                               .validations = {},
                                               .access = {}};
        auto outcome = must(testing::run_change(world.database(), [&](auto& tx) {
            return metafields::define_metafield(tx, world.random(), {client, ScopeSet()}, wanted,
                                                world.clock().now());
        }));
        result.push_back(outcome.definition.value().id);
    }
    return result;
}

std::vector<Sampled> populate(app::Installation& world, const ClientRecord& client,
                              const Population& wanted) {
    return Filling(world, client, wanted).run();
}

}  // namespace latchkey::bench
