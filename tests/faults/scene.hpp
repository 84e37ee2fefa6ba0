#pragma once

// A data folder with an app, people, and consent tokens that they have not exchanged yet, made with
// the product's own library. The folder is closed again afterwards, so that a server that is killed
// on it has to recover it alone.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/faults/partner.hpp"

namespace latchkey::testing {

struct ConsentTicket {
    std::string token;
    std::int64_t revocations = 0;  // of the connection, when the person agreed
};

struct Person {
    std::string user_id;
    std::string public_id;  // for the scene's app
    std::vector<ConsentTicket> consents;
};

struct SceneOptions {
    std::size_t people = 1;
    /// Consent tokens of each person, for each number of revocations from 0.
    std::vector<int> consents = {1};
};

struct Scene {
    PartnerApp app;
    std::vector<Person> people;
};

[[nodiscard]] Scene make_scene(const std::filesystem::path& data, const SceneOptions& options);

}  // namespace latchkey::testing
