#pragma once

// People with a live connection to one app and a refresh-token family each, as many as asked for:
// in large transactions, and in the order of their ids, so that filling goes to the end of each
// tree. What comes out is what the server itself would have written: the same calls make it.

#include <cstdint>
#include <string>
#include <vector>

#include "apps/latchkey/installation.hpp"
#include "model/records.hpp"

namespace latchkey::bench {

struct Population {
    std::uint64_t users = 0;
    std::uint64_t sample = 0;      // of how many people the material is kept, at most `users`
    std::uint64_t metafields = 0;  // of each person
};

/// What the load needs of the people it asks for: evenly spread over all, in a random order.
struct Sampled {
    UserId user;
    std::string public_id;
    std::string access_token;
    std::string refresh_token;
};

/// Makes the app's metafield definitions, "load" and as many more as each person has values of, all
/// of type number_integer; "load" is one of a person's values.
[[nodiscard]] std::vector<DefinitionId> define_metafields(app::Installation& world, ClientId client,
                                                          std::uint64_t count);

/// Ends the program on an error.
[[nodiscard]] std::vector<Sampled> populate(app::Installation& world, const ClientRecord& client,
                                            const Population& wanted);

}  // namespace latchkey::bench
