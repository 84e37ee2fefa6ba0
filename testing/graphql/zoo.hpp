#pragma once

// A schema with one of everything: interfaces of interfaces, unions, lists of lists, inputs with
// defaults, a OneOf, custom scalars, directives, subscriptions, fields that fail. For tests, fuzz
// targets and benches.

#include <memory>
#include <string>
#include <string_view>

#include "graphql/engine.hpp"

namespace latchkey::graphql {

/// The request's context on a zoo.
struct ZooContext {
    std::string log;  // what mutations did, in order
};

[[nodiscard]] std::string_view zoo_sdl();

[[nodiscard]] std::unique_ptr<Engine> make_zoo(EngineOptions options = {});

/// The response to one request; `variables` is JSON.
[[nodiscard]] std::string run_zoo(const Engine& zoo, std::string_view query,
                                  std::string_view variables = "{}");
/// The same on a zoo with default options.
[[nodiscard]] std::string run_zoo(std::string_view query, std::string_view variables = "{}");

}  // namespace latchkey::graphql
